"""A saved reply's holes are filled before it leaves: {when}, {place}, {reason} mean nothing to the reader."""

import re
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply

_HOLE: Final = re.compile(r"\{[a-zæøå_.]{1,40}\}", re.IGNORECASE)


def holes(reply: Reply) -> list[Finding]:
    return [
        Finding(
            "holes",
            "stop",
            _("“%(hole)s” is not filled in") % {"hole": one[0]},
            _("Write what belongs there."),
            *one.span(),
        )
        for one in _HOLE.finditer(reply.text)
    ]
