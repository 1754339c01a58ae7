"""Plain words and short sentences (språklova § 9). LIX is measured from 40 words; below that it says nothing."""

from typing import Final

from django.utils.translation import gettext as _

from ordskifte.language.readability import readability as measured
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.plain_words import plain_words_of
from ordskifte.publish.checks.post import Post

HEAVY: Final = 45  # LIX over this is as heavy as subject matter (Björnsson)
LONGEST: Final = 25  # words in a sentence


def readability(post: Post) -> list[Finding]:
    found: list[Finding] = []
    heaviest = 0
    for one in post.texts:
        about = measured(one.text)
        found += [word for word in plain_words_of(one.text) if word.level != "ok"]
        heaviest = max(heaviest, about.lix or 0)
        if about.lix is not None and about.lix > HEAVY:
            what = _("Heavy to read (LIX %(lix)s)") % {"lix": about.lix}
            how = _("Shorter sentences and shorter words. Begin with %(words)s.") % {
                "words": ", ".join(f"“{word}”" for word in sorted(about.long_words, key=len, reverse=True)[:3])
            }
            found.append(Finding("readability", "warn", what, how))
        if about.longest_sentence > LONGEST:
            what = _("A sentence has %(words)s words") % {"words": about.longest_sentence}
            found.append(Finding("readability", "warn", what, _("Put a full stop where you draw breath.")))
    if found:
        return list(dict.fromkeys(found))
    easy = _("Easy to read (LIX %(lix)s)") % {"lix": heaviest} if heaviest else _("Plain words")
    return [Finding("readability", "ok", easy)]
