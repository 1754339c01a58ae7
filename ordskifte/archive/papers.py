"""Papers that the law asks for, written from the actual set-up: description of the system, plan for documentation,
record of processing, impact assessment of Ordskifte itself. Printed from the page, in the reader's language.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordskifte.archive.choices import abroad, choice
from ordskifte.archive.delivering import choice as journal_choice
from ordskifte.archive.rule_sets import all_sets, in_language
from ordskifte.people.models import Body, Grant, Unit
from ordskifte.people.roles import NAMES
from ordskifte.plan.models import Channel
from ordskifte.records.models import Period, RecordClass
from ordskifte.records.queries import ledger_state
from ordskifte.ui.dates import day, number


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, plain sentences, and facts read from the set-up."""

    title: str
    says: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    code: str
    title: str
    basis: str
    made: Callable[[datetime], list[Section]]


TITLES: Final[dict[str, tuple[Promise | str, str]]] = {
    "system": (gettext_lazy("Description of the system"), "arkivforskrifta § 6"),
    "plan": (gettext_lazy("Plan for documentation"), "arkivforskrifta § 13"),
    "processing": (gettext_lazy("Record of processing"), "personvernforordningen art. 30"),
    "impact": (gettext_lazy("Impact assessment"), "personvernforordningen art. 35"),
}


def paper(code: str, *, at: datetime) -> Paper | None:
    made = {"system": _system, "plan": _plan, "processing": _processing, "impact": _impact}.get(code)
    if made is None:
        return None
    title, basis = TITLES[code]
    return Paper(code, str(title), basis, made)


def storage() -> list[tuple[str, str]]:
    """Where things lie. Three queries."""
    one = choice()
    server = connection.settings_dict.get("HOST") or ""
    own = (
        _("Inside the program, on the same machine") if str(server).startswith("/") else _("A server of the body's own")
    )
    store = _("A folder on the machine") if settings.HOME.store_folder is not None else _("An S3 store")
    return [
        (_("Stored at"), f"{one.place or _('not filled in')} ({one.country})"),
        (_("Backups at"), f"{one.backup_place or _('not filled in')} ({one.backup_country})"),
        (_("Database"), own),
        (_("Bytes as received"), store),
    ]


def warnings() -> list[str]:
    """What must be said of the set-up. One query."""
    one = choice()
    said = []
    if abroad(one):
        said.append(
            _("The archive, or its backup, is stored outside Norway (%(countries)s). That needs the permission of the")
            % {"countries": ", ".join(abroad(one))}
            + " "
            + _("National Archives (arkivlova 1992 § 9 first paragraph b, in force until arkivlova § 11 is).")
        )
    if not one.place:
        said.append(_("Nobody has said where the archive is stored."))
    if not one.responsible:
        said.append(_("Nobody has said who answers for the archive."))
    return said


def _body() -> list[tuple[str, str]]:
    body = Body.objects.first()
    return [
        (_("Body"), body.name if body else ""),
        (_("Organisation number"), body.org_number if body and body.org_number else _("not filled in")),
        (_("Answers for the archive"), choice().responsible or _("not filled in")),
    ]


def _channels() -> tuple[tuple[str, str], ...]:
    rows = Channel.objects.filter(practice=False, closed_at=None).select_related("unit").order_by("name")
    return tuple((one.name, ", ".join(filter(None, (one.kind, one.unit.name if one.unit else "")))) for one in rows)


def _periods() -> tuple[tuple[str, str], ...]:
    rows = Period.objects.order_by("starts")
    return tuple(
        (
            one.title,
            ", ".join(
                (
                    f"{one.starts:%d.%m.%Y} – {one.ends:%d.%m.%Y}" if one.ends else f"{one.starts:%d.%m.%Y} –",
                    _("journal here") if one.journal == "own" else _("journal in the case system"),
                    _("closed") if one.closed_at else _("open"),
                )
            ),
        )
        for one in rows
    )


