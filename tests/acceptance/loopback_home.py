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
        else:
            put(*rest)


def make_channels(address: str) -> None:
    from ordskifte.base.clock import now
    from ordskifte.plan.models import Channel
    from ordskifte.plan.register import register_channel

    for kind in ("loopback", "blind"):
        made = register_channel(kind=kind, name=kind, actor="system:test", at=now(), external_id=kind)
        Channel.objects.filter(pk=made.pk).update(url=address)


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
