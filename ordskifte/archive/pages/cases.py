"""Cases, one case with its entries, and the running journal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.archive import answers, cases, journal_queries, parties
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_rules import READERS, require_keeper
from ordskifte.archive.pages.common import number_of, page, say
from ordskifte.archive.pages.public import day_of
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk
from ordskifte.records.models import JournalEntry
from ordskifte.threads.models import Utterance


@never_cache
@require_safe
@desk(*READERS)
def case_list(request: DeskRequest) -> HttpResponse:
    state, words = request.GET.get("state", ""), request.GET.get("q", "")[:200]
    found = journal_queries.cases(request.viewer, state=state, words=words, page=number_of(request.GET.get("page")))
    return page(request, "cases", "cases", found=found, state=state, words=words)


@never_cache
@require_safe
@desk(*READERS)
def running(request: DeskRequest) -> HttpResponse:
    """The running journal."""
    given = request.GET
    wanted = journal_queries.Wanted(
        first=day_of(given.get("from")),
        last=day_of(given.get("to")),
        kind=given.get("kind", ""),
        only=given.get("only", ""),
        page=number_of(given.get("page")),
    )
    return page(request, "running", "running", found=journal_queries.running(request.viewer, wanted), wanted=wanted)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@desk(*READERS)
def case(request: DeskRequest, case_id: UUID) -> HttpResponse:
    """GET: the case. POST: titles, a further thread, or the end of it."""
    found = journal_queries.case_of(request.viewer, case_id)
    if found is None:
        raise Http404
    error: JournalError | None = None
    if request.method == "POST":
        require_keeper(request.viewer)
        try:
            _change(request, case_id)
        except JournalError as refused:
            error = refused
        else:
            return redirect("archive:case", case_id)
    return page(
        request,
        "case",
        "cases",
        status=422 if error else 200,
        case=found,
        entries=journal_queries.case_entries(found),
        threads=journal_queries.threads_of(found),
        error=error,
        manners=answers.MANNERS[1:],
    )


def _change(request: DeskRequest, case_id: UUID) -> None:
    given, by, at = request.POST, request.viewer.actor, now()
    act = given.get("act")
    if act == "close":
        cases.close_case(case_id, by=by, at=at)
        messages.success(request, _("The case is closed."))
    elif act == "link":
        cases.link_thread(case_id, _thread(given.get("thread", "")), by=by, at=at)
        messages.success(request, _("The thread belongs to the case."))
    else:
        cases.retitle(
            case_id,
            title=given.get("title", ""),
            public_title=given.get("public_title", ""),
            responsible=given.get("responsible", ""),
            by=by,
            at=at,
        )
        messages.success(request, _("Saved."))


def _thread(text: str) -> UUID:
    """A thread's id, or the address of its page."""
    for part in reversed(text.strip().rstrip("/").split("/")):
        try:
            return UUID(part.partition("#")[0].partition("?")[0])
        except ValueError:
            continue
    raise JournalError(_("Paste the address of the thread."), field="thread")


@require_POST
@desk(*READERS)
def entry(request: DeskRequest, entry_id: UUID) -> HttpResponse:
    """Write an entry off, or say that a party is no natural person."""
    require_keeper(request.viewer)
    found = JournalEntry.objects.filter(pk=entry_id).first()
    if found is None:
        raise Http404
    try:
        if request.POST.get("act") == "party":
            party = request.POST.get("party", "")
            natural = request.POST.get("natural") == "yes"
            parties.mark(entry_id, party, natural=natural, by=request.viewer.actor, at=now())
        else:
            answers.write_off(entry_id, how=request.POST.get("how", ""), by=request.viewer.actor, at=now())
    except JournalError as error:
        say(request, error)
    else:
        messages.success(request, _("Saved."))
    return redirect("archive:case", found.case_id)


@never_cache
@require_safe
@desk(*READERS)
def of_record(request: DeskRequest, record_id: UUID) -> HttpResponse:
    """From what was said to its line in the journal: the case's page, at the entry."""
    found = journal_queries.entry_of_record(record_id)
    if found is not None and journal_queries.case_of(request.viewer, found.case_id) is not None:
        response = redirect("archive:case", found.case_id)
        response["Location"] += f"#e-{found.id}"
        return response
    thread = Utterance.objects.filter(pk=record_id).values_list("thread_id", flat=True).first()
    if thread is None:
        raise Http404
    messages.info(request, _("It is not in the journal."))
    return redirect("threads:thread", thread)
