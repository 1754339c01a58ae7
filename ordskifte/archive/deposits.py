"""Deposits ordered at the desk: made by a job, checked by our own checker, fetched by the archivist, removed."""

import os
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.exporting import PROFILES, Deposited, Order, export_noark5
from ordskifte.archive.models import Deposit, DepositLine
from ordskifte.base.errors import OrdskifteError
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.people.models import Person
from ordskifte.people.viewer import viewer_of
from ordskifte.records.entry import record_act
from ordskifte.records.noark5.check.report import as_json
from ordskifte.records.noark5.check.run import check_package

PREFIX: Final = "deposits"
_BATCH: Final = 5_000


def deposit_key(digest: str) -> str:
    """The key in the store of a deposit's file."""
    return f"{PREFIX}/{digest[:2]}/{digest}"


@transaction.atomic
def order_deposit(
    person: Person, *, start: date | None, end: date | None, profile: str, sip: bool, at: datetime
) -> Deposit:
    """Ask for a package of a period; a job makes it."""
    if profile not in PROFILES:
        raise JournalError(_("Choose a profile."), field="profile")
    if start and end and start > end:
        raise JournalError(_("The first day is after the last."), field="start")
    if Deposit.objects.filter(state__in=("waiting", "running")).exists():
        raise JournalError(_("A deposit is being made. Wait until it is done."))
    made = Deposit.objects.create(start=start, end=end, profile=profile, sip=sip, ordered_at=at, ordered_by=person)
    details: dict[str, object] = {
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "profile": profile,
    }
    record_act("deposit.ordered", actor=f"person:{person.id}", at=at, record=made.id, details=details)
    app.configure_task("make_deposit", lock="make_deposit").defer(deposit_id=str(made.id))
    return made


def make_deposit(deposit_id: UUID, *, home: Path, store: Store, keys: Keys, at: datetime) -> None:
    """The job: package, check, pack, keep. Run again after a crash it begins anew."""
    deposit = Deposit.objects.select_related("ordered_by").filter(pk=deposit_id).first()
    if deposit is None or deposit.state not in ("waiting", "running"):
        return
    Deposit.objects.filter(pk=deposit_id).update(state="running", began_at=at)
    try:
        with tempfile.TemporaryDirectory(prefix="ordskifte-deposit-") as folder:
            _make(deposit, Path(folder), home=home, store=store, keys=keys, at=at)
    except OrdskifteError as error:
        said = " ".join(filter(None, (str(error), error.advice)))
        Deposit.objects.filter(pk=deposit_id).update(state="failed", ended_at=at, failure=said)


def _make(deposit: Deposit, folder: Path, *, home: Path, store: Store, keys: Keys, at: datetime) -> None:
    order = Order(
        viewer=viewer_of(deposit.ordered_by),
        start=deposit.start,
        end=deposit.end,
        profile=deposit.profile,  # type: ignore[arg-type] # checked when it was ordered
        sip=deposit.sip,
    )
    made = export_noark5(folder / "package", order, home=home, store=store, keys=keys, at=at)
    report = as_json(check_package(made.package, home=home), deposit.ordered_by.language)
    report["place"] = ""
    file = _packed(made, folder)
    with file.open("rb") as stream:
        digest, size, _new = store.take(stream, PREFIX)
    figures = made.as_json() | {"folder": ""}
    with transaction.atomic():
        DepositLine.objects.filter(deposit=deposit).delete()
        _keep_lines(deposit, made.package / "arkivstruktur.xml")
        Deposit.objects.filter(pk=deposit.pk).update(
            state="done", ended_at=at, figures=figures, report=report, digest=digest, size=size, failure=""
        )
        details: dict[str, object] = {"digest": digest, "size": size, "ok": bool(report["ok"])}
        record_act("deposit.kept", actor="system:deposit", at=at, record=deposit.pk, details=details)


def _packed(made: Deposited, folder: Path) -> Path:
    """The submission's tar, or the package as one."""
    if made.sip:
        return made.folder / f"{made.sip}.tar"
    path = folder / "package.tar"
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        for one in _files(made.package):
            tar.add(one, arcname=str(one.relative_to(made.package.parent)), recursive=False)
            tar.members.clear()  # type: ignore[attr-defined] # tarfile would keep every name in memory
    return path


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(names))


def _keep_lines(deposit: Deposit, structure: Path) -> None:
    waiting: list[DepositLine] = []
    for record_id, line in lines_of(structure):
        waiting.append(DepositLine(deposit=deposit, record_id=record_id, line=line))
        if len(waiting) == _BATCH:
            DepositLine.objects.bulk_create(waiting)
            waiting = []
    DepositLine.objects.bulk_create(waiting)


def lines_of(structure: Path) -> Iterator[tuple[UUID, int]]:
    """(systemID, line) of every record in a structure that we wrote: an element stands on a line of its own."""
    inside = False
    with structure.open(encoding="utf-8") as handle:
        for number, text in enumerate(handle, start=1):
            if inside and text.startswith("<systemID>"):
                yield UUID(text[10:46]), number
            inside = text.startswith("<registrering")


@transaction.atomic
def remove_deposit(deposit_id: UUID, *, by: str, at: datetime) -> str:
    """Take the file away when the depot has it; what was made stays told. Returns the file's digest, for the store."""
    deposit = Deposit.objects.select_for_update(of=("self",)).filter(pk=deposit_id, state="done").first()
    if deposit is None:
        raise JournalError(_("There is no such deposit."))
    deposit.state = "removed"
    deposit.save(update_fields=["state"])
    record_act("deposit.removed", actor=by, at=at, record=deposit_id, details={"digest": deposit.digest})
    return "" if Deposit.objects.filter(digest=deposit.digest, state="done").exists() else deposit.digest
