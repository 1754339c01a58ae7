"""The same story through every channel that has a real server here: connect, publish with a picture, be answered,
answer back, edit, hide, delete; all of it is captured, stands in the evidence, and is found again after a restart."""

import json
import struct
import time
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import httpx
import pytest
from django.conf import settings

from ordskifte.base.http import Door
from ordskifte.base.keys import load_keys
from ordskifte.channels.errors import Refused
from ordskifte.channels.registry import live_class
from ordskifte.listen.live import collect
from ordskifte.plan.connections import Given, connect_channel, disconnect_channel, secret_of
from ordskifte.plan.models import Channel, Connection
from ordskifte.plan.reaching import reach, try_access
from ordskifte.publish.confirm import confirm
from ordskifte.publish.models import Outbox, State
from ordskifte.publish.outbox import put_in_outbox
from ordskifte.publish.sending import Post, send
from ordskifte.records.evidence import read_raw
from ordskifte.threads.models import Media, Utterance, Version
from ordskifte.threads.search import search
from tests.factories import home_store, make_body
from tests.peers import servers
from tests.publish.conftest import jobs
from tests.wire import mastodon_server

pytestmark = [pytest.mark.peers, pytest.mark.django_db(transaction=True)]


def picture(red: int = 255) -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    dot = zlib.compress(bytes((0, red, 0, 0)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", dot) + chunk(b"IEND", b"")


@dataclass
class Peer:
    """A server with our account and a citizen's."""

    given: Given
    wrong: Given  # the same with a secret that is not right
    write: Callable[[Outbox, str], None]  # the citizen answers a post of ours
    reads: Callable[[Outbox], str]  # what the citizen sees of its thread
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))


@contextmanager
def wordpress() -> Iterator[Peer]:
    with servers.wordpress() as site:

        def write(post: Outbox, text: str) -> None:
            form = {"comment_post_ID": post.external_id.removeprefix("post-"), "author": "Kari Nordmann", "url": ""}
            form |= {"email": "kari@example.test", "comment": text}
            answer = httpx.post(f"{site.address}/wp-comments-post.php", data=form, trust_env=False)
            assert answer.status_code == 302, answer.text

        def reads(post: Outbox) -> str:
            number = post.external_id.removeprefix("post-")
            both = [f"posts/{number}", f"comments?post={number}&order=asc"]
            answers = [httpx.get(f"{site.address}/wp-json/wp/v2/{one}", trust_env=False).json() for one in both]
            return json.dumps(answers, ensure_ascii=False)

        given = Given("wordpress", site.address, "redaksjon", site.secrets["redaksjon"])
        yield Peer(given, Given("wordpress", site.address, "redaksjon", "abcd efgh"), write, reads)


@contextmanager
def mastodon(**more: Any) -> Iterator[Peer]:
    with mastodon_server.mastodon(**more) as server:

        def write(post: Outbox, text: str) -> None:
            number = post.external_id.rpartition("/")[2]
            server.say("2", {"status": f"@kommunen {text}", "in_reply_to_id": number})

        def reads(post: Outbox) -> str:
            return "".join(one["status"] for one in server.statuses.values())

        given = Given("mastodon", server.address, "", "our-token")
        yield Peer(given, Given("mastodon", server.address, "", "no-token"), write, reads)


@contextmanager
def mediawiki() -> Iterator[Peer]:
    with servers.mediawiki() as site:
        api = f"{site.address}/api.php"

        def write(post: Outbox, text: str) -> None:
            with httpx.Client(trust_env=False) as kari:

                def call(**asked: str) -> Any:
                    return kari.post(api, data={"format": "json", "formatversion": "2", **asked}).json()

                token = call(action="query", meta="tokens", type="login")["query"]["tokens"]["logintoken"]
                done = call(action="clientlogin", username="Innbygger", password=site.secrets["Innbygger"],
                            logintoken=token, loginreturnurl="http://127.0.0.1/")  # fmt: skip
                assert done["clientlogin"]["status"] == "PASS"
                asked = {"pageids": post.external_id.removeprefix("page-"), "prop": "info"}
                found = call(action="query", inprop="associatedpage", **asked)["query"]["pages"][0]
                token = call(action="query", meta="tokens")["query"]["tokens"]["csrftoken"]
                edited = call(action="edit", title=found["associatedpage"], section="new", sectiontitle="Spørsmål",
                              text=f"{text} ~~~~", token=token)  # fmt: skip
                assert edited["edit"]["result"] == "Success"

        def reads(post: Outbox) -> str:
            asked = {"action": "query", "format": "json", "formatversion": "2", "prop": "revisions|info"}
            asked |= {"rvprop": "content", "rvslots": "main", "inprop": "associatedpage"}
            number = post.external_id.removeprefix("page-")
            page = httpx.get(api, params={**asked, "pageids": number}, trust_env=False).json()["query"]["pages"][0]
            talk = httpx.get(api, params={**asked, "titles": page["associatedpage"]}, trust_env=False).json()
            return json.dumps([page, talk], ensure_ascii=False)

        login = "Admin@ordskifte"
        given = Given("mediawiki", site.address, login, site.secrets[login])
        yield Peer(given, Given("mediawiki", site.address, login, "x" * 32), write, reads)


