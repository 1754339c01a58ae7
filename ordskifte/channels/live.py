"""The live border: what goes to a channel and what comes back from it, and what a live channel can do. No Django here.

A channel is an ordinary client: credentials, HTTP client and clock are handed to it, and it knows no row and no
setting. What it can and cannot do are class attributes, asked when a person acts, not when the job runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol

from ordskifte.base.clock import Clock
from ordskifte.channels.contract import Arrival

if TYPE_CHECKING:
    import httpx  # not loaded by everyone who only names a channel

Action = Literal["post", "reply", "edit", "hide", "unhide", "delete", "block", "unblock", "profile"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that leaves with a post. Without `alt` it is decorative; somebody above has decided that."""

    content: bytes = field(repr=False)
    media_type: str
    alt: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing that leaves. `mark` goes with it wherever the channel has room for one: so we know it again."""

    kind: Action
    mark: str
    text: str = ""
    title: str = ""  # where posts have one: a blog, a wiki
    summary: str = ""  # content warning
    pictures: tuple[Picture, ...] = ()
    language: str = ""
    target_id: str = ""  # external id of what is answered, edited, hidden, deleted
    account_id: str = ""  # external id of the account that is blocked
    until: datetime | None = None  # end of a block
    since: datetime | None = None  # it cannot stand on the channel with an earlier time: where to look from


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as HTTP messages, without credentials: evidence of what was sent and accepted."""

    uri: str
    request: bytes
    response: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What the channel answered. `seen`: the answer shows the thing as it stands there, not only that it was taken."""

    external_id: str = ""
    permalink: str = ""
    seen: bool = False
    exchange: Exchange | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What has come since `cursor`; `more` when there is another page already."""

    arrivals: tuple[Arrival, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What a channel takes. 0 and (): no limit known. The figures are dated data (`channels.facts`)."""

    text: int = 0  # characters as a reader counts them (graphemes)
    url_weight: int = 0  # what an address counts as
    pictures: int = 0
    alt: int = 0  # characters
    picture_bytes: int = 0
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form that connects a channel. `label` and `hint` are fixed sentences of `channels.setup`."""

    name: Literal["url", "login", "secret"]
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a test of an access found: whose account it is, and what it may do there (fixed words of `channels.setup`).

    `url` is where the channel is asked from now on; `more` what else must be remembered to reach it.
    """

    account_id: str
    handle: str = ""
    name: str = ""
    url: str = ""
    home: str = ""  # the account's own page, for people
    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()
    expires: datetime | None = None
    server: str = ""  # software and version, as it says
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figures:
    """How often something was shared, answered, liked and seen, where the channel says so. None: it does not."""

    external_id: str
    reactions: int | None = None
    shares: int | None = None
    replies: int | None = None
    views: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to reach one account: its address and name on the channel, our secret for it, the way there, the time."""

    url: str
    account: str = ""
    secret: str = field(default="", repr=False)
    client: "httpx.Client" = field(repr=False)
    clock: Clock
    more: Mapping[str, str] = field(default_factory=dict)


class LiveChannel(Protocol):
    """One kind of channel. Raises the errors of `channels.errors`, which say whether anything may have left."""

    kind: ClassVar[str]
    can_post: ClassVar[bool]
    can_reply: ClassVar[bool]
    can_edit: ClassVar[bool]
    can_delete: ClassVar[bool]
    can_hide: ClassVar[bool]
    can_block: ClassVar[bool]
    can_look: ClassVar[bool]
    """`look` can tell, by mark, whether a thing stands there."""
    has_idempotency_key: ClassVar[bool]
    """The same mark twice is one thing: may be sent again without looking."""
    settles: ClassVar[timedelta]
    """After so long what was accepted can be seen: a `look` that finds nothing then has found that it is not there."""
    limits: ClassVar[Limits]
    fields: ClassVar[tuple[Field, ...]]
    """What a person gives to connect it; () when it needs no connecting."""

    def __init__(self, access: Access) -> None: ...

    def send(self, out: Outgoing) -> Sent:
        """Send one thing."""
        ...

    def look(self, out: Outgoing) -> Sent | None:
        """The thing as it stands on the channel; None when it is not there. Only where `can_look`."""
        ...

    def fetch(self, cursor: str) -> Fetched:
        """What is new since a cursor; "" is the beginning."""
        ...

    def check(self) -> Checked:
        """Whose account this is and what it may do. Asks the channel; changes nothing there."""
        ...


class Counting(Protocol):
    """A channel that gives figures."""

    def figures(self, external_ids: tuple[str, ...]) -> tuple[Figures, ...]:
        """The figures of some of our own posts, as they stand now. What is not there any more is left out."""
        ...
