"""Personal data (`personal_data`), in every text and description.

A national number is masked when a draft is saved, so it never leaves, whoever passes this: the mask stops the post.
"""

from django.utils.translation import gettext as _

from ordskifte.language.personal_data import MASK
from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.personal_data import personal_data_of
from ordskifte.publish.checks.post import Post


def private_data(post: Post) -> list[Finding]:
    every = [one.text for one in post.texts] + [one.alt for one in post.pictures if one.alt]
    if any(MASK in text for text in every):
        what = _("A number that looks like a national identity number stood here. We took it out")
        return [Finding("personal_data", "stop", what, _("Write around it. It never leaves us."))]
    found = [finding for text in every for finding in personal_data_of(text, post.places)]
    wrong = [one for one in found if one.level != "ok"]
    return list(dict.fromkeys(wrong)) or found[:1]
