"""Rules for keeping as dated data: which set is in force on a day, and which of its rules speaks for a record.

A set is a value. The program's own lie in `data/rules.json`; a body installs a newer one without code.
"""

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ordskifte.archive.errors_keep import ArchiveError
from ordskifte.archive.models import RuleSet
from ordskifte.base.canonical import canonical
from ordskifte.records.entry import record_act
from ordskifte.records.models.keeping import Outcome

OSLO: Final = ZoneInfo("Europe/Oslo")
CELLS: Final = ("yes_yes", "yes_no", "no_yes", "no_no")
LARGEST: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Rule:
    """The first rule whose conditions all hold gives the proposal. `always`: what it keeps cannot be left out."""

    code: str
    when: tuple[str, ...]  # facts; "kind:a|b" holds for one of them
    words: tuple[str, ...]  # beginnings of words, one of which stands in the text
    handled: bool | None
    documents: bool | None
    outcome: str
    always: bool
    basis: str
    names: Mapping[str, str]

    def holds(self, facts: Set[str], words: Sequence[str]) -> bool:
        return all(_holds(one, facts) for one in self.when) and (
            not self.words or any(word.startswith(self.words) for word in words)
        )

    @property
    def name(self) -> str:
        return in_language(self.names)

    @property
    def sure(self) -> bool:
        """It rests on what was done, not on how words were read: no person can say that it misread."""
        return not self.words and not any(":" in one or one == "journal_candidate" for one in self.when)


@dataclass(frozen=True, slots=True)
class Cell:
    outcome: str
    basis: str


@dataclass(frozen=True, slots=True)
class Section:
    section: str
    says: str


@dataclass(frozen=True, slots=True)
class Rules:
    """One set: the 2 x 2 table, the rules in order, reasons a person may choose, the sections it rests on."""

    version: str
    valid_from: date
    valid_to: date | None
    law: tuple[str, ...]
    source: str
    checked: str
    table: Mapping[str, Cell]
    rules: tuple[Rule, ...]
    reasons: Mapping[str, Mapping[str, str]]
    sections: tuple[tuple[str, Mapping[str, str]], ...]
    installed: bool = False

    def outcome_of(self, *, handled: bool, documents: bool) -> Cell:
        """The four outcomes of the two tests."""
        return self.table[f"{'yes' if handled else 'no'}_{'yes' if documents else 'no'}"]

    def rule_for(self, facts: Set[str], words: Sequence[str]) -> Rule:
        return next(rule for rule in self.rules if rule.holds(facts, words))

    def must_keep(self, facts: Set[str], words: Sequence[str]) -> Rule | None:
        """The rule, if any, for which the record is always kept; a sure one before one that reads words."""
        found = [rule for rule in self.rules if rule.always and rule.holds(facts, words)]
        return next((rule for rule in found if rule.sure), found[0] if found else None)

    def said_sections(self) -> list[Section]:
        return [Section(section, in_language(says)) for section, says in self.sections]

    def reason_names(self) -> list[tuple[str, str]]:
        return [(code, in_language(names)) for code, names in self.reasons.items()]


def in_language(names: Mapping[str, str]) -> str:
    return names.get((get_language() or "nb")[:2]) or names["nb"]


def _holds(wanted: str, facts: Set[str]) -> bool:
    head, colon, rest = wanted.partition(":")
    return any(f"{head}:{one}" in facts for one in rest.split("|")) if colon else wanted in facts


