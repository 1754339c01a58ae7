"""Template tags of the import pages."""

import re

from django import template
from django.utils.translation import gettext

register = template.Library()

_WORDS = re.compile(r"\b(whole file|item|row|entry|page|revision|comment|message|record|block|line)\b")


@register.filter
def place(where: str) -> str:
    """Where in a file something stands: the readers' few words ("item 4117") in the reader's language."""
    words = {
        "whole file": gettext("whole file"),
        "item": gettext("item"),
        "row": gettext("row"),
        "entry": gettext("post"),
        "page": gettext("page"),
        "revision": gettext("revision"),
        "comment": gettext("comment"),
        "message": gettext("message"),
        "record": gettext("record"),
        "block": gettext("block"),
        "line": gettext("line"),
    }
    return _WORDS.sub(lambda found: words[found[0]], where)
