"""The report to the police about a threat, as a PDF (R108): what was written, by which account, and how it is proved.

The sections of the Penal Code are dated data: read in November 2026, to be checked by the body's lawyer.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from uuid import UUID

import typst
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.carrying_out import record_measure
from ordskifte.converse.moderation.errors import ModerationError
from ordskifte.converse.moderation.measures import locked
from ordskifte.converse.moderation.snapshot import Evidence, require_snapshot
from ordskifte.people.models import Body, Person
from ordskifte.records.pdfa.coverage import Coverage
from ordskifte.records.pdfa.render import STANDARDS, Fonts
from ordskifte.records.queries import numbers_of
from ordskifte.threads.models import Version
from ordskifte.ui.dates import whole

SECTIONS: Final = "straffeloven § 263 (trusler), § 265 (særlig utsatte yrkesgrupper), § 266 (hensynsløs atferd)"
"""Shown as what may have been broken; the police decide."""

_REFUSED: Final = re.compile(r"the text `?\"(.+?)\"`? could not be displayed", re.DOTALL)
_SOURCE: Final = Path(__file__).with_name("police.typ")


def prepare_report(
    measure_id: UUID, *, by: Person, actor: str, at: datetime, evidence: Evidence, fonts: Fonts
) -> bytes:
    """The report of one hidden threat, with its entry. In the language of the body's people: bokmål or nynorsk."""
    with transaction.atomic():
        measure = locked(measure_id)
        if measure.ground.code != "threat" or measure.state not in ("done", "reversed", "ended"):
            raise ModerationError(_("Only a threat that was handled is reported to the police."))
        version = Version.objects.select_related("evidence", "utterance__channel", "utterance__author").get(
            pk=measure.version_id
        )
        require_snapshot(version, evidence)
        record_measure("police_report.made", measure, actor=actor, at=at)
    language = "nn" if by.language == "nn" else "nb"
    with override(language):
        return typeset(report(measure, version, by=by, at=at), language, fonts)


def report(measure: Measure, version: Version, *, by: Person, at: datetime) -> dict[str, Any]:
    """What the report says, in the language that is in force."""
    body = Body.objects.first()
    utterance, author = version.utterance, version.utterance.author
    number = numbers_of([version.id]).get(version.id)
    return {
        "title": _("Report of a threat"),
        "body": " ".join(filter(None, (body.name, body.org_number))) if body else "",
        "intro": _("We report what is written below, and ask that it be investigated."),
        "sections": [
            {
                "title": _("What was written"),
                "words": version.text,
                "rows": _rows(
                    (_("Written"), whole(utterance.at)),
                    (_("Received by us"), whole(version.seen)),
                    (_("Channel"), f"{utterance.channel.name} ({utterance.channel.kind})"),
                    (_("Address"), version.permalink),
                    (_("The platform's id"), utterance.external_id),
                    (_("May have been broken"), SECTIONS),
                ),
            },
            {
                "title": _("The account"),
                "words": "",
                "rows": _rows(
                    (_("Name shown"), author.name if author else ""),
                    (_("Account"), author.handle if author else ""),
                    (_("Account's id"), author.external_id if author else ""),
                    (_("Account's address"), author.url if author else ""),
                ),
            },
            {
                "title": _("What we did"),
                "words": "",
                "rows": _rows(
                    (_("Hidden"), whole(measure.done_at or measure.made_at)),
                    (_("Ground"), measure.ground.names.get("nb", measure.ground.code)),
                    (_("Facts"), measure.facts),
                    (_("Code"), measure.code),
                ),
            },
            {
                "title": _("How it is proved"),
                "words": "",
                "rows": _rows(
                    (_("SHA-256 of the bytes"), bytes(version.raw_digest or b"").hex()),
                    (_("Evidence object"), version.evidence.path if version.evidence else ""),
                    (_("Entry in the ledger"), str(number) if number is not None else _("waits for its number")),
                    (_("Version"), str(version.id)),
                ),
            },
            {
                "title": _("Who reports"),
                "words": "",
                "rows": _rows((_("Prepared by"), by.name), (_("Prepared"), whole(at))),
            },
        ],
        "foot": _(
            "A character that cannot be printed is named by its code point in brackets. Personal numbers are masked;"
            " the sealed original can be handed over."
        ),
    }


def typeset(said: Mapping[str, Any], language: str, fonts: Fonts) -> bytes:
    """PDF/A-2a and PDF/UA-1 of the report. Foreign text is data all the way; what no font has is named."""
    refused: set[str] = set()
    while True:
        coverage = fonts.coverage.without(refused)
        data = json.dumps({**_shown(said, coverage), "lang": language, "fonts": fonts.names})
        with TemporaryDirectory(prefix="ordskifte-report-") as folder:
            source = Path(folder, _SOURCE.name)
            source.write_bytes(_SOURCE.read_bytes())
            try:
                made = typst.compile(
                    source, font_paths=fonts.typst, sys_inputs={"data": data}, pdf_standards=list(STANDARDS["a-2a"])
                )
            except typst.TypstError as error:
                found = _REFUSED.search(error.message)
                new = set(found[1]) - refused if found else set()
                if not new:
                    raise
                refused |= new
                continue
        assert isinstance(made, bytes)
        return made


def _shown(value: Any, coverage: Coverage) -> Any:
    if isinstance(value, str):
        return coverage.shown(value)[0]
    if isinstance(value, Mapping):
        return {name: _shown(one, coverage) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_shown(one, coverage) for one in value]
    return value


def _rows(*rows: tuple[str, str]) -> list[list[str]]:
    return [[name, value or "–"] for name, value in rows]
