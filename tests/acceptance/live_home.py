"""What arrives on a home that is being served, as live intake takes it in, from a process of its own.

`python -m tests.acceptance.live_home HOME session` prints a signed-in session; then, for each line of standard input,
an arrival with those words is taken in and the line is printed back.
"""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ["ORDSKIFTE_HOME"] = sys.argv[1]
    from ordskifte.cli.session import opened

    with opened(sys.argv[1]) as session:
        arrive(session)


def arrive(session: object) -> None:
    from django.conf import settings
    from django.test import Client

    from ordskifte.base.clock import now
    from ordskifte.base.keys import load_keys
    from ordskifte.base.store import store_of
    from ordskifte.channels.contract import Arrival, Author
    from ordskifte.listen.live import receive
    from ordskifte.people.models import Grant, Person, Role
    from ordskifte.plan.models import Channel
    from ordskifte.plan.register import register_channel

    person = Person.objects.create(email="ingrid@eksempel.example", name="Ingrid Solli", created_at=now())
    Grant.objects.create(person=person, role=Role.MODERATOR, given_at=now())
    client = Client()
    client.force_login(person)
    made = register_channel(kind="mastodon", name="Mastodon", actor="system:test", at=now(), external_id="kommunen")
    channel = Channel.objects.get(pk=made.pk)
    sys.stdout.write(f"{client.cookies['sessionid'].value}\n")
    sys.stdout.flush()
    store, keys = store_of(settings.HOME), load_keys(settings.HOME)
    for number, line in enumerate(sys.stdin):
        words = line.strip()
        one = Arrival(
            external_id=f"a{number}", kind="post", author=Author(external_id="nabo", name="Nabo"), ours=False,
            text=words,
            raw=words.encode(), raw_type="text/plain", file="live", where=f"line {number}", published=now(), seen=now(),
        )  # fmt: skip
        receive(channel, [one], at=now(), store=store, keys=keys)
        sys.stdout.write(line)
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
