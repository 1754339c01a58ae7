"""Live intake: masked rows, bytes in evidence, one transaction, and a cursor that survives a crash."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from ordskifte.base.keys import load_keys
from ordskifte.channels import reasons
from ordskifte.channels.contract import Arrival, Attachment, Author
from ordskifte.channels.errors import NotSent
from ordskifte.channels.live import Fetched
from ordskifte.listen.live import collect, receive, watched
from ordskifte.listen.models import Watch
from ordskifte.plan.models import Channel
from ordskifte.records.evidence import read_raw
from ordskifte.records.models import EvidenceObject
from ordskifte.threads.models import Utterance, Version
from tests.factories import home_store, make_channel
from tests.publish.conftest import jobs

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
NUMBER = "02013299997"  # invented, by the rules of 2032


def arrival(number: int, text: str = "Når brøyter dere?", **more: Any) -> Arrival:
    given: dict[str, Any] = {
        "external_id": str(number),
        "kind": "post",
        "author": Author(external_id="kari", name="Kari"),
        "ours": False,
        "text": text,
        "raw": json.dumps({"id": number, "text": text}, ensure_ascii=False).encode(),
        "raw_type": "application/json",
        "file": "timeline",
        "where": f"item {number}",
        "published": AT,
        "seen": AT,
    }
    return Arrival(**(given | more))


def take(channel: Channel, *arrivals: Arrival) -> frozenset[str]:
    store = home_store()
    return receive(channel, arrivals, at=AT, store=store, keys=load_keys(settings.HOME))


def test_what_arrives_is_kept_as_it_was_and_told_once() -> None:
    channel = make_channel()
    new = take(channel, arrival(1), arrival(2))
    assert len(new) == 2
    assert {args["version_ids"][0] for args, _ in jobs("arrived")} <= new
    version = Version.objects.get(utterance__external_id="1")
    assert version.evidence_id is not None
    headers, raw = read_raw(
        home_store(),
        load_keys(settings.HOME),
        version.evidence_id,
        offset=version.evidence_offset or 0,
        length=version.evidence_length or 0,
    )
    assert headers["WARC-Type"] == "resource"
    assert json.loads(raw) == {"id": 1, "text": "Når brøyter dere?"}
    assert take(channel, arrival(1), arrival(2)) == frozenset()
    assert len(jobs("arrived")) == 1


def test_a_personal_number_reaches_no_row_and_no_job_and_its_bytes_are_sealed() -> None:
    channel = make_channel()
    take(channel, arrival(1, f"Jeg er {NUMBER}, hvor er saken min?"), arrival(2))
    version = Version.objects.get(utterance__external_id="1")
    assert (version.masked, NUMBER in version.text) == (1, False)
    assert EvidenceObject.objects.get(pk=version.evidence_id).encrypted
    assert not EvidenceObject.objects.get(pk=Version.objects.get(utterance__external_id="2").evidence_id).encrypted
    assert NUMBER not in str(jobs("arrived"))


def test_ours_and_theirs_are_told_and_ours_are_looked_up_in_the_outbox() -> None:
    channel = make_channel()
    take(channel, arrival(1), arrival(2, "Klokka seks.", ours=True, parent_id="1", kind="reply"))
    theirs, ours = Version.objects.order_by("utterance__external_id")
    ((args, _),) = jobs("arrived")
    assert set(args["version_ids"]) == {str(theirs.id), str(ours.id)}
    assert [args for args, _ in jobs("confirm")] == [{"version_ids": [str(ours.id)]}]
    take(channel, arrival(3))
    assert len(jobs("confirm")) == 1


def test_an_edit_is_another_version_and_a_picture_is_named() -> None:
    channel = make_channel()
    take(channel, arrival(1, attachments=(Attachment("image/png", "https://a.example/1.png", alt="Plogen"),)))
    take(channel, arrival(1, "Når brøyter dere i Strandgata?", version_key="2", edited=AT.replace(hour=10)))
    utterance = Utterance.objects.get()
    assert (utterance.versions, len(jobs("arrived"))) == (2, 2)
    assert Version.objects.order_by("at")[0].attachments[0]["alt"] == "Plogen"


def test_taking_in_and_telling_are_one_transaction() -> None:
    channel = make_channel()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        take(channel, arrival(1)) and 1 / 0
    assert (jobs("arrived"), Utterance.objects.count()) == ([], 0)


class Timeline:
    """A channel of pages; a page that is an error is raised."""

    kind = "timeline"

    def __init__(self, *pages: Any) -> None:
        self.pages = pages
        self.asked: list[str] = []

    def fetch(self, cursor: str) -> Fetched:
        self.asked.append(cursor)
        page = self.pages[int(cursor or 0)]
        if isinstance(page, Exception):
            raise page
        return Fetched(tuple(page), str(int(cursor or 0) + 1), more=int(cursor or 0) + 1 < len(self.pages))


def fetch(channel: Channel, timeline: Any) -> int:
    return collect(channel, timeline, clock=lambda: AT, store=home_store(), keys=load_keys(settings.HOME))


def test_a_channel_is_read_page_by_page_and_next_time_from_where_it_was() -> None:
    channel, timeline = make_channel(), Timeline([arrival(1)], [arrival(2), arrival(3)], [])
    assert fetch(channel, timeline) == 3
    assert timeline.asked == ["", "1", "2"]
    watch = Watch.objects.get(channel=channel)
    assert (watch.cursor, watch.problem, watch.succeeded_at) == ("3", "", AT)


def test_what_was_read_before_a_fault_stands_and_the_fault_is_shown_until_it_is_over() -> None:
    channel = make_channel()
    timeline = Timeline([arrival(1)], NotSent(reasons.UNREACHABLE), [arrival(2)])
    assert fetch(channel, timeline) == 1
    watch = Watch.objects.get(channel=channel)
    assert (watch.cursor, watch.problem, watch.failing_since) == ("1", reasons.UNREACHABLE, AT)
    timeline.pages = ([], [], [arrival(2)])
    assert fetch(channel, timeline) == 1
    watch.refresh_from_db()
    assert (watch.cursor, watch.problem, watch.failing_since) == ("3", "", None)


def test_a_crash_in_the_middle_of_a_page_leaves_the_cursor_where_it_was() -> None:
    channel = make_channel()
    with pytest.raises(AttributeError):
        fetch(channel, Timeline([arrival(1)], [arrival(2), None]))
    assert Watch.objects.get(channel=channel).cursor == "1"
    assert list(Utterance.objects.values_list("external_id", flat=True)) == ["1"]
    assert fetch(channel, Timeline([], [arrival(2)])) == 1


def test_only_open_channels_of_live_kinds_are_watched() -> None:
    arena, closed = make_channel(kind="arena"), make_channel(kind="arena")
    make_channel(kind="facebook")
    Channel.objects.filter(pk=closed.pk).update(closed_at=AT)
    assert watched(["arena"]) == [arena.id]
