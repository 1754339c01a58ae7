"""A promise at risk becomes a mail that a real SMTP server takes, with nothing in it that anyone said."""

from email import message_from_bytes
from email.policy import default

import pytest

from ordskifte.converse.ticking import tick
from ordskifte.people.models import Role
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.sending import Post, send
from tests.converse.world import ask, make_promise, set_hours
from tests.factories import make_person
from tests.publish.test_mail import Box, listening, plain

pytestmark = pytest.mark.django_db


def test_the_mail_of_a_promise_at_risk_arrives(store: object, keys: object) -> None:
    set_hours()
    make_promise(4)
    person = make_person(Role.MODERATOR, name="Ingrid Solli")
    one = ask("Hemmelig: bor i Strandgata 4, når brøyter dere?", by="Kari Bråten")
    assert one.risk_at is not None
    tick(at=one.risk_at)
    row = Outbox.objects.get(kind="email")
    box = Box()
    with listening(box) as port:
        post = Post(
            reach=lambda channel: pytest.fail("no channel is asked"),
            mail=lambda: plain(port),
            store=store,  # type: ignore[arg-type]  # the fixture's own
            keys=keys,  # type: ignore[arg-type]
            clock=lambda: row.send_at,
        )
        assert send(row.pk, job="job:1", post=post) == State.CONFIRMED
    message = message_from_bytes(box.mail[0], policy=default)
    text = message.get_content()
    assert (message["To"], message["Subject"]) == (person.email, "Et løfte er i fare")
    assert f"/desk/c/{one.pk}/" in text
    assert not any(word in text for word in ("Hemmelig", "Strandgata", "Kari", "brøyter"))
