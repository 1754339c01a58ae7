"""Emoji stand at the end of a sentence: a screen reader says each by name, in the middle of whatever is said."""

from django.utils.translation import gettext as _

from ordskifte.language.graphemes import emoji_in
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post


def emoji(post: Post) -> list[Finding]:
    found = []
    for one in post.texts:
        for start, end in emoji_in(one.text):
            if _in_the_middle(one.text, start, end):
                what = _("“%(sign)s” stands in the middle of a sentence") % {"sign": one.text[start:end]}
                how = _("Move it to the end: it is read aloud by its name.")
                found.append(Finding("emoji", "warn", what, how, start, end))
                break
    return found


def _in_the_middle(text: str, start: int, end: int) -> bool:
    """A letter follows in the same line, and the sentence before it has not ended."""
    line = text[end:].split("\n", 1)[0]
    after = line.lstrip(" \u200d\ufe0f")
    before = text[:start].rstrip()
    ended = not before or (before[-1] in ".!?…:" and bool(text[:start].split("\n")[-1].strip()))
    follows = next((char for char in after if char.isalnum()), "")
    return bool(follows) and not after.startswith("#") and not ended
