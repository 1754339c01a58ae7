"""The example body has something to say: one being written, one asked about, one scheduled, and a campaign."""

from datetime import UTC, datetime

import pytest

from ordskifte.plan.models import Channel
from ordskifte.publish.checking import sheet_of
from ordskifte.publish.models import Campaign, Draft, DraftState, Outbox
from ordskifte.web.demo.plan import lay_plan
from ordskifte.web.demo.publishing import fill_publishing
from tests.factories import make_channel
from tests.web.demo.test_plan import the_body

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 14, 8, tzinfo=UTC)


def test_it_is_there_once_and_shows_what_the_checks_find() -> None:
    units = the_body(AT)
    lay_plan(units, today=AT)
    for kind in ("facebook", "x"):
        channel = make_channel(kind=kind)
        Channel.objects.filter(pk=channel.pk).update(unit=units["Kommunikasjon"])
    for _again in range(2):
        fill_publishing(at=AT)
    assert sorted(Draft.objects.values_list("state", flat=True)) == ["asked", "placed", "writing"]
    assert Campaign.objects.count() == 1
    assert Outbox.objects.filter(kind="post").count() == 1
    writing = sheet_of(Draft.objects.get(state=DraftState.WRITING), at=AT)
    assert {one.check for one in writing.warnings} >= {"emoji", "hashtags", "neutrality"}