def _classes() -> tuple[tuple[str, str], ...]:
    rows = RecordClass.objects.filter(valid_to=None).order_by("code")
    return tuple(
        (
            f"{one.code} {in_language(one.names)}",
            _("kept for ever")
            if one.keep
            else _("%(n)s years, %(basis)s") % {"n": one.years, "basis": one.legal_basis},
        )
        for one in rows
    )


def _roles() -> tuple[tuple[str, str], ...]:
    given = Grant.objects.filter(ended_at=None, person__is_active=True).values_list("role", "person_id").distinct()
    counted: dict[str, int] = {}
    for role, _person in given:
        counted[role] = counted.get(role, 0) + 1
    return tuple((str(NAMES[role]), number(counted[role])) for role in NAMES if role in counted)


def _system(at: datetime) -> list[Section]:
    state = ledger_state()
    journal = journal_choice()
    way = {"folder": _("files in a folder"), "http": _("Fiks Arkiv over the net"), "noark5": "Noark 5"}
    return [
        Section(_("Who"), facts=tuple(_body())),
        Section(
            _("What the system is"),
            (
                _("Ordskifte keeps what the body says and is told on social media, answers it, and archives it."),
                _("Each utterance is kept as the bytes that were received, with time, channel and account."),
            ),
            ((_("Version"), version("ordskifte")), *storage()),
        ),
        Section(_("Channels"), facts=_channels()),
        Section(
            _("How it is protected"),
            (
                _("Nothing can be changed unseen: every act is an entry in a ledger that can only be added to."),
                _("The ledger's head is signed and published; anyone who kept an earlier one can check it."),
                _("Personal numbers are masked before anything is stored. The bytes lie encrypted."),
                _("Private messages and sensitive units are seen by that unit and the archivist only."),
            ),
            (
                (_("Entries in the ledger"), number(state.entries)),
                (_("Latest checkpoint"), day(state.latest.at) if state.latest else _("none")),
            ),
        ),
        Section(_("Roles"), (_("Persons with each role:"),), _roles()),
        Section(_("Periods"), facts=_periods()),
        Section(_("Classes"), facts=_classes()),
        Section(
            _("Out of the system"),
            (_("Export is in Noark 5.5 with documents as PDF/A, checked by the system's own checker."),),
            ((_("To the case system"), way.get(journal.way, journal.way) if journal else _("not chosen")),),
        ),
    ]


def _plan(at: datetime) -> list[Section]:
    one, sets = choice(), all_sets()
    return [
        Section(_("Who"), facts=tuple(_body())),
        Section(
            _("What is documentation"),
            (
                _("The channel does not decide; the content does. Two tests decide what becomes of an utterance."),
                _("What the body publishes itself, promises, hearings, decisions and moderation is always kept."),
            ),
            tuple(
                (rules.version, f"{rules.valid_from:%d.%m.%Y} – {_ends(rules.valid_to)}: {', '.join(rules.law)}")
                for rules in sets
            ),
        ),
        Section(
            _("Routines"),
            (
                _("What comes in waits on the archivist's desk with a proposal. Deleted by its author comes first."),
                _("What is undecided for more than %(n)s days is warned of.") % {"n": one.warn_days},
                _("What is left out is purged after %(n)s days; a count for each reason stays.")
                % {"n": one.purge_days},
                _("Disposal needs a legal basis and two persons. A legal hold stops it."),
                _("Before each yearly report: undecided, quality, checkpoint and a deposit's check are looked at."),
            ),
        ),
        Section(_("Periods"), facts=_periods()),
        Section(_("Classes"), facts=_classes()),
        Section(
            _("Units"),
            facts=tuple(
                (unit.name, _("sensitive") if unit.sensitive else "") for unit in Unit.objects.order_by("name")
            ),
        ),
        Section(_("Storage"), tuple(warnings()), tuple(storage())),
    ]


