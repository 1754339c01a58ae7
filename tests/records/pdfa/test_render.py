"""Documents in typst's own fonts: what stands in them, what is named, what is refused."""

import io
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from ordskifte.records.errors import EvidenceError
from ordskifte.records.pdfa.render import Fonts, Renderer, render_all, runs_right_to_left
from ordskifte.records.pdfa.values import Document, Picture, Rendered
from tests.records.pdfa.documents import document, folded, picture, said, shown, text_of

FONTS = Fonts()
OLD = Fonts(profile="a-1b")


def rendered(one: Document, fonts: Fonts = FONTS) -> Rendered:
    with Renderer(fonts) as renderer:
        return renderer.render(one)


def test_everything_a_reader_needs_stands_in_it() -> None:
    one = document(
        said(
            "Når blir veien brøytet?",
            handle="@kari",
            received="11. mars 2026 kl. 14.51",
            edited="11. mars 2026 kl. 15.00",
            permalink="https://social.example/@kari/1",
            version="utgave 2 av 2",
            pictures=(shown(),),
            missing=("film.mp4 er ikke hentet",),
            the_one=True,
        ),
        said("Vi brøyter i dag.", author="Eksempel kommune", ours=True),
        acts=("Besvart 15.10",),
        digest="ab" * 32,
        proof_url="https://eksempel.example/bevis/1",
    )
    found = text_of(rendered(one).content)
    assert found == folded(
        "Kari Nordmann på Facebook 11. mars 2026 Kanal: Facebook, Eksempel kommune Kari Nordmann (@kari) publisert "
        "11. mars 2026 kl. 14.50 · endret 11. mars 2026 kl. 15.00 · mottatt 11. mars 2026 kl. 14.51 · utgave 2 av 2 "
        "Når blir veien brøytet? Bilde: En uthavn i snø film.mp4 er ikke hentet https://social.example/@kari/1 "
        "Eksempel kommune publisert 11. mars 2026 kl. 14.50 Vi brøyter i dag. Hva som ble gjort • Besvart 15.10 Bevis "
        f"SHA-256 av bytene slik de kom {'ab' * 32} Beviset ligger her https://eksempel.example/bevis/1"
    )


@pytest.mark.parametrize(
    ("fonts", "part", "conformance"), [(FONTS, "2", "A"), (OLD, "1", "B")], ids=["PDF/A-2a", "PDF/A-1b"]
)
def test_the_file_says_which_standard_it_follows(fonts: Fonts, part: str, conformance: str) -> None:
    content = rendered(document(said("Hei", pictures=(Picture(picture("RGBA"), "image/png", "Et blått felt"),))), fonts)
    reader = PdfReader(io.BytesIO(content.content))
    root = reader.trailer["/Root"]
    marks = root["/Metadata"].get_data().decode()
    assert f"<pdfaid:part>{part}</pdfaid:part>" in marks
    assert f"<pdfaid:conformance>{conformance}</pdfaid:conformance>" in marks
    assert ("<pdfuaid:part>1</pdfuaid:part>" in marks) == (part == "2")
    assert root["/OutputIntents"]
    assert root["/Lang"] == "nb"
    assert reader.metadata.title == "Kari Nordmann på Facebook 11. mars 2026"
    if part == "2":
        assert root["/MarkInfo"]["/Marked"]
    fonts_used = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    assert fonts_used
    for font in fonts_used:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & descriptor.keys()


def test_the_same_values_give_the_same_bytes() -> None:
    one = document(said("Hei", pictures=(shown(),)), proof_url="https://eksempel.example/bevis/1")
    assert rendered(one) == rendered(one)


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x") $a^2$ *b* _c_ @ref <label> `raw` // no comment \\ [x] {y} = heading',
        "Boazodoallu: čáhci đ ŋ š ŧ ž Á Č Đ Ŋ Š Ŧ Ž",
        "e\u0301 a\u030a o\u0308",
        "linje 1\nlinje 2\r\nlinje 3\n\nnytt avsnitt\ttab",
        "https://www.eksempel.example/veg/38",
        "Русский και ελληνικά",
        "- ikke en liste\n+ heller ikke\n1. nei",
        "«Sitat» – tankestrek … 50 % § 263",
    ],
)
def test_the_text_comes_back_as_it_was(text: str) -> None:
    assert folded(text) in text_of(rendered(document(said(text))).content)


