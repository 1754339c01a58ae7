"""Which language, and which written form."""

import pytest

from ordskifte.language.written_form import TABLE, Form, pieces, written_form


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Jeg lurer på hvor man kan levere søppel", "nb"),
        ("Eg lurer på kvar ein kan levere boss", "nn"),
        ("Where can I leave my garbage?", "en"),
        ("Goas rahpasa skuvla odne?", "se"),
        ("Giitu, dát lei buorre!", "se"),
        ("Czy jest tu ktoś, kto mówi po polsku?", "other"),
        ("Где находится школа?", "other"),
        ("متى تفتح المدرسة؟", "other"),
        ("Hvad koster det at leje salen, og hvornår kan jeg få noget svar?", "other"),
        ("Varför är det så mycket snö på vägen och inte något grus?", "other"),
        ("Æ veit itj ka dæm drive med", "nb"),
        ("Vegen er ikkje brøyta, og ungane kjem seg ikkje på skulen", "nn"),
        ("Takk!", "nb"),
    ],
)
def test_languages(text: str, lang: str) -> None:
    assert written_form(text).lang == lang


@pytest.mark.parametrize("text", ["", "👍", "123 456", "Takk", "æ e her"])
def test_what_says_little_is_unsure(text: str) -> None:
    assert not written_form(text).sure


def test_what_says_much_is_sure() -> None:
    assert written_form("Hvorfor er ikke veien vår brøytet ennå? Vi har ventet i flere uker.") == Form("nb", True)


def test_pieces_are_the_word_and_its_parts_with_edges() -> None:
    assert list(pieces("På"))[:3] == ["=på", "_p", "på"]


def test_the_table_names_its_source_and_holds_no_sentence() -> None:
    head, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    assert head.startswith("#")
    assert "CC BY-SA 4.0" in lines[0]
    assert not any(" " in line for line in lines if not line.startswith("#"))


@pytest.mark.parametrize(
    "text",
    [
        "Hei Rolf. Strandgata brøytes i dag før klokka 14.",
        "Kommunestyret vedtok kunstgresset i fjor fordi banen var stengt.",
        "Hei",
    ],
)
def test_many_neutral_words_do_not_make_nynorsk(text: str) -> None:
    assert written_form(text).lang == "nb"
