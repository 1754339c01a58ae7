"""What the tests of single rules ask: which rules of one family speak, and which personal data is found."""

from ordskifte.language.reading import read
from ordskifte.language.triage import assess, spoken_names


def spoken(family: str, text: str) -> set[str]:
    """The rules of a family (`klage` holds klage.vedtak and others) that speak of a text."""
    return {name for name in spoken_names(read(text)) if name.partition(".")[0] == family}


def data(text: str) -> list[tuple[str, str]]:
    """The personal data of a text: type, and the words as they stand."""
    return [(span.type, text[span.start : span.end]) for span in assess(text).personal_data]
