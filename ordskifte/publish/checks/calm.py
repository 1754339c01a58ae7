"""A calm tone (`tone`), in every text of the post."""

from ordskifte.publish.checks.finding import Finding
from ordskifte.publish.checks.post import Post
from ordskifte.publish.checks.tone import tone_of


def calm(post: Post) -> list[Finding]:
    found = [finding for one in post.texts for finding in tone_of(one.text)]
    wrong = [one for one in found if one.level != "ok"]
    return list(dict.fromkeys(wrong)) or found[:1]
