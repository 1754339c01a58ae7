from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Arrival, Author, Item, Problem
from ordskifte.channels.exports.mediawiki import MediawikiReader
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, folder, others, problems, read
from tests.channels.exports.shared import samples

INFO = (
    "<siteinfo><sitename>Eksempelwiki</sitename><dbname>eksempel</dbname>"
    "<base>https://wiki.eksempel.example/wiki/Hovedside</base><namespaces>"
    '<namespace key="0"/><namespace key="1">Diskusjon</namespace><namespace key="10">Mal</namespace>'
    "</namespaces></siteinfo>"
)


def wiki(*pages: str, info: str = INFO, schema: str = "0.11") -> str:
    namespace = f"http://www.mediawiki.org/xml/export-{schema}/"
    return f'<mediawiki xmlns="{namespace}" xml:lang="nb">{info}{"".join(pages)}</mediawiki>'


def page(number: int, *revisions: str, title: str = "Budsjett", ns: str = "<ns>0</ns>", more: str = "") -> str:
    return f"<page><title>{title}</title>{ns}<id>{number}</id>{more}{''.join(revisions)}</page>"


def revision(number: int, text: str, *, day: int = 1, by: str = "", more: str = "") -> str:
    by = by or "<contributor><username>Kari</username><id>7</id></contributor>"
    return (
        f"<revision><id>{number}</id><timestamp>2024-05-{day:02d}T08:00:00Z</timestamp>{by}{more}"
        f'<text xml:space="preserve">{text}</text></revision>'
    )


def read_text(path: Path, text: str | bytes) -> list[Item]:
    return read(MediawikiReader(), folder(path, {"dump.xml": text}))


def test_every_revision_is_a_version_of_its_page(tmp_path: Path) -> None:
    first, second = (
        revision(11, " Første\n\nKari [[Bruker:Kari|Kari]] ~"),
        revision(12, "Andre", day=2, more="<minor/>"),
    )
    items = read_text(tmp_path, wiki(page(3, first, second)))
    base = "https://wiki.eksempel.example/wiki/"
    one = Arrival(
        external_id="page-3",
        version_key="11",
        kind="page",
        author=Author("user-7", "Kari", "Kari"),
        ours=False,
        title="Budsjett",
        text=" Første\n\nKari [[Bruker:Kari|Kari]] ~",
        raw=first.encode(),
        raw_type="application/xml",
        file="dump.xml",
        where="page 1 revision 1",
        published=datetime(2024, 5, 1, 8, tzinfo=UTC),
        permalink=f"{base}Budsjett?oldid=11",
    )
    assert items[:2] == [Account(f"{base}Hovedside", "eksempel", "Eksempelwiki", f"{base}Hovedside"), one]
    two = arrivals(items)[1]
    assert (two.version_key, two.published, two.edited, two.raw, two.extra) == (
        "12",
        one.published,
        datetime(2024, 5, 2, 8, tzinfo=UTC),
        second.encode(),
        {"minor": "yes"},
    )


def test_a_current_export_does_not_know_when_the_page_was_first_published(tmp_path: Path) -> None:
    (found,) = arrivals(read_text(tmp_path, wiki(page(3, revision(12, "Nå", more="<parentid>11</parentid>")))))
    assert (found.published, found.edited) == (None, datetime(2024, 5, 1, 8, tzinfo=UTC))


def test_somebody_without_an_account_is_never_named_by_address(tmp_path: Path) -> None:
    (found,) = arrivals(
        read_text(tmp_path, wiki(page(3, revision(1, "x", by="<contributor><ip>192.0.2.7</ip></contributor>"))))
    )
    assert found.author == Author("ip", "", "IP")
    assert "192.0.2.7" not in repr([getattr(found, name) for name in Arrival.__slots__ if name != "raw"])


