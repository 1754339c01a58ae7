"""Texts that people write into the plan: cleaned, masked, and in the languages the body writes."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.plan.errors import PlanError

LANGUAGES: Final = ("nb", "nn", "en")
NAME: Final = 120
SENTENCES: Final = 600
REPLY: Final = 5000


def one_line(text: str, *, field: str, longest: int = NAME) -> str:
    """A text in one line; numbers in it masked. PlanError when it is too long."""
    return _short_enough(mask(" ".join(storable(text).split()))[0], field, longest)


def lines(text: str, *, field: str, longest: int = SENTENCES) -> str:
    """A text that may have several lines."""
    rows = [row.strip() for row in storable(text).replace("\r", "").strip().split("\n")]
    return _short_enough(mask("\n".join(rows))[0], field, longest)


def in_languages(
    texts: Mapping[str, str], *, field: str, longest: int = NAME, several_lines: bool = False, required: bool = True
) -> dict[str, str]:
    """The same text in nb, nn and en. One that was not written is the bokmål one. PlanError when none was."""
    clean = lines if several_lines else one_line
    given = {code: clean(texts.get(code, ""), field=f"{field}-{code}", longest=longest) for code in LANGUAGES}
    first = next((text for text in given.values() if text), "")
    if required and not first:
        raise PlanError(_("Write this in at least one language."), field=f"{field}-nb")
    fallback = given["nb"] or first
    return {code: text or fallback for code, text in given.items()}


def said_in(texts: Mapping[str, str], language: str | None = None) -> str:
    """The text in a language (the reader's when none is named), else in bokmål."""
    wanted = (language or get_language() or "nb")[:2]
    return texts.get(wanted) or texts.get("nb") or next(iter(texts.values()), "")


def _short_enough(text: str, field: str, longest: int) -> str:
    if len(text) > longest:
        raise PlanError(_("Write at most %(count)s characters.") % {"count": longest}, field=field)
    return text
