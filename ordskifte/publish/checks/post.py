"""What the checks of a post look at. Values in, values out: the database was read before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ordskifte.plan.working_time import WorkingTime
from ordskifte.publish.checks.finding import Finding, PlaceWords
from ordskifte.publish.dated import Risk


@dataclass(frozen=True, slots=True)
class PostText:
    """One text that leaves, whole, and where. The same words on several channels are one."""

    text: str
    language: str  # the form it is said to be in
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pictured:
    """A picture or film of the post."""

    number: int
    film: bool
    alt: str
    decorative: bool
    holds_text: bool | None  # what a person answered
    captions: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """How the post fits on one channel."""

    channel: str
    over: int  # how much is too much
    longest_alt: int  # of its pictures
    takes_alt: int  # 0: not known
    pictures: int
    takes_pictures: int  # 0: not known
    parts: int
    attaches: bool = True  # whether pictures leave with the post at all


@dataclass(frozen=True, slots=True)
class Post:
    """A post before it leaves."""

    texts: tuple[PostText, ...]
    at: datetime
    title: str = ""
    source_url: str = ""
    important: bool = False
    pending: bool = False
    pictures: tuple[Pictured, ...] = ()
    fits: tuple[Fit, ...] = ()
    places: tuple[PlaceWords, ...] = ()
    hours: tuple[tuple[str, WorkingTime], ...] = ()  # whose ("" is the body), and when they are open
    risks: tuple[tuple[str, Risk], ...] = ()  # channel, warning
    dead_links: Mapping[str, datetime] = field(default_factory=dict)  # address: when it did not answer
    untried_links: tuple[str, ...] = ()
    share: tuple[int, int] = (0, 0)  # this year: posts in nynorsk, posts in bokmål
    machine: tuple[str, ...] = ()  # forms whose words are a machine's, as it wrote them


Check = Callable[[Post], list[Finding]]
