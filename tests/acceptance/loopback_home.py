"""Parts of the program on a home whose channels are those of `tests.loopback`, each in a process of its own.

`python -m tests.acceptance.loopback_home HOME worker`, or `channels ADDRESS`, or `put KIND FIRST LAST`.
"""

import sys
from pathlib import Path

from tests import loopback


def main() -> None:
    loopback.register()
    home, verb, *rest = sys.argv[1:]
    if verb == "worker":
        from ordskifte.cli.main import main as ordskifte

        sys.argv = ["ordskifte", "--home", home, "worker"]
        ordskifte()
        return
    from ordskifte.cli.session import opened

    with opened(home):
        if verb == "channels":
            make_channels(*rest)
        elif verb == "six":
            make_six(*rest)
        elif verb == "drafts":
            write_drafts(*rest)
        else:
            put(*rest)


def make_channels(address: str) -> None:
    from ordskifte.base.clock import now
    from ordskifte.plan.models import Channel
    from ordskifte.plan.register import register_channel

    for kind in ("loopback", "blind"):
        made = register_channel(kind=kind, name=kind, actor="system:test", at=now(), external_id=kind)
        Channel.objects.filter(pk=made.pk).update(url=address)


SIX = ("loopback 1", "loopback 2", "loopback 3", "loopback 4", "blind 1", "blind 2")


def make_six(address: str) -> None:
    """Six channels, two of which cannot be looked at, and somebody who publishes there."""
    from ordskifte.base.clock import now
    from ordskifte.people.models import Body, Grant, Person
    from ordskifte.plan.models import Channel
    from ordskifte.plan.register import register_channel

    at = now()
    Body.objects.get_or_create(defaults={"name": "Eksempel kommune", "created_at": at})
    person = Person.objects.create(email="ingrid@eksempel.example", name="Ingrid Solli", created_at=at)
    Grant.objects.create(person=person, role="publisher", given_at=at)
    for name in SIX:
        made = register_channel(kind=name.split()[0], name=name, actor="system:test", at=at, external_id=name)
        Channel.objects.filter(pk=made.pk).update(url=address)


def write_drafts(first: str, last: str, due: str) -> None:
    """Drafts `first` .. `last`, each on two channels, all due at one moment; a line for each that is acknowledged."""
    from datetime import datetime

    from ordskifte.base.clock import now
    from ordskifte.people.models import Person
    from ordskifte.people.viewer import viewer_of
    from ordskifte.plan.models import Channel
    from ordskifte.publish.approving import pass_check, place
    from ordskifte.publish.checking import sheet_of
    from ordskifte.publish.drafting import VariantWritten, Written, new_draft, save_draft
    from ordskifte.publish.models import Draft, DraftState
    from ordskifte.publish.rules import holds_of

    person = Person.objects.get(email="ingrid@eksempel.example")
    who = {"by": person.id, "actor": f"person:{person.id}"}
    holds = holds_of(viewer_of(person))
    channels = {channel.name: channel for channel in Channel.objects.all()}
    for number in range(int(first), int(last)):
        title = f"Utkast {number}"
        draft = Draft.objects.filter(title=title).first()  # as a person would look before writing it again
        if draft is not None and draft.state == DraftState.PLACED:
            sys.stdout.write(f"{title}\n")
            continue
        names = [SIX[number % 6], SIX[(number + 1) % 6]]
        variants = {channels[name].id: VariantWritten(own=True, text=f"{name} nummer {number}") for name in names}
        draft = draft or new_draft(title=title, at=now(), **who)
        if draft.variants.count() == 0:
            written = Written(title=title, variants=variants, wanted_at=datetime.fromisoformat(due))
            draft = save_draft(draft.id, written, serial=draft.serial, at=now(), **who)
        for name in {one.check for one in sheet_of(draft, at=now()).warnings}:
            pass_check(draft.id, name, "Lest", crisis_lead=False, at=now(), **who)
        place(draft.id, holds=holds, actor=who["actor"], at=now())
        sys.stdout.write(f"{title}\n")
        sys.stdout.flush()


def put(kind: str, first: str, last: str) -> None:
    """Replies `first` .. `last`; a line for each that is acknowledged."""
    from ordskifte.base.clock import now
    from ordskifte.plan.models import Channel
    from ordskifte.publish.models import Outbox
    from ordskifte.publish.outbox import put_in_outbox

    channel = Channel.objects.get(kind=kind)
    for number in range(int(first), int(last)):
        text = f"{kind} nummer {number}"
        if Outbox.objects.filter(text=text).exists():  # as a person would look before writing it again
            continue
        at = now()
        put_in_outbox(
            kind="reply",
            channel_id=channel.id,
            actor="system:test",
            by=None,
            at=at,
            text=text,
            send_at=at,
            target_external_id="0",
        )
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
