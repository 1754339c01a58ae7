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


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One thing that leaves. `mark` goes with it wherever the channel has room for one: so we know it again."""

    kind: Action
    mark: str
    text: str = ""
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
    """What a channel takes. 0: no limit known."""

    text: int = 0  # characters
    url_weight: int = 0  # what an address counts as


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