@contextmanager
def bluesky() -> Iterator[Peer]:
    with servers.bluesky() as site:
        head = {"authorization": f"Bearer {site.secrets['kari.test']}"}
        base = f"{site.address}/xrpc"

        def until(path: str, fits: Callable[[Any], bool], **params: str) -> Any:
            """The network is a little behind the server."""
            for _time in range(100):
                answer = httpx.get(f"{base}/{path}", params=params, headers=head, trust_env=False)
                if answer.status_code == 200 and fits(answer.json()):
                    return answer.json()
                time.sleep(0.1)
            raise AssertionError(answer.text)

        def write(post: Outbox, text: str) -> None:
            there = until("app.bsky.feed.getPosts", lambda said: bool(said["posts"]), uris=post.external_id)
            above = {name: there["posts"][0][name] for name in ("uri", "cid")}
            record = {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-24T12:00:00.000Z",
                      "reply": {"root": above, "parent": above}}  # fmt: skip
            asked = {"repo": site.secrets["kari"], "collection": "app.bsky.feed.post", "record": record}
            made = httpx.post(f"{base}/com.atproto.repo.createRecord", json=asked, headers=head, trust_env=False)
            assert made.status_code == 200, made.text
            until("app.bsky.feed.getPosts", lambda said: bool(said["posts"]), uris=made.json()["uri"])

        def reads(post: Outbox) -> str:
            time.sleep(2)
            thread = until("app.bsky.feed.getPostThread", lambda said: "post" in said["thread"], uri=post.external_id)
            gate = thread.get("threadgate", {}).get("record", {})
            return _shown(thread["thread"], gate.get("hiddenReplies", []))

        login = "kommune.test"
        given = Given("bluesky", site.address, login, site.secrets[login])
        yield Peer(given, Given("bluesky", site.address, login, "abcd-efgh-ijkl-mnop"), write, reads)


def _shown(thread: dict[str, Any], hidden: list[str]) -> str:
    """What an app shows of a thread: all but what its owner has hidden."""
    if thread.get("post", {}).get("uri") in hidden:
        return ""
    below = [_shown(one, hidden) for one in thread.get("replies", [])]
    return " ".join([thread.get("post", {}).get("record", {}).get("text", ""), *below])


PEERS: dict[str, Callable[[], Any]] = {
    "bluesky": bluesky,
    "mediawiki": mediawiki,
    "wordpress": wordpress,
    "mastodon": mastodon,
    "mastodon, as GoToSocial and Pleroma": lambda: mastodon(several=False, keys=False, software="2.7.2"),
}


