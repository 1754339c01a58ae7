import re
from pathlib import Path

from ordskifte.records.noark5 import check
from ordskifte.records.noark5.check.words import LANGUAGES, sentence, titles

FOLDER = Path(check.__file__).parent


def keys() -> dict[str, dict[str, str]]:
    from ordskifte.records.noark5.check import words

    return dict(words._sentences())


def test_every_text_stands_in_all_three_languages() -> None:
    for table in (titles(), keys()):
        for name, texts in table.items():
            assert all(texts[language].strip() for language in LANGUAGES), name


def test_the_languages_say_the_same_with_the_same_blanks() -> None:
    for name, texts in keys().items():
        blanks = {language: set(re.findall(r"\{\d\}", texts[language])) for language in LANGUAGES}
        assert len({frozenset(found) for found in blanks.values()}) == 1, name


def test_every_key_is_used_and_every_used_key_has_a_text() -> None:
    code = "".join(path.read_text() for path in FOLDER.glob("*.py"))
    used = set(re.findall(r'"([a-z0-9_]+)"', code))
    assert set(keys()) <= used


def test_a_sentence_is_filled_in() -> None:
    assert sentence("missing_file", ("a.xml",), "nb") == "a.xml mangler."
