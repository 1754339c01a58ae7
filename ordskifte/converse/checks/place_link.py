"""Whoever is sent on, or refused, is told where to go: a place of the register that is alive (R95)."""

from django.utils.translation import gettext as _

from ordskifte.converse.checks.reply import Finding, Reply

NAMES_A_PLACE = ("F3", "F4", "F5", "F6")
"""Passed on, casework, will not answer here, personal data hidden: each names where to go."""


def place_link(reply: Reply) -> list[Finding]:
    dead = [place for place in reply.places if place.dead and place.named_in(reply.text)]
    alive = [place for place in reply.places if not place.dead and place.named_in(reply.text)]
    if dead and not alive:
        what = _("“%(name)s” is no longer in use") % {"name": dead[0].names[0] if dead[0].names else dead[0].url}
        return [Finding("place_link", "stop", what, _("Choose another place from the register."))]
    if alive:
        return [Finding("place_link", "ok", _("It says where to go, and the place is in use"))]
    if reply.response_type in NAMES_A_PLACE:
        what = _("It does not say where to go")
        return [Finding("place_link", "stop", what, _("Name a place of the register: link, phone or name."))]
    if reply.asked_kind == "casework":
        what = _("This looks like a case of their own, and no place is named")
        return [Finding("place_link", "warn", what, _("Move it out: say where to go."))]
    return []
