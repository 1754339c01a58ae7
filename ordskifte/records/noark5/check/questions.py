"""What is asked of the store when all is read: ids, references, numbers, journals, dates, shielding."""

from ordskifte.records.noark5.check.description import Description
from ordskifte.records.noark5.check.journals import JournalScan, LogScan
from ordskifte.records.noark5.check.outcome import Report
from ordskifte.records.noark5.check.place import LOG, PUBLIC, RUNNING, STRUCTURE
from ordskifte.records.noark5.check.store import Store, shown
from ordskifte.records.noark5.check.structure import StructureScan, is_day


def check_ids(report: Report, store: Store) -> None:
    """N5.47."""
    for id_, number in store.ask("select id, count(*) from unit group by id having count(*) > 1 order by id"):
        report["N5.47"].count += 1
        report.error("N5.47", "duplicate_id", shown(id_), number, where=STRUCTURE)


def check_references(report: Report, store: Store) -> None:
    """N5.48, N5.51 and O.20. A reference out of the package may go to another period (M001): it is counted."""
    elsewhere = 0
    lost = (
        "select r.test, r.holder, r.target, r.line, exists (select 1 from unit o where o.id = r.target)"
        " from reference r where r.test <> 'N5.62' and not exists"
        " (select 1 from unit u where u.id = r.target and u.kind = r.kind) order by r.line, r.holder"
    )
    for test, holder, target, line, is_other in store.ask(lost):
        if test == "O.20" and not is_other:
            elsewhere += 1
            continue
        report[test].count += 1
        unit, _, id_ = str(holder).partition(" ")
        said = "wrong_kind" if is_other else "bad_reference"
        report.error(test, said, unit, id_, shown(target), where=f"{STRUCTURE}:{line}")
    if elsewhere:
        report.note("O.20", "elsewhere", elsewhere)


def check_numbers(report: Report, description: Description, where: str) -> None:
    """N5.10 and N5.16: the numbers arkivuttrekk.xml states for the structure."""
    stated = description.of("arkivstruktur")
    for test, what in (("N5.10", "mappe"), ("N5.16", "registrering")):
        _compare(report, test, what, (stated.numbers if stated else {}).get(what, ""), report[test].count, where)


def _compare(report: Report, test: str, what: str, stated: str, real: int, where: str) -> None:
    if not stated.isdecimal():
        report.error(test, "no_stated_count", what, where=where)
    elif int(stated) != real:
        report.error(test, "stated_count", what, stated, real, where=where)


def check_flags(report: Report, description: Description, structure: StructureScan, where: str) -> None:
    """N5.42, N5.44, N5.45 and O.04: what is said to be there, is; what is there, is said to be."""
    for test, flag, what, number in (
        ("N5.42", "inneholderSkjermetInformasjon", "skjerming", report["N5.42"].count),
        ("N5.44", "inneholderDokumenterSomSkalKasseres", "kassasjon", report["N5.44"].count),
        ("N5.45", "omfatterDokumenterSomErKassert", "utfoertKassasjon", report["N5.45"].count),
        ("O.04", "inneholderVirksomhetsspesifikkeMetadata", "virksomhetsspesifikkeMetadata", report["O.03"].count),
    ):
        if description.flag(flag) and not number:
            report.error(test, "flag_but_none", what, where=where)
        elif number and not description.flag(flag):
            report.error(test, "some_but_no_flag", what, where=where)


def check_journals(
    report: Report,
    store: Store,
    description: Description,
    structure: StructureScan,
    journals: dict[str, JournalScan],
) -> None:
    """N5.59, O.07, O.08 and O.09."""
    outcome = report["N5.59"]
    outcome.count = structure.journalposts
    if not journals:
        if not structure.journalposts:
            report.note("N5.59", "no_journals")
        return
    for name, scan in journals.items():
        _stated_entries(report, description, name, scan)
        for (id_,) in store.ask(
            "select e.id from entry e where e.journal = ? and not exists"
            " (select 1 from entry s where s.journal = ? and s.id = e.id) order by e.place",
            (name, STRUCTURE),
        ):
            report["O.07"].count += 1
            report.error("O.07", "journal_id", name, shown(id_), where=name)
    if len(journals) < 2:
        return
    running, public = _stated(journals[RUNNING]), _stated(journals[PUBLIC])
    outcome.counts.update({STRUCTURE: structure.journalposts, RUNNING: running, PUBLIC: public})
    if running != public:
        report.error("N5.59", "journals_differ", public, running, where=PUBLIC)
    else:
        if description.sharp and running != structure.journalposts:
            report.error("N5.59", "journal_structure_differ", structure.journalposts, RUNNING, running, where=STRUCTURE)
        _same_entries(report, store, journals)


