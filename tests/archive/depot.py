"""A package made from the rows of a test, and what our own checker says of it."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from ordskifte.archive.exporting import Deposited, Order, export_noark5
from ordskifte.base.keys import load_keys
from ordskifte.people.models import Role
from ordskifte.people.viewer import NOBODY, Viewer, viewer_of
from ordskifte.records.noark5.check.run import check_package
from tests.factories import NOW, home_store, make_person


def archivist() -> Viewer:
    return viewer_of(make_person(Role.ARCHIVIST))


def deposited(out: Path, *, viewer: Viewer = NOBODY, **wanted: Any) -> Deposited:
    """The package of a period, by one who may see what `viewer` sees."""
    store = home_store()
    order = Order(viewer=viewer, **wanted)
    return export_noark5(out, order, home=settings.HOME.path, store=store, keys=load_keys(settings.HOME), at=NOW)


def errors(folder: Path) -> dict[str, list[tuple[str, ...]]]:
    """What the checker found wrong, by test."""
    report = check_package(folder, home=settings.HOME.path)
    return {id_: [(one.key, *one.args) for one in test.findings] for id_, test in report.tests.items() if test.errors}


def text_of(folder: Path, name: str = "arkivstruktur.xml") -> str:
    return (folder / name).read_text(encoding="utf-8")


YEAR = {"start": date(2026, 1, 1), "end": date(2026, 12, 31)}
