"""How heavy a text is to read."""

from ordskifte.language.readability import Readability, readability


def test_a_short_text_has_no_lix() -> None:
    assert readability("Vi stenger vannet. Høringssvar mottas.") == Readability(
        words=5, sentences=2, longest_sentence=3, long_words=("stenger", "høringssvar"), lix=None
    )


def test_lix_is_words_a_sentence_and_long_words_in_hundredths() -> None:
    text = (
        "En to tre fire fem seks sju åtte ni. " * 4
    ) + "Kommunestyret behandler reguleringsplanen i møtet neste uke."
    measured = readability(text)
    assert (measured.words, measured.sentences, measured.longest_sentence) == (43, 5, 9)
    assert measured.long_words == ("kommunestyret", "behandler", "reguleringsplanen")
    assert measured.lix == round(43 / 5 + 100 * 3 / 43)


def test_nothing_is_nothing() -> None:
    assert readability("") == Readability(0, 0, 0, (), None)