@pytest.mark.parametrize(
    ("by", "author"),
    [
        ("<contributor><username>Ola</username></contributor>", Author("name-Ola", "Ola", "Ola")),
        ("<contributor><username>Ola</username><id>0</id></contributor>", Author("name-Ola", "Ola", "Ola")),
        ('<contributor deleted="deleted" />', None),
        ("<contributor></contributor>", None),
        ("<x/>", None),
    ],
)
def test_contributors_of_every_form(tmp_path: Path, by: str, author: Author | None) -> None:
    assert arrivals(read_text(tmp_path, wiki(page(3, revision(1, "x", by=by)))))[0].author == author


def test_what_was_suppressed_says_so(tmp_path: Path) -> None:
    gone = (
        "<revision><id>1</id><timestamp>2024-05-01T08:00:00Z</timestamp>"
        '<contributor deleted="deleted"/><comment deleted="deleted"/><text deleted="deleted"/></revision>'
    )
    (found,) = arrivals(read_text(tmp_path, wiki(page(3, gone))))
    assert (found.text, found.extra) == ("", {"suppressed": "text, contributor, comment"})


def test_text_that_is_not_in_the_export_says_so(tmp_path: Path) -> None:
    stub = "<revision><id>1</id><timestamp>2024-05-01T08:00:00Z</timestamp><text id='1' bytes='42'/></revision>"
    assert arrivals(read_text(tmp_path, wiki(page(3, stub))))[0].extra == {"text": "not in the export"}


@pytest.mark.parametrize(
    ("ns", "title", "extra"),
    [
        ("<ns>1</ns>", "Diskusjon:Budsjett", {"namespace": "Diskusjon", "talk": "yes"}),
        ("", "Diskusjon:Budsjett", {"namespace": "Diskusjon", "talk": "yes"}),
        ("<ns>10</ns>", "Mal:X", {"namespace": "Mal"}),
        ("<ns>100</ns>", "Portal:X", {"namespace": "100"}),
        ("", "Ikke:Et navnerom", {}),
        ("<ns>x</ns>", "X", {"namespace": "x"}),
    ],
)
def test_namespaces_and_talk(tmp_path: Path, ns: str, title: str, extra: dict[str, str]) -> None:
    assert arrivals(read_text(tmp_path, wiki(page(3, revision(1, "x"), ns=ns, title=title))))[0].extra == extra


def test_redirects_summaries_and_models_are_kept(tmp_path: Path) -> None:
    more = "<comment>Flyttet &amp; ryddet</comment><model>json</model>"
    made = page(3, revision(1, "x", more=more), more='<redirect title="Økonomiplan" />')
    assert arrivals(read_text(tmp_path, wiki(made)))[0].extra == {
        "edit_summary": "Flyttet & ryddet",
        "model": "json",
        "redirect": "Økonomiplan",
    }


def test_files_logs_and_pages_without_revisions_are_counted(tmp_path: Path) -> None:
    upload = "<upload><timestamp>2024-05-01T08:00:00Z</timestamp><filename>a.jpg</filename></upload>"
    items = read_text(tmp_path, wiki(page(1, revision(1, "x"), upload), page(2), "<logitem><id>1</id></logitem>"))
    assert (others(items), len(arrivals(items))) == (["upload", "page", "logitem"], 1)


def test_a_page_without_id_is_known_by_its_title_and_without_both_is_a_problem(tmp_path: Path) -> None:
    titled = f"<page><title>Gammel</title>{revision(1, 'x')}</page>"
    items = read_text(tmp_path, wiki(titled, f"<page>{revision(2, 'y')}</page>"))
    assert [found.external_id for found in arrivals(items)] == ["title-Gammel"]
    assert problems(items) == [("page 2 revision 1", reasons.NO_ID)]


def test_one_broken_revision_does_not_stop_the_next(tmp_path: Path) -> None:
    deep = revision(1, "<x>" * 300 + "</x>" * 300)
    items = read_text(tmp_path, wiki(page(1, deep, revision(2, "Her", day=2)), page(2, revision(3, "Der"))))
    assert problems(items) == [("page 1 revision 1", reasons.TOO_DEEP)]
    assert [(found.external_id, found.text) for found in arrivals(items)] == [("page-1", "Her"), ("page-2", "Der")]


