"""A draft as the checks look at it: what they need is read here, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from ordskifte.channels import registry
from ordskifte.plan.models import Channel, Place
from ordskifte.plan.queries.hours import working_times
from ordskifte.publish.checks import BLOCKS, Finding, Fit, Pictured, PlaceWords, Post, PostText, check
from ordskifte.publish.dated import Risk, risk_of, takes_pictures
from ordskifte.publish.digests import digest_of
from ordskifte.publish.lengths import URL
from ordskifte.publish.models import Draft, Kind, LinkTried, Outbox, Picture, State, Variant
from ordskifte.publish.rendering import Leaf, leaves_of

OSLO: Final = ZoneInfo("Europe/Oslo")
LINK_TRUSTED: Final = timedelta(days=1)
"""A link that was tried longer ago is tried again."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft with all that its page and its acts need."""

    draft: Draft
    variants: tuple[Variant, ...]
    pictures: tuple[Picture, ...]
    leaves: tuple[Leaf, ...]
    findings: tuple[Finding, ...]
    passed: frozenset[str]  # checks whose warnings, as they are now, somebody has passed

    @property
    def blocking(self) -> list[Finding]:
        return [one for one in self.findings if one.level == "stop" and one.check not in self.passed]

    @property
    def warnings(self) -> list[Finding]:
        return [one for one in self.findings if one.level == "warn" and one.check not in self.passed]


def place_words() -> tuple[PlaceWords, ...]:
    """Every place, dead ones too. One query."""
    return tuple(
        PlaceWords(
            tuple(str(name) for name in (row.names or {}).values() if name),
            row.url,
            row.phone,
            row.email,
            row.dead_since is not None,
            row.hours,
        )
        for row in Place.objects.order_by("id")
    )


def share_this_year(at: datetime) -> tuple[int, int]:
    """Posts of this year in nynorsk and in bokmål. One query."""
    start = at.astimezone(OSLO).replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    sent = Outbox.objects.filter(kind=Kind.POST, state__in=[State.SENT, State.CONFIRMED], sent_at__gte=start)
    found = sent.aggregate(nn=Count("pk", filter=Q(language="nn")), nb=Count("pk", filter=Q(language="nb")))
    return int(found["nn"]), int(found["nb"])


def sheet_of(draft: Draft, *, at: datetime) -> Sheet:
    """The draft, how it looks and what the checks say. Eight queries."""
    variants = tuple(Variant.objects.filter(draft=draft).select_related("channel", "channel__unit"))
    pictures = tuple(Picture.objects.filter(draft=draft))
    leaves = leaves_of(draft, variants, at.astimezone(OSLO).date())
    findings = check(_post(draft, leaves, pictures, at))
    passed = frozenset(
        name for name, given in draft.passed.items() if given.get("digest") == said_digest(name, findings)
    )
    return Sheet(draft, variants, pictures, tuple(leaves), tuple(findings), passed)


def said_digest(name: str, findings: Iterable[Finding]) -> str:
    """What a check says now, as a digest: a reason holds for what was said when it was given, not for what comes."""
    return digest_of([[one.key or one.what, one.start] for one in findings if one.check == name and one.level != "ok"])


def may_pass(finding: Finding, *, crisis_lead: bool) -> bool:
    """Warnings, by the writer with a reason; the three that block, by the crisis lead in a crisis."""
    if finding.level == "warn":
        return True
    return finding.level == "stop" and finding.check in BLOCKS and crisis_lead


def _post(draft: Draft, leaves: Sequence[Leaf], pictures: Sequence[Picture], at: datetime) -> Post:
    texts: dict[tuple[str, str], list[str]] = {}
    for leaf in leaves:
        texts.setdefault((leaf.text, leaf.language), []).append(leaf.variant.channel.name)
    if not leaves:  # no channel yet: the forms are read all the same
        texts = {(text, language): [] for language, text in (draft.texts or {}).items() if text.strip()}
    urls = {url for text, _ in texts for url in URL.findall(text)}
    tried = {one.url: one for one in LinkTried.objects.filter(url__in=urls, at__gt=at - LINK_TRUSTED)}
    units = {None, draft.unit_id, *(leaf.variant.channel.unit_id for leaf in leaves)}
    times = working_times(units)
    channels = {leaf.variant.channel_id: leaf.variant.channel for leaf in leaves}
    used = {language for _, language in texts}
    return Post(
        texts=tuple(PostText(text, language, tuple(names)) for (text, language), names in texts.items() if text),
        at=at,
        title=draft.title,
        source_url=draft.source_url,
        important=draft.important,
        pending=draft.pending,
        pictures=tuple(
            Pictured(number, one.film, one.alt, one.decorative, one.holds_text, bool(one.captions))
            for number, one in enumerate(pictures, start=1)
        ),
        fits=tuple(_fit(leaf, pictures) for leaf in leaves),
        places=place_words(),
        hours=tuple(("", one) for one in times.values()),
        risks=_risks(channels.values(), at),
        dead_links={url: one.at for url, one in sorted(tried.items()) if not one.answers},
        untried_links=tuple(sorted(urls - tried.keys())),
        share=share_this_year(at),
        machine=tuple(
            language
            for language, digest in draft.machine.items()
            if language in used and digest_of([draft.texts.get(language, "")]) == digest
        ),
    )


def _risks(channels: Iterable[Channel], at: datetime) -> tuple[tuple[str, Risk], ...]:
    today = at.astimezone(OSLO).date()
    found = ((channel.name, risk_of(channel.kind, today)) for channel in channels)
    return tuple((name, risk) for name, risk in found if risk)


def _fit(leaf: Leaf, pictures: Sequence[Picture]) -> Fit:
    shown = [one for one in pictures if not one.film]
    way = leaf.variant.channel.way
    attaches = not pictures or (takes_pictures(way) and (registry.by_hand(way) or len(shown) == len(pictures)))
    longest = max((len(one.alt) for one in shown if not one.decorative), default=0)
    return Fit(
        leaf.variant.channel.name,
        leaf.over,
        longest,
        leaf.limits.alt,
        len(pictures) if not attaches else len(shown),
        leaf.limits.pictures,
        len(leaf.parts),
        attaches=attaches,
    )
