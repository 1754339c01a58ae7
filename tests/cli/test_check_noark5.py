from html.parser import HTMLParser
from pathlib import Path

from tests.cli.running import ordskifte
from tests.records.noark5.package import Package


def test_a_correct_package_ends_with_0(tmp_path: Path) -> None:
    ran = ordskifte("check", "noark5", Package().write(tmp_path / "p"), "--json", "--home", tmp_path)
    assert ran.status == 0, ran.err
    assert ran.value["ok"] is True
    assert [one["id"] for one in ran.value["tests"]][:3] == ["N5.01", "N5.02", "N5.03"]
    assert all(one["errors"] == [] for one in ran.value["tests"])


def test_what_is_wrong_is_listed_and_ends_with_1(tmp_path: Path) -> None:
    package = Package(digests={"endringslogg.xml": "0" * 64}).write(tmp_path / "p")
    ran = ordskifte("check", "noark5", package, "--json", "--home", tmp_path)
    assert ran.status == 1
    assert ran.value["ok"] is False
    (wrong,) = [one for one in ran.value["tests"] if one["errors"]]
    assert wrong["id"] == "N5.02"
    assert set(wrong["errors"][0]) == {"what", "where"}
    assert wrong["errors"][0]["where"] == "endringslogg.xml"


def test_what_is_no_package_ends_with_2(tmp_path: Path) -> None:
    ran = ordskifte("check", "noark5", tmp_path, "--json", "--home", tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert "holds no Noark 5 package" in ran.err


def test_the_lines_name_the_tests_that_failed(tmp_path: Path) -> None:
    package = Package(facts={"antallDokumentfiler": "9"}).write(tmp_path / "p")
    ran = ordskifte("check", "noark5", package, "--home", tmp_path, "--language", "nn")
    assert ran.status == 1
    assert "N5.28 Dokumentfiler, og talet som er oppgitt: 1" in ran.out
    assert "Oppgitt tal på dokumentfiler er 9, men det er 4." in ran.out


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.language = ""
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "html":
            self.language = dict(attrs)["lang"] or ""
        assert not {name for name, _value in attrs} & {"src", "href", "onload", "onclick"}

    def handle_data(self, data: str) -> None:
        self.said += data


def test_the_page_stands_alone_without_script_and_escapes_what_is_foreign(tmp_path: Path) -> None:
    package = Package().edit("<saksstatus>Avsluttet", "<saksstatus>&lt;script&gt;alert(1)&lt;/script&gt;")
    html = tmp_path / "report.html"
    ran = ordskifte("check", "noark5", package.write(tmp_path / "p"), "--home", tmp_path, "--html", html)
    assert ran.status == 1
    page = Page()
    page.feed(html.read_text(encoding="utf-8"))
    assert page.language == "nb"
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert "<script>alert(1)</script>" in page.said
    assert "Pakken har feil: 2 feil, 2 tester" in page.said


def test_the_page_of_a_correct_package_says_so(tmp_path: Path) -> None:
    html = tmp_path / "report.html"
    ran = ordskifte(
        "check", "noark5", Package().write(tmp_path / "p"), "--home", tmp_path, "--html", html, "--language", "en"
    )
    assert ran.status == 0, ran.err
    page = Page()
    page.feed(html.read_text(encoding="utf-8"))
    assert (page.language, "No errors" in page.said) == ("en", True)
