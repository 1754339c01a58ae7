"""A look at an original whose personal number is masked: an act with an entry, for a stated purpose (D11).

Caseworkers need the number to find the case, the archivist and the data protection officer to do their work. A
moderator needs none to moderate, an owner none to be accountable: they may not, whatever else they may.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.converse.models import Opened
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import line
from ordskifte.converse.moderation.snapshot import Evidence, original_bytes
from ordskifte.language.personal_data import find_numbers, mask
from ordskifte.people.models import Person
from ordskifte.records.entry import record_act
from ordskifte.threads.models import Version


@dataclass(frozen=True, slots=True)
class Original:
    """What was written, with its number. Shown once, kept nowhere."""

    text: str
    spans: tuple[tuple[int, int], ...]  # where the numbers stand
    whole: bool  # False: the text could not be told apart in the bytes, and all of them are shown


def open_original(
    version: Version, *, purpose: str, by: Person, actor: str, at: datetime, evidence: Evidence
) -> Original:
    """Record the look, then show. The caller has checked the role; the entry is there even if the bytes are not."""
    said = line(purpose)
    if not said:
        raise ModerationError(_("Say what you need it for."), field="purpose")
    with transaction.atomic():
        opened = Opened.objects.create(by=by, what="original", utterance_id=version.utterance_id, purpose=said, at=at)
        details = {"opened": str(opened.id), "version": str(version.id), "reason": said}
        record_act("original.opened", actor=actor, at=at, record=version.utterance_id, details=details)
    return _original(original_bytes(version, evidence), version.text)


def _original(payload: bytes, masked: str) -> Original:
    text = payload.decode("utf-8", "replace")
    found = next((one for one in _strings(payload) if mask(storable(one))[0] == masked), None)
    shown = found if found is not None else text[: 64 * 1024]
    return Original(shown, tuple((span.start, span.end) for span in find_numbers(shown)), found is not None)


def _strings(payload: bytes) -> list[str]:
    """Every text in the bytes, when they are JSON."""
    try:
        value: Any = orjson.loads(payload)
    except orjson.JSONDecodeError:
        return []
    found, waiting = [], [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
    return found
