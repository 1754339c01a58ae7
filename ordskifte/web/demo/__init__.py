"""Eksempel kommune: an invented body, made as real export files and brought in through the real import."""

from typing import Final, Protocol

from ordskifte.base.home import Home
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store

BODY_NAME: Final = "Eksempel kommune"

SIGN_INS: Final = (
    # name, e-mail, roles as `role` for the body or `role@unit`, who they are
    (
        "Ingrid Solli",
        "ingrid.solli@eksempel.example",
        ("editor@Kommunikasjon", "publisher@Kommunikasjon", "moderator@Kommunikasjon"),
        "communications adviser, at the desk all day",
    ),
    (
        "Aisha Rahman",
        "aisha.rahman@eksempel.example",
        ("leader", "owner", "crisis_lead"),
        "leader, decides and is accountable",
    ),
    (
        "Tarjei Moen",
        "tarjei.moen@eksempel.example",
        ("caseworker@Teknisk",),
        "caseworker at Teknisk, answers now and then",
    ),
    (
        "Marit Lunde",
        "marit.lunde@eksempel.example",
        ("archivist", "complaint_handler"),
        "archivist, sees everything that was kept, answers complaints about moderation",
    ),
    ("Jon Vik", "jon.vik@eksempel.example", ("administrator",), "the one IT person"),
    ("Sara Nes", "sara.nes@eksempel.example", ("dpo",), "data protection officer, reads"),
    ("Randi Sæther", "randi.saether@eksempel.example", ("caseworker@Barnevern",), "child welfare, a sensitive unit"),
    ("Kåre Lid", "kaare.lid@revisjon.example", ("auditor",), "auditor from outside, reads"),
)
"""Who can sign in to the demo: (name, e-mail, roles, one line who they are)."""


class Opened(Protocol):
    """A home that is open: what every verb works with."""

    @property
    def home(self) -> Home: ...
    @property
    def store(self) -> Store: ...
    @property
    def keys(self) -> Keys: ...


def fill(session: Opened) -> None:
    """Fill a demo home with Eksempel kommune. Stopped anywhere and called again, it goes on from there.

    HomeError when the home belongs to another body.
    """
    from ordskifte.web.demo.body import fill_body  # pictures and readers are loaded only by who fills

    fill_body(home=session.home, store=session.store, keys=session.keys)