@pytest.mark.parametrize("kind", PEERS)
def test_the_whole_story_of_a_channel(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_body()
    home_store()
    monkeypatch.setattr(settings, "INSIDE_HOSTS", frozenset({"127.0.0.1", "localhost"}))
    with PEERS[kind]() as peer, httpx.Client(trust_env=False) as client:
        Story(peer, client).tell()


@dataclass
class Story:
    peer: Peer
    client: httpx.Client

    def tell(self) -> None:
        can = live_class(self.peer.given.kind)
        assert can is not None
        channel = self.connect()
        self.collect(channel)  # what stood there before
        post = self.publish(channel)
        self.peer.write(post, "Når åpner veien igjen?")
        question = self.heard(channel, "Når åpner veien igjen?")
        assert (question.ours, question.author is not None) == (False, True)
        reply = self.leaves(channel, "reply", "Fredag klokka 12.", target=question.external_id)
        assert "Fredag klokka 12." in self.peer.reads(post)
        answer = self.came_back(channel, reply)
        assert answer.thread_id == question.thread_id
        if can.can_edit:
            self.leaves(channel, "edit", "Veien stenges i morgen.", target=post.external_id)
            assert "Veien stenges i morgen." in self.peer.reads(post)
            self.collect(channel)
            assert self.utterance(post.external_id).versions == 2
        if can.can_hide:
            self.hide_and_show(channel, post, question)
        if can.can_delete:
            self.leaves(channel, "delete", target=reply.external_id)
            assert "Fredag klokka 12." not in self.peer.reads(post)
            self.collect(channel)
            assert self.utterance(reply.external_id).deleted
        self.is_kept(channel, question)
        self.disconnect(channel)

    def connect(self) -> Channel:
        with pytest.raises(Refused):
            try_access(self.peer.wrong, self.client, clock=self.peer.clock)
        checked = try_access(self.peer.given, self.client, clock=self.peer.clock)
        assert checked.account_id
        assert checked.may
        keys = load_keys(settings.HOME)
        channel = connect_channel(self.peer.given, checked, actor="system:test", at=self.peer.clock(), keys=keys)
        held = Connection.objects.get(channel=channel)
        assert secret_of(held, keys) == self.peer.given.secret
        assert self.peer.given.secret.encode() not in bytes(held.sealed)
        return channel

    def publish(self, channel: Channel) -> Outbox:
        store = home_store()
        digest, _size, _new = store.take(BytesIO(picture()), "media")
        shown = {"blob": digest, "media_type": "image/png", "alt": "Kart over omkjøringen", "name": ""}
        details = {"pictures": [shown], "title": f"Veien stenges {uuid.uuid4().hex[:6]}"}
        post = self.leaves(channel, "post", "Veien stenges fredag.", details=details)
        assert "Veien stenges fredag." in self.peer.reads(post)
        back = self.came_back(channel, post)
        version = Version.objects.get(pk=back.current_id)
        assert [one["alt"] for one in version.attachments] == ["Kart over omkjøringen"]
        assert Media.objects.filter(digest=version.attachments[0]["blob"]).exists()
        return post

    def hide_and_show(self, channel: Channel, post: Outbox, question: Utterance) -> None:
        self.leaves(channel, "hide", target=question.external_id)
        assert "Når åpner veien igjen?" not in self.peer.reads(post)
        self.collect(channel)
        self.leaves(channel, "unhide", target=question.external_id)
        assert "Når åpner veien igjen?" in self.peer.reads(post)
        self.collect(channel)
        assert not self.utterance(question.external_id).deleted

    def is_kept(self, channel: Channel, question: Utterance) -> None:
        """Every version's bytes are in the evidence, and a fresh look finds nothing new and the words by searching."""
        for version in Version.objects.filter(utterance__channel=channel):
            assert version.evidence_id is not None
            _headers, raw = read_raw(
                home_store(),
                load_keys(settings.HOME),
                version.evidence_id,
                offset=version.evidence_offset or 0,
                length=version.evidence_length or 0,
            )
            assert raw
        kept = Version.objects.filter(utterance__channel=channel).count()
        self.collect(channel)
        assert Version.objects.filter(utterance__channel=channel).count() == kept
        from ordskifte.people.models import Role
        from ordskifte.people.viewer import viewer_of
        from tests.factories import make_person

        viewer = viewer_of(make_person(Role.ARCHIVIST))
        found = search(
            '"åpner veien"', viewer=viewer, limit=10, after=None, exact=False, today=self.peer.clock().date()
        )
        assert question.id in {hit.utterance_id for hit in found.hits}

    def disconnect(self, channel: Channel) -> None:
        disconnect_channel(channel.id, actor="system:test", at=self.peer.clock())
        channel.refresh_from_db()
        assert (channel.way, Connection.objects.filter(channel=channel).exists()) == ("", False)

    def heard(self, channel: Channel, text: str) -> Utterance:
        self.collect(channel)
        version = Version.objects.filter(utterance__channel=channel, text__contains=text).order_by("-at").first()
        assert version is not None
        return version.utterance

    def came_back(self, channel: Channel, row: Outbox) -> Utterance:
        """Our own post comes in, is ours, carries our mark and joins its row."""
        self.collect(channel)
        told = [args["version_ids"] for args, _ in jobs("confirm")]
        joined = confirm([uuid.UUID(one) for ids in told for one in ids], at=self.peer.clock())
        assert row.pk in joined
        utterance = self.utterance(row.external_id)
        assert utterance.ours
        return utterance

    def leaves(self, channel: Channel, kind: str, text: str = "", *, target: str = "", **more: Any) -> Outbox:
        at = self.peer.clock()
        row = put_in_outbox(
            kind=kind, channel_id=channel.id, actor="system:test", by=None, at=at, send_at=at,
            text=text, target_external_id=target, **more,
        )  # fmt: skip
        state = send(row.pk, job="job:1", post=self.post())
        row.refresh_from_db()
        assert state == State.CONFIRMED, row.reason
        assert row.receipt.evidence_id is not None
        return row

    def collect(self, channel: Channel) -> int:
        keys, store = load_keys(settings.HOME), home_store()
        live = reach(channel, self.client, keys=keys, clock=self.peer.clock)
        with Door(inside=settings.INSIDE_HOSTS) as door:
            new = collect(channel, live, clock=self.peer.clock, store=store, keys=keys, door=door)
        watch = channel.watch
        watch.refresh_from_db()
        assert watch.problem == ""
        return new

    def utterance(self, external_id: str) -> Utterance:
        return Utterance.objects.get(external_id=external_id)

    def post(self) -> Post:
        keys = load_keys(settings.HOME)
        return Post(
            reach=lambda channel: reach(channel, self.client, keys=keys, clock=self.peer.clock),
            mail=lambda: None,
            store=home_store(),
            keys=keys,
            clock=self.peer.clock,
        )