def read_set(one: Mapping[str, Any], *, installed: bool = False) -> Rules:
    """A set as a value. ArchiveError says what is wrong with it."""
    try:
        made = Rules(
            version=str(one["version"]),
            valid_from=date.fromisoformat(one["valid_from"]),
            valid_to=date.fromisoformat(one["valid_to"]) if one.get("valid_to") else None,
            law=tuple(map(str, one["law"])),
            source=str(one["source"]),
            checked=str(one.get("checked", "")),
            table={cell: Cell(str(one["table"][cell]["outcome"]), str(one["table"][cell]["basis"])) for cell in CELLS},
            rules=tuple(map(_rule, one["rules"])),
            reasons={str(reason["code"]): _names(reason["names"]) for reason in one["reasons"]},
            sections=tuple((str(part["section"]), _names(part["says"])) for part in one["sections"]),
            installed=installed,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveError(_("The set is not written as it should be: %(what)s.") % {"what": error}) from error
    _refuse(made)
    return made


def _rule(one: Mapping[str, Any]) -> Rule:
    return Rule(
        code=str(one["code"]),
        when=tuple(map(str, one["when"])),
        words=tuple(str(word).lower() for word in one.get("words", ())),
        handled=_yes_no(one["handled"]),
        documents=_yes_no(one["documents"]),
        outcome=str(one["outcome"]),
        always=bool(one["always"]),
        basis=str(one["basis"]),
        names=_names(one["names"]),
    )


def _yes_no(one: Any) -> bool | None:
    if one is not None and not isinstance(one, bool):
        raise ValueError(one)
    return one


def _names(names: Mapping[str, Any]) -> Mapping[str, str]:
    return {language: str(names[language]) for language in ("nb", "nn", "en")}


def _refuse(one: Rules) -> None:
    outcomes = {*(cell.outcome for cell in one.table.values()), *(rule.outcome for rule in one.rules)}
    if not one.version or not outcomes <= set(Outcome.values):
        raise ArchiveError(_("A rule gives something else than journal, archive or leave out."))
    if not one.rules or one.rules[-1].when or one.rules[-1].words:
        raise ArchiveError(_("The last rule must hold for everything."))
    if any(rule.always and rule.outcome == Outcome.LEAVE_OUT for rule in one.rules):
        raise ArchiveError(_("A rule cannot always keep and leave out."))
    if one.valid_to is not None and one.valid_to < one.valid_from:
        raise ArchiveError(_("The set ends before it begins."))


@cache
def _own() -> tuple[Rules, ...]:
    data = json.loads((Path(__file__).parent / "data" / "rules.json").read_text(encoding="utf-8"))
    return tuple(map(read_set, data["sets"]))


def all_sets() -> tuple[Rules, ...]:
    """The program's sets and those the body installed, newest first. One query."""
    installed = [read_set(content, installed=True) for content in RuleSet.objects.values_list("content", flat=True)]
    return tuple(sorted((*installed, *_own()), key=lambda one: (one.valid_from, one.installed), reverse=True))


def set_of(day: date, sets: Sequence[Rules]) -> Rules:
    """The set of a day: the one that began last. What is older than every set is judged by the oldest."""
    return next(
        (one for one in sets if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)), sets[-1]
    )


def local_day(at: datetime) -> date:
    return at.astimezone(OSLO).date()


@transaction.atomic
def install(content: bytes, *, by: str, at: datetime) -> list[str]:
    """Take in a file of sets, written as `data/rules.json`. Returns the versions that are new.

    A version that is known is left alone when it says the same, and refused when it says something else.
    """
    if len(content) > LARGEST:
        raise ArchiveError(_("The file is too large."))
    try:
        data = json.loads(content)
        wanted = data["sets"] if isinstance(data, dict) and "sets" in data else [data]
    except (ValueError, UnicodeDecodeError) as error:
        raise ArchiveError(_("The file is not JSON.")) from error
    known = {one.version for one in _own()}
    made = []
    for one in wanted:
        rules = read_set(one if isinstance(one, dict) else {})
        digest = sha256(canonical(one)).hexdigest()
        before = RuleSet.objects.filter(pk=rules.version).first()
        if before is not None and before.digest == digest:
            continue
        if before is not None or (rules.version in known and rules != _named(rules.version)):
            raise ArchiveError(_("There is another set called %(version)s.") % {"version": rules.version})
        if rules.version in known:
            continue
        RuleSet.objects.create(
            version=rules.version,
            valid_from=rules.valid_from,
            valid_to=rules.valid_to,
            content=one,
            digest=digest,
            by=by,
            at=at,
        )
        details = {"version": rules.version, "digest": digest, "valid_from": rules.valid_from.isoformat()}
        record_act("rules.installed", actor=by, at=at, details=details)
        made.append(rules.version)
    return made


def _named(version: str) -> Rules:
    return next(one for one in _own() if one.version == version)
