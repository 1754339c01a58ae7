"""A report as JSON values, as lines for a terminal and as a page that stands alone."""

from collections.abc import Iterator
from html import escape
from typing import Any, Final

from ordskifte.records.noark5.check.outcome import Finding, Outcome, Report
from ordskifte.records.noark5.check.words import sentence, titles


def as_json(report: Report, language: str) -> dict[str, Any]:
    """`errors` lists the first findings of a test; `error_count` is how many there are."""
    return {
        "ok": report.ok,
        "place": report.place,
        "version": report.version,
        "tests": [_test(one, language) for one in report.tests.values()],
    }


def _test(one: Outcome, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": titles()[one.id][language],
        "count": one.count,
        "counts": [{"what": what, "count": number} for what, number in sorted(one.counts.items())],
        "error_count": one.errors,
        "errors": [{"what": _said(finding, language), "where": finding.where} for finding in one.findings],
        "notes": [_said(note, language) for note in one.notes],
    }


def _said(finding: Finding, language: str) -> str:
    return sentence(finding.key, finding.args, language)


def as_lines(report: Report, language: str) -> Iterator[str]:
    """What is wrong, test by test, and nothing of what is right but its number."""
    wrong = [one for one in report.tests.values() if one.errors]
    for one in wrong:
        yield f"{one.id} {titles()[one.id][language]}: {one.errors}"
        for finding in one.findings[:10]:
            yield f"  {_said(finding, language)} [{finding.where}]"
        if one.errors > 10:
            yield f"  … {one.errors - 10}"
    for one in report.tests.values():
        for note in one.notes:
            yield f"{one.id}: {_said(note, language)}"


_WORDS: Final = {
    "nb": {
        "title": "Kontroll av Noark 5-pakke",
        "ok": "Ingen feil",
        "wrong": "Pakken har feil",
        "errors": "feil",
        "tests": "tester",
        "version": "Versjon",
        "count": "Antall",
        "wrong_list": "Ikke bestått",
        "what": "Hva",
        "all": "Alle tester",
        "more": "til er ikke vist",
        "at": "Kontrollert",
        "note": "Numrene N5.01–N5.64 er Arkades. O.01–O.20 er egne tester av det Arkade ikke ser på.",
    },
    "nn": {
        "title": "Kontroll av Noark 5-pakke",
        "ok": "Ingen feil",
        "wrong": "Pakken har feil",
        "errors": "feil",
        "tests": "testar",
        "version": "Versjon",
        "count": "Tal",
        "wrong_list": "Ikkje bestått",
        "what": "Kva",
        "all": "Alle testar",
        "more": "til er ikkje viste",
        "at": "Kontrollert",
        "note": "Nummera N5.01–N5.64 er Arkade sine. O.01–O.20 er eigne testar av det Arkade ikkje ser på.",
    },
    "en": {
        "title": "Check of a Noark 5 package",
        "ok": "No errors",
        "wrong": "The package has errors",
        "errors": "errors",
        "tests": "tests",
        "version": "Version",
        "count": "Number",
        "wrong_list": "Not passed",
        "what": "What",
        "all": "All tests",
        "more": "more are not shown",
        "at": "Checked",
        "note": "The numbers N5.01–N5.64 are Arkade's. O.01–O.20 are our own tests of what Arkade does not look at.",
    },
}
_STYLE: Final = """
:root { color-scheme: light dark; --line: #8885; --bad: #b3253b; --good: #06734f; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff9aa8; --good: #7fe0b8; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; margin-bottom: .25rem; }
.verdict { font-size: 1.25rem; font-weight: 600; } .bad { color: var(--bad); } .good { color: var(--good); }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .35rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; } small { opacity: .8; }
ul { padding-left: 1.2rem; } code { font-size: .9em; }
""".strip()  # noqa: E501 - CSS of the page


def as_page(report: Report, language: str, *, at: str) -> Iterator[str]:
    """A page of HTML without script; everything foreign is escaped."""
    words = _WORDS[language]
    wrong = [one for one in report.tests.values() if one.errors]
    errors = sum(one.errors for one in wrong)
    yield f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<title>{words['title']}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>{words['title']}</h1>\n"
    if report.ok:
        yield f'<p class="verdict good">{words["ok"]}</p>\n'
    else:
        said = f"{words['wrong']}: {errors} {words['errors']}, {len(wrong)} {words['tests']}"
        yield f'<p class="verdict bad">{said}</p>\n'
    yield f"<p><code>{escape(report.place)}</code><br>{words['version']}: {escape(report.version) or '–'}. "
    yield f"{words['at']}: {escape(at)}</p>\n<p>{words['note']}</p>\n"
    if wrong:
        yield f"<h2>{words['wrong_list']}</h2>\n"
        for one in wrong:
            yield from _wrong(one, language)
    yield f'<h2>{words["all"]}</h2>\n<table>\n<thead><tr><th scope="col">Test</th>'
    yield f'<th scope="col">{words["what"]}</th>'
    yield f'<th scope="col" class="number">{words["count"]}</th>'
    yield f'<th scope="col" class="number">{words["errors"].capitalize()}</th></tr></thead>\n<tbody>\n'
    for one in report.tests.values():
        yield _row(one, language)
    yield "</tbody>\n</table>\n</main>\n</body>\n</html>\n"


def _wrong(one: Outcome, language: str) -> Iterator[str]:
    yield f"<h3>{one.id} {escape(titles()[one.id][language])}</h3>\n<ul>\n"
    for finding in one.findings:
        yield f"<li>{escape(_said(finding, language))} <small>{escape(finding.where)}</small></li>\n"
    if one.errors > len(one.findings):
        yield f"<li>{one.errors - len(one.findings)} {_WORDS[language]['more']}</li>\n"
    yield "</ul>\n"


def _row(one: Outcome, language: str) -> str:
    parts = ", ".join(f"{escape(what or '–')}: {number}" for what, number in sorted(one.counts.items())[:30])
    notes = " ".join(escape(_said(note, language)) for note in one.notes)
    more = f"<br><small>{parts}</small>" if parts else ""
    more += f"<br><small>{notes}</small>" if notes else ""
    mark = ' class="number bad"' if one.errors else ' class="number"'
    return (
        f'<tr><th scope="row">{one.id}</th><td>{escape(titles()[one.id][language])}{more}</td>'
        f'<td class="number">{one.count}</td><td{mark}>{one.errors}</td></tr>\n'
    )
