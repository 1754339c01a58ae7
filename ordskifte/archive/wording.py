"""Titles of cases and entries in the body's language: ours says what was said, the public one is neutral."""

from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from ordskifte.archive.sources import Source
from ordskifte.people.models import Body

_LONGEST: Final = 90


def body_language() -> str:
    return Body.objects.values_list("language", flat=True).first() or "nb"


def entry_titles(one: Source, language: str) -> tuple[str, str]:
    """(ours, the public's)."""
    with translation.override(language):
        kind, about = _kind(one), _topic(one, language)
        neutral = (
            gettext("%(kind)s on %(channel)s about %(topic)s")
            % {"kind": kind, "channel": one.channel_name, "topic": about}
            if about
            else gettext("%(kind)s on %(channel)s") % {"kind": kind, "channel": one.channel_name}
        )
        words = _first_words(one.title or one.text)
        ours = f"{kind}: {words}" if words and one.kind == "utterance" else neutral
        return ours, neutral


def case_titles(one: Source, language: str) -> tuple[str, str]:
    """(ours, the public's) of the case that a thread becomes."""
    with translation.override(language):
        about = _topic(one, language)
        neutral = (
            gettext("Conversation on %(channel)s about %(topic)s") % {"channel": one.channel_name, "topic": about}
            if about
            else gettext("Conversation on %(channel)s") % {"channel": one.channel_name}
        )
        return _first_words(one.thread_title) or neutral, neutral


def the_public(language: str) -> str:
    """Who a post of ours that answers nobody is addressed to."""
    with translation.override(language):
        return gettext("The public")


def nobody(language: str) -> str:
    with translation.override(language):
        return gettext("Unknown sender")


def _kind(one: Source) -> str:
    if one.kind == "complaint":
        return gettext("Complaint about moderation")
    if one.kind == "measure":
        return {
            "hide": gettext("Decision to hide an utterance"),
            "remove": gettext("Decision to remove an utterance"),
            "block": gettext("Decision to block an account"),
        }.get(one.act, gettext("Decision in moderation"))
    if one.ours:
        return gettext("Answer from us") if one.parent_id else gettext("Post from us")
    return gettext("Message to us") if one.private else gettext("Comment")


def _topic(one: Source, language: str) -> str:
    return (one.topic or {}).get(language) or next(iter((one.topic or {}).values()), "")


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0].rstrip(",;:") + " …"