def _ends(last: object) -> str:
    return f"{last:%d.%m.%Y}" if last else ""


def _processing(at: datetime) -> list[Section]:
    one = choice()
    return [
        Section(_("Controller"), facts=tuple(_body())),
        Section(
            _("Purpose and legal basis"),
            (
                _("To inform, to answer, to take part in public talk, and to document it."),
                _("GDPR art. 6 (1) e, with the archive act and the regulation on archives; art. 9 (2) g and j."),
                _("On the platforms the body is a controller together with the platform (art. 26)."),
            ),
        ),
        Section(
            _("About whom, and what"),
            (
                _("People who write to the body or on its pages: account name, what they wrote, time, pictures."),
                _("People who work with it here: name, e-mail address, role, and what they did."),
                _("Personal numbers are masked. Health and other special categories are pointed out and shielded."),
            ),
        ),
        Section(_("Channels"), facts=_channels()),
        Section(
            _("Who receives it"),
            (
                _("The public, through the public journal and what is released, without what is shielded."),
                _("The case system and the archive depot. Nothing goes to others, and triage is done here."),
            ),
        ),
        Section(
            _("How long"),
            (
                _("What is archived: as its class says. What is left out: %(n)s days.") % {"n": one.purge_days},
                _("Names of persons are out of search in the public journal after a year."),
            ),
            _classes(),
        ),
        Section(_("Storage"), tuple(warnings()), tuple(storage())),
        Section(
            _("Security"),
            (
                _("Sign-in by passkey or the body's own directory; roles for units and channels; acts are logged."),
                _("Backups are encrypted to a key that is kept elsewhere."),
            ),
            _roles(),
        ),
    ]


def _impact(at: datetime) -> list[Section]:
    return [
        Section(_("Controller"), facts=tuple(_body())),
        Section(
            _("What is done, and why it is needed"),
            (
                _("What people write in public to a public body is stored, read by rules, answered and archived."),
                _("The archive act obliges the body; the platform cannot be trusted to keep it."),
                _("The rules are local and can be read. They propose; a person decides. Criticism is never a ground."),
            ),
            (
                (_("Channels"), number(Channel.objects.filter(practice=False, closed_at=None).count())),
                (_("Sensitive units"), number(Unit.objects.filter(sensitive=True).count())),
            ),
        ),
        Section(
            _("What can go wrong for people, and what is done"),
            facts=(
                (
                    _("A personal number is published"),
                    _("It is masked before storing, and hidden on the platform where it can be."),
                ),
                (
                    _("Health or child welfare is written in public"),
                    _("It is pointed out, moved to a safe channel, shielded."),
                ),
                (
                    _("Somebody is silenced"),
                    _("Only published grounds, reasons to the writer, complaint to another person."),
                ),
                (
                    _("Too much is kept for too long"),
                    _("What has no value is left out and purged; classes have their time."),
                ),
                (_("A deleted post lives on"), _("It is decided first; left out, it goes at once.")),
                (_("Names can be searched for years"), _("They are out of public search after a year.")),
                (
                    _("Somebody inside looks without need"),
                    _("Roles, sensitive units, stated purposes, a ledger of every act."),
                ),
                (_("A backup brings erased words back"), _("Restoring asks for the list of later erasures first.")),
                (
                    _("The archive is lost or changed"),
                    _("Encrypted backups, signed checkpoints, a check of every byte."),
                ),
            ),
        ),
        Section(
            _("People's rights"),
            (
                _("The data protection desk finds all an account wrote, shows what the law keeps, erases the rest."),
                _("The answer is due within a month. Erasure does not reach what is kept by the archive duty."),
            ),
        ),
        Section(_("Storage"), tuple(warnings()), tuple(storage())),
        Section(
            _("What the body must still judge"),
            (
                _("Whether to be on each platform at all, given what the platform itself does with people's data."),
                _("The data protection officer's advice, and the leader's decision, are written below and signed."),
            ),
        ),
    ]
