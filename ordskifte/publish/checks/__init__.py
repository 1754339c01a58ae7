"""The checks of a post before it leaves: one file each. Each says why and how to mend.

Warnings are passed with a reason. Three stops (`BLOCKS`) can be passed by nobody but the crisis lead in a crisis; a
national number by nobody at all. What a channel cannot take (`fit`) is no judgement: it must be mended.
"""

from typing import Final

from ordskifte.publish.checks.calm import calm
from ordskifte.publish.checks.captions import captions
from ordskifte.publish.checks.emoji import emoji
from ordskifte.publish.checks.facts import facts
from ordskifte.publish.checks.finding import Finding, PlaceWords
from ordskifte.publish.checks.fit import fit
from ordskifte.publish.checks.hashtags import hashtags
from ordskifte.publish.checks.important_link import important_link
from ordskifte.publish.checks.links import links
from ordskifte.publish.checks.neutrality import neutrality
from ordskifte.publish.checks.pictures import pictures
from ordskifte.publish.checks.post import Check, Fit, Pictured, Post, PostText
from ordskifte.publish.checks.private_data import private_data
from ordskifte.publish.checks.readability import readability
from ordskifte.publish.checks.risk_notice import risk_notice
from ordskifte.publish.checks.text_in_pictures import text_in_pictures
from ordskifte.publish.checks.written_form_share import written_form_share

__all__ = [
    "BLOCKS",
    "CHECKS",
    "Finding",
    "Fit",
    "Pictured",
    "PlaceWords",
    "Post",
    "PostText",
    "check",
]

CHECKS: Final[tuple[Check, ...]] = (
    fit,
    private_data,
    pictures,
    important_link,
    captions,
    text_in_pictures,
    links,
    facts,
    neutrality,
    calm,
    readability,
    hashtags,
    emoji,
    written_form_share,
    risk_notice,
)
BLOCKS: Final = frozenset({"personal_data", "pictures", "important_link"})
_WORST_FIRST: Final = {"stop": 0, "warn": 1, "ok": 2}


def check(post: Post) -> list[Finding]:
    """All that the checks say of a post, worst first."""
    found = [finding for one in CHECKS for finding in one(post)]
    return sorted(found, key=lambda finding: _WORST_FIRST[finding.level])
