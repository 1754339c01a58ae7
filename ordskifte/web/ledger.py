"""The ledger on the desk: how large it is, its checkpoints, one entry, and proofs to take away."""

from uuid import UUID

import orjson
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ordskifte.people.access import DeskRequest, desk
from ordskifte.people.names import actor_names
from ordskifte.records.errors import ProofError
from ordskifte.records.ledger.proof import dump_proof
from ordskifte.records.prove import Opening, prove_entry
from ordskifte.records.queries import LedgerEntry, checkpoints, entries_of_record, entry_by_number, ledger_state
from ordskifte.threads.models import Version
from ordskifte.threads.queries import place_of
from ordskifte.web.checkpoints import verifier_key
from ordskifte.web.search import page_of_id

SHOWN = 20


@desk()
def ledger(request: DeskRequest) -> HttpResponse:
    """The ledger's state, and the way to an entry by its number or by the id of what it is about."""
    error = ""
    if asked := request.GET.get("q", "").strip():
        address = _entry_of(asked)
        if address is not None:
            return redirect("web:entry", address)
        error = _("No entry has that number, and no numbered entry is about that id.")
    context = {
        "state": ledger_state(),
        "heads": checkpoints(limit=SHOWN),
        "key": verifier_key(),
        "error": error,
        "asked": asked,
    }
    return render(request, "web/ledger.html", context, status=404 if error else 200)


def _entry_of(asked: str) -> int | None:
    """The number of the entry that a number or an id names."""
    digits = "".join(asked.split()).replace(",", "")
    if digits.isdecimal():
        number = int(digits) if len(digits) < 19 else -1
        return number if entry_by_number(number) else None
    try:
        found = UUID(asked)
    except ValueError:
        return None
    numbers = [entry.number for entry in entries_of_record(found) if entry.number is not None]
    return numbers[0] if numbers else None


def _entry(number: int) -> LedgerEntry:
    found = entry_by_number(number)
    if found is None:
        raise Http404
    return found


def _hidden(request: DeskRequest, entry: LedgerEntry) -> bool:
    """What is said about a version that this viewer may not see: its reason may tell what it was about."""
    return entry.kind == "evidence.opened" and (entry.record is None or place_of(request.viewer, entry.record) is None)


@desk()
def entry(request: DeskRequest, number: int) -> HttpResponse:
    """One entry: what it says, exactly as it was hashed."""
    found = _entry(number)
    hidden = _hidden(request, found)
    context = {
        "entry": found,
        "hidden": hidden,
        "body": "" if hidden else orjson.dumps(orjson.loads(found.body), option=orjson.OPT_INDENT_2).decode(),
        "actor": actor_names([found.actor])[found.actor],
        "about": page_of_id(request, found.record) if found.record else None,
    }
    return render(request, "web/entry.html", context)


@desk()
def proof(request: DeskRequest, number: int) -> HttpResponse:
    """The proof file of an entry. It opens the commitment only for one who may see what was said."""
    found = _entry(number)
    if _hidden(request, found):
        raise Http404
    try:
        content = dump_proof(prove_entry(number, _opening(request, found)))
    except ProofError as error:
        raise Http404(str(error)) from error
    name = found.record or f"entry-{number}"
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.proof.json"'
    return response


def _opening(request: DeskRequest, found: LedgerEntry) -> Opening | None:
    if found.kind != "version" or found.record is None or place_of(request.viewer, found.record) is None:
        return None
    version = Version.objects.filter(pk=found.record).only("salt", "raw_digest").first()
    if version is None or version.salt is None or version.raw_digest is None:
        return None
    return Opening(bytes(version.salt), bytes(version.raw_digest))
