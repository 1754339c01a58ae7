"""Hashtags of several words have a capital for each, so that screen readers say the words (#DrikkeVann).

What can be told: a tag without an inner capital that is so long that it must be several words. A short one is left
alone.
"""

import re
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post

_TAG: Final = re.compile(r"(?<![\w&/])#(\w*[^\W\d_]\w*)")
LONG: Final = 10
"""Letters; a Norwegian word as long as this is nearly always put together of two."""


def hashtags(post: Post) -> list[Finding]:
    found = []
    tags: dict[str, None] = {}
    for one in post.texts:
        tags |= dict.fromkeys(_TAG.findall(one.text))
    for tag in tags:
        letters = re.sub(r"[\d_]", "", tag)
        inner = letters[1:]
        shouted = letters.isupper() and len(letters) > 5
        joined = "_" not in tag and inner.islower() and len(letters) >= LONG
        if shouted or joined:
            what = _("“#%(tag)s” is hard to read and to listen to") % {"tag": tag}
            how = _("Begin each word with a capital: #DrikkeVann.")
            found.append(Finding("hashtags", "warn", what, how))
    return found or ([Finding("hashtags", "ok", _("The hashtags can be read aloud"))] if tags else [])
