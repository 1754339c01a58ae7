"""The answer is in the language and written form it was asked in (språklova §§ 15 and 16)."""

from typing import Final

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply
from ordskifte.language.triage import assess
from ordskifte.publish.checks.forms import language_name

__all__ = ["language_name", "written_form"]

FEWEST_WORDS: Final = 4
"""Shorter replies tell no written form."""


def written_form(reply: Reply) -> list[Finding]:
    if reply.asked_language not in ("nb", "nn", "en") or len(reply.text.split()) < FEWEST_WORDS:
        return []
    found = assess(reply.text)
    if found.lang == reply.asked_language or not found.lang_sure:
        return [
            Finding("written_form", "ok", _("%(form)s, as they wrote") % {"form": language_name(reply.asked_language)})
        ]
    names = {"theirs": language_name(reply.asked_language), "ours": language_name(found.lang)}
    what = _("They wrote %(theirs)s; this is %(ours)s") % names
    return [Finding("written_form", "warn", what, _("Answer in the form they wrote in."))]
