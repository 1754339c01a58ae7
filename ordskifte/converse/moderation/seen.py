"""What triage saw in a version, and the written form its writer is answered in."""

import re
from typing import Final

from ordskifte.converse.models import Assessment, Conversation, Part
from ordskifte.converse.moderation.grounds import Seen
from ordskifte.converse.moderation.statement import LANGUAGES
from ordskifte.language.triage import assess
from ordskifte.people.models import Body
from ordskifte.threads.models import Utterance, Version

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_MOST_SENTENCES: Final = 60


def seen_in(version: Version) -> Seen:
    """Triage's own reading. No correction and no local rule counts: they could make an opinion fair game for one."""
    found = assess(version.text)
    types = frozenset(span.type for span in found.personal_data)
    return Seen(found.kind, found.moderation, frozenset(found.formal), types, version.masked, _parts(version.text))


def _parts(text: str) -> frozenset[str]:
    """The kinds of a text's sentences, each read by itself."""
    sentences = [one for one in _SENTENCE.split(text) if one.strip()][:_MOST_SENTENCES]
    return frozenset(assess(one).kind for one in sentences)


def called_spam(version: Version) -> bool:
    """Whether triage, with the body's own confirmed rules, calls it spam."""
    return Assessment.objects.filter(version_id=version.id, kind="spam").exists() or seen_in(version).kind == "spam"


def language_of(version: Version) -> str:
    """The writer's written form: as triage tells it, else as declared, else the body's."""
    told = Assessment.objects.filter(version_id=version.id, language_sure=True).values_list("language", flat=True)
    for code in (told.first() or "", version.language[:2]):
        if code in LANGUAGES:
            return code
    body = Body.objects.values_list("language", flat=True).first()
    return body if body in LANGUAGES else "nb"


def conversation_of(utterance: Utterance) -> Conversation | None:
    """The conversation an utterance is handled in; none for imported history."""
    part = Part.objects.filter(utterance_id=utterance.id).select_related("conversation__merged_into").first()
    if part is not None:
        return part.conversation.merged_into or part.conversation
    found = Conversation.objects.filter(thread_id=utterance.thread_id).select_related("merged_into").first()
    return (found.merged_into or found) if found else None
