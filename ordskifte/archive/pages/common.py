"""What the journal's desk pages share."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.journal_queries import waiting
from ordskifte.archive.journal_rules import may_keep
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.people.models import Person


def page(request: DeskRequest, template: str, view: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """A page of the room with its rail."""
    context = {"waiting": waiting(now()), "view": view, "may_keep": may_keep(request.viewer), **more}
    return render(request, f"archive/{template}.html", context, status=status)


def number_of(text: str | None) -> int:
    """A page number from an address."""
    return max(1, min(int(text), 10_000)) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 1


def say(request: DeskRequest, error: JournalError) -> None:
    messages.error(request, str(error))


def person_of(request: DeskRequest) -> Person:
    return cast(Person, request.user)