def test_twenty_thousand_characters_come_back_without_a_page_number_in_them() -> None:
    text = " ".join(f"Ord nummer {number} om brøyting." for number in range(800))
    assert len(text) > 20_000
    assert folded(text) in text_of(rendered(document(said(text))).content)


def test_a_word_longer_than_a_line_stays_on_the_page(tmp_path: Path) -> None:
    content = rendered(document(said("x" * 400))).content
    right = [operands[4] for page in PdfReader(io.BytesIO(content)).pages for operands in _places(page)]
    assert max(right) < 595 - 40
    assert text_of(content).replace(" ", "").count("x" * 400) == 1


def _places(page: object) -> list[list[float]]:
    """The text matrix of every piece of text on a page."""
    found: list[list[float]] = []
    page.extract_text(visitor_text=lambda text, cm, tm, *_: found.append(list(tm)) if text.strip() else None)  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hei \ue000", "U+E000"),
        ("Hei \U0001f600", "U+1F600"),
        ("omvendt \u202e tekst", "U+202E"),
        ("null \x00 tegn", "U+0000"),
        ("uten navn \u0378", "U+0378"),
        ("ku 牛", "U+725B"),
    ],
)
def test_what_no_font_has_is_named_and_listed(text: str, name: str) -> None:
    made = rendered(document(said(text)))
    found = text_of(made.content)
    assert made.named == (name,)
    assert f"⟨{name}⟩" in found
    assert f"skrevet med navn: {name}" in found


def test_right_to_left_runs_by_its_first_strong_character() -> None:
    assert runs_right_to_left("123 مرحبا hei")
    assert runs_right_to_left("שלום")
    assert not runs_right_to_left("hei مرحبا")
    assert not runs_right_to_left("1 2 3 !")


def test_a_picture_without_words_says_so() -> None:
    found = text_of(rendered(document(said("Hei", pictures=(shown(alt="  "),)))).content)
    assert "Bilde uten beskrivelse" in found


def test_a_picture_that_is_none_is_refused_by_name() -> None:
    with pytest.raises(EvidenceError, match="not a picture"):
        rendered(document(said("Hei", pictures=(Picture(b"GIF89a no", "image/gif", "x"),))))


def test_one_document_after_the_other_by_the_same_renderer() -> None:
    with Renderer(FONTS) as renderer:
        first = renderer.render(document(said("en", pictures=(shown(),)), key="1"))
        second = renderer.render(document(said("to"), key="2"))
    assert ("en" in text_of(first.content), "to" in text_of(second.content)) == (True, True)
    assert (first.key, second.key) == ("1", "2")


def test_many_come_in_order() -> None:
    found = list(render_all((document(said(f"nummer {n}"), key=str(n)) for n in range(40)), FONTS))
    assert [one.key for one in found] == [str(n) for n in range(40)]
    assert "nummer 39" in text_of(found[-1].content)


def test_an_error_among_many_comes_out_and_leaves_no_folder_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    bad = document(said("Hei", pictures=(Picture(b"", "image/png", "x"),)))
    with pytest.raises(EvidenceError):
        list(render_all([document(said("Hei")), bad], FONTS))
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300))
def test_any_text_gives_a_document(text: str) -> None:
    assert rendered(document(said(text))).content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_documents_own_words_follow_its_language(language: str) -> None:
    one = document(said("Hei"), language=language, digest="00" * 32)
    words = {"nb": "Bevis", "nn": "Prov", "en": "Proof"}
    assert words[language] in text_of(rendered(one).content)


def test_lone_surrogates_are_named() -> None:
    assert rendered(document(said("a\ud83dz"))).named == ("U+D83D",)


def test_poppler_reads_the_same_text() -> None:
    if not _has("pdftotext"):
        pytest.skip("pdftotext is not on this machine (Debian: poppler-utils)")
    text = "Kjære kommune: når kommer bussen til Čáhcesuolu? https://www.eksempel.example/rute/38"
    content = rendered(document(said(text))).content
    read = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert folded(text) in folded(read)


def _has(program: str) -> bool:
    from shutil import which

    return which(program) is not None
