"""A record with all that belongs to it, in a number of queries that does not grow."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ordskifte.archive.records_of import records_of
from tests.factories import NOW, delete, edit, make_channel, number_entries, say

pytestmark = pytest.mark.django_db


def test_an_utterance_comes_with_versions_places_and_numbers() -> None:
    channel = make_channel("Facebook-siden", kind="facebook")
    top = say(channel, "Vi brøyter i dag.", ours=True, by="Eksempel kommune")
    asked = say(channel, "Når da?", parent=top, raw=b'{"q": 1}')
    edit(asked, "Når da, egentlig?")
    delete(asked)
    number_entries()
    found = records_of([asked.id, top.id])[asked.id]
    assert [one.text for one in found.said] == ["Når da?", "Når da, egentlig?"]
    assert found.standing == found.versions[1]
    assert found.versions[0].raw_digest == sha256(b'{"q": 1}').hexdigest()
    assert all(one.entry is not None and one.evidence is not None for one in found.versions)
    assert found.deleted_at == NOW + timedelta(hours=1)
    assert (found.parent_id, found.parent_external_id) == (top.id, top.external_id)
    assert (found.natural, found.ours, found.channel.name) == (True, False, "Facebook-siden")


def test_what_is_no_record_is_not_there() -> None:
    channel = make_channel()
    assert records_of([channel.id]) == {}


def test_three_records_take_as_many_queries_as_one() -> None:
    channel = make_channel()
    said = [say(channel, f"Hei {n}") for n in range(3)]
    counts = []
    for wanted in (said[:1], said):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(records_of([one.id for one in wanted])) == len(wanted)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