def test_a_revision_never_closed_ends_with_its_page(tmp_path: Path) -> None:
    unclosed = revision(1, "x").replace("</revision>", "")
    items = read_text(tmp_path, wiki(page(1, unclosed), page(2, revision(3, "Der"))))
    assert problems(items) == [("page 1 revision 1", reasons.TRUNCATED)]
    assert [found.external_id for found in arrivals(items)] == ["page-2"]


def test_a_revision_over_the_cap_is_a_problem(tmp_path: Path) -> None:
    items = read_text(tmp_path, wiki(page(1, revision(1, "x" * (MAX_ITEM + 1)), revision(2, "Her", day=2))))
    assert problems(items) == [("page 1 revision 1", reasons.TOO_LARGE)]
    assert [found.text for found in arrivals(items)] == ["Her"]


def test_broken_site_facts_and_cut_off_files_are_problems_and_the_pages_come(tmp_path: Path) -> None:
    deep = "<siteinfo>" + "<x>" * 300 + "</x>" * 300 + "</siteinfo>"
    items = read_text(tmp_path / "a", wiki(page(1, revision(1, "Her")), info=deep))
    assert (problems(items), len(arrivals(items))) == ([("siteinfo", reasons.TOO_DEEP)], 1)
    items = read_text(tmp_path / "b", wiki(page(1, revision(1, "Her"), "<upload><filename>a")))
    assert problems(items) == [("upload 1", reasons.TRUNCATED)]


def test_addresses_are_made_for_both_forms_of_base(tmp_path: Path) -> None:
    info = "<siteinfo><base>https://w.example/index.php?title=Hoved</base></siteinfo>"
    made = wiki(page(3, revision(9, "x"), title="Åpne møter"), info=info)
    (found,) = arrivals(read_text(tmp_path, made))
    assert found.permalink == "https://w.example/index.php?title=%C3%85pne_m%C3%B8ter&oldid=9"


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    items = read_text(tmp_path, bomb + wiki(page(1, revision(1, "&b;"))))
    assert problems(items) == [("the beginning", reasons.ENTITIES)]
    assert arrivals(items)[0].text == "&b;"


@pytest.mark.parametrize("text", ["", "<rss/>", "<media/>", "mediawiki", "{}"])
def test_what_is_no_wiki_is_not_claimed(tmp_path: Path, text: str) -> None:
    assert MediawikiReader().claim(folder(tmp_path, {"a.xml": text})) == []


@pytest.mark.parametrize("schema", ["0.3", "0.4", "0.6", "0.10", "0.11"])
def test_every_schema_is_read(tmp_path: Path, schema: str) -> None:
    made = wiki(page(3, revision(1, "x"), ns="" if schema < "0.6" else "<ns>0</ns>"), schema=schema)
    assert [found.external_id for found in arrivals(read_text(tmp_path, made))] == ["page-3"]


WHOLE = wiki(*(page(n, *(revision(10 * n + r, f"Tekst {r}", day=r) for r in (1, 2, 3))) for n in (1, 2, 3))).encode()


@given(st.integers(0, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_what_was_whole_before_the_cut_comes_out(
    tmp_path_factory: pytest.TempPathFactory, at: int
) -> None:
    items = list(MediawikiReader().read(folder(tmp_path_factory.mktemp("cut"), {"a.xml": WHOLE[:at]}), ["a.xml"]))
    assert len(arrivals(items)) == WHOLE[:at].count(b"</revision>")
    assert len([item for item in items if isinstance(item, Problem)]) <= 1


@pytest.mark.shared
def test_the_sample_dump_gives_every_revision() -> None:
    items = read(MediawikiReader(), open_export(samples("mediawiki/dump.xml")))
    assert [(found.external_id, found.version_key) for found in arrivals(items)] == [
        ("page-1", "1"),
        ("page-1", "2"),
        ("page-2", "3"),
    ]
    assert problems(items) == []