def _stated(scan: JournalScan) -> int:
    """The number in the journal's head, as Arkade takes it."""
    text = scan.head.get("antallJournalposter", "")
    return int(text) if text.isdecimal() else 0


def _stated_entries(report: Report, description: Description, name: str, scan: JournalScan) -> None:
    report["O.08"].count += scan.entries
    stated = description.of(name.removesuffix(".xml"))
    if stated and stated.numbers:
        _compare(report, "O.08", "journalregistrering", next(iter(stated.numbers.values())), scan.entries, name)
    if _stated(scan) != scan.entries:
        head = scan.head.get("antallJournalposter", "–")
        report.error("O.08", "stated_count", "antallJournalposter", head, scan.entries, where=name)


def _same_entries(report: Report, store: Store, journals: dict[str, JournalScan]) -> None:
    report["O.09"].count = journals[RUNNING].entries
    for name, other in ((RUNNING, PUBLIC), (PUBLIC, RUNNING)):
        for (id_,) in store.ask(
            "select e.id from entry e where e.journal = ? and exists (select 1 from entry s where s.journal = ? and"
            " s.id = e.id) and not exists (select 1 from entry o where o.journal = ? and o.id = e.id)",
            (name, STRUCTURE, other),
        ):
            report.error("O.09", "journal_only_one", shown(id_), name, where=name)
        if not journals[name].ordered:
            report.error("O.09", "journal_order", name, where=name)


def check_dates(
    report: Report, description: Description, structure: StructureScan, journals: dict[str, JournalScan]
) -> None:
    """N5.60, and the dates of N5.27."""
    for label, day in zip(("første", "siste"), structure.created, strict=True):
        if day:
            report["N5.27"].counts[f"{label} {day}"] = 1
    outcome = report["N5.60"]
    outcome.count = structure.journalposts
    if len(journals) < 2:
        return
    spans = {
        name: (scan.head.get("journalStartDato", ""), scan.head.get("journalSluttDato", ""))
        for name, scan in journals.items()
    }
    for name, span in spans.items():
        outcome.counts[f"{name}: {'–'.join(span)}"] = 1
        if not all(is_day(day) for day in span):
            report.error("N5.60", "journal_unreadable", name, "–".join(span), where=name)
            return
    running, public = spans[RUNNING], spans[PUBLIC]
    if running != public:
        report.error("N5.60", "journal_dates_differ", "–".join(running), "–".join(public), where=PUBLIC)
    elif description.sharp and (structure.first_date[:10], structure.last_date[:10]) != running:
        found = f"{structure.first_date}–{structure.last_date}"
        report.error("N5.60", "journal_dates_structure", found, "–".join(running), where=RUNNING)


def check_shielding(report: Report, store: Store) -> None:
    """O.17: what a record shields is not a part of what the public journal says of it."""
    (report["O.17"].count,) = next(store.ask("select count(*) from shielded where field not like 'public %'"))
    for _row in store.ask("create index by_shielded on shielded (id)"):
        pass
    leaks = (
        "select s.id, s.field from shielded s join shielded p on p.id = s.id and p.field like 'public %'"
        " where s.field not like 'public %' and instr(p.words, s.words) > 0 group by s.id, s.field order by s.id"
    )
    for id_, field in store.ask(leaks):
        report.error("O.17", "leak", shown(id_), field, where=PUBLIC)


def check_change_log(report: Report, store: Store, description: Description, log: LogScan) -> None:
    """N5.61, N5.62 and the stated number of changes (O.08)."""
    report["N5.61"].count = log.changes
    stated = description.of("endringslogg")
    if stated and stated.numbers:
        _compare(report, "O.08", "endring", next(iter(stated.numbers.values())), log.changes, LOG)
    lost = (
        "select r.target, r.line from reference r where r.test = 'N5.62' and not exists"
        " (select 1 from unit u where u.id = r.target) order by r.line"
    )
    for target, line in store.ask(lost):
        report["N5.62"].count += 1
        report.error("N5.62", "log_reference", shown(target), where=f"{LOG}:{line}")
