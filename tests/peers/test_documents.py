"""Documents in the Noto fonts that Debian gives: every script with glyphs, and the same text taken out again."""

import subprocess
from pathlib import Path

import pytest

from ordskifte.records.pdfa.fonts import install
from ordskifte.records.pdfa.render import Fonts, Renderer
from ordskifte.records.pdfa.values import Rendered
from tests.records.pdfa.documents import document, folded, said, text_of

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("home")
    done = install(place)
    assert (done.missing, done.wrong) == ((), ())
    return place


@pytest.fixture(scope="module")
def fonts(home: Path) -> Fonts:
    return Fonts(home / "fonts")


def rendered(text: str, fonts: Fonts) -> Rendered:
    with Renderer(fonts) as renderer:
        return renderer.render(document(said(text)))


def poppler(content: bytes) -> str:
    return subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.parametrize(
    "text",
    [
        "Boazodoallu lea dehálaš: čáhci, đ, ŋ, š, ŧ, ž.",
        "e\u0301 a\u0308 u\u030a o\u0308",
        "你好，世界。日本語のテスト。한국어",
        "𝓗ei ∑ ↔ ✓ ☎",
        "ไทย ქართული Հայերեն",
        "Dette er #panic(1) $x$ *y* @z",
    ],
)
def test_every_script_has_glyphs_and_comes_back(text: str, fonts: Fonts) -> None:
    made = rendered(text, fonts)
    assert made.named == ()
    assert folded(text) in text_of(made.content)
    assert folded(text) in folded(poppler(made.content))


def test_emoji_come_back_whole(fonts: Fonts) -> None:
    """By pypdf; poppler takes the coloured ones for letters six times as high, and moves them."""
    text = "Hei 😀👩🏽‍🚒👨‍👩‍👧‍👦 🇳🇴 ❤️ ok"
    made = rendered(text, fonts)
    assert made.named == ()
    assert folded(text) in text_of(made.content)


def test_arabic_has_glyphs(fonts: Fonts) -> None:
    assert rendered("مرحبا بالعالم", fonts).named == ()


def test_in_the_old_standard_coloured_emoji_are_named(home: Path) -> None:
    old = Fonts(home / "fonts", profile="a-1b")
    assert rendered("Hei 😀 čđŋ 你好", old).named == ("U+1F600",)
