"""Each channel takes the whole of it: length as the channel counts, pictures, and their descriptions."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.forms import language_name
from ordskifte.publish.checks.post import Post


def fit(post: Post) -> list[Finding]:
    found = []
    if not post.texts or not any(one.text for one in post.texts):
        return [Finding("fit", "stop", _("There is no text yet"), _("Write something, and choose a channel."))]
    for one in post.fits:
        if one.over:
            what = ngettext(
                "%(channel)s is %(over)s character too long",
                "%(channel)s is %(over)s characters too long",
                one.over,
            ) % {"channel": one.channel, "over": one.over}
            found.append(Finding("fit", "stop", what, _("Make it shorter, or let it leave as a thread.")))
        if one.takes_alt and one.longest_alt > one.takes_alt:
            what = _("%(channel)s takes descriptions of %(limit)s characters; one has %(length)s") % {
                "channel": one.channel,
                "limit": one.takes_alt,
                "length": one.longest_alt,
            }
            found.append(Finding("fit", "stop", what, _("Make the description shorter.")))
        if one.pictures and not one.attaches:
            what = _("%(channel)s cannot take pictures or films from here") % {"channel": one.channel}
            found.append(Finding("fit", "stop", what, _("Take them out, or leave the channel out of this post.")))
        if one.takes_pictures and one.pictures > one.takes_pictures:
            what = _("%(channel)s takes %(limit)s pictures; there are %(count)s") % {
                "channel": one.channel,
                "limit": one.takes_pictures,
                "count": one.pictures,
            }
            found.append(Finding("fit", "stop", what, _("Take some out.")))
    for language in post.machine:
        what = _("The text in %(form)s is a machine's, and nobody has edited it") % {"form": language_name(language)}
        found.append(Finding("fit", "stop", what, _("Read it, mend it and save: it is a draft only.")))
    return found
