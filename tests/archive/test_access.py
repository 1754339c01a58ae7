"""Requests for access: asked by anyone, answered in time, redacted with a log, refused with basis and complaint."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from ordskifte.archive import access
from ordskifte.archive.access import ask
from ordskifte.archive.access_promise import due, promise_on
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import AccessRequest, Redaction
from ordskifte.archive.package import package_of
from ordskifte.archive.shielding import shield
from ordskifte.publish.models import Outbox
from ordskifte.records.models import JournalEntry
from ordskifte.records.queries import entries_of_record
from tests.archive.office import BY, choose, enter, open_period, question_and_answer
from tests.converse.moderation.factories import make_ground, take
from tests.converse.world import set_hours
from tests.factories import NOW, make_channel, make_person, say

pytestmark = pytest.mark.django_db


def asked_for(entry: JournalEntry | None = None, **more: Any) -> AccessRequest:
    given: dict[str, Any] = {
        "entry_id": entry.id if entry else None,
        "words": "",
        "name": "Kari i Eksempelposten",
        "email": "kari@eksempelposten.example",
        "language": "nb",
        "at": NOW,
    }
    return ask(**(given | more))


def answer(row: AccessRequest, outcome: str, **more: Any) -> AccessRequest:
    given: dict[str, Any] = {"words": "", "basis": "", "person": None, "actor": BY, "at": NOW}
    return access.answer(row.id, outcome=outcome, **(given | more))


def one_entry() -> JournalEntry:
    open_period()
    asked, answered = question_and_answer()
    first, _ = enter(asked, answered)
    return first


def test_the_clock_counts_working_days() -> None:
    set_hours()
    friday = datetime(2026, 3, 13, 9, 0, tzinfo=UTC)
    ends, version = due(friday)
    assert ends == datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    assert version == "2026-1"
    assert promise_on(NOW.date()).working_days == 3


def test_without_opening_hours_there_is_a_clock_all_the_same() -> None:
    assert due(NOW)[0] == NOW + timedelta(days=5)


def test_a_request_is_in_the_ledger_without_who_or_what() -> None:
    entry = one_entry()
    row = asked_for(entry, words="Alt om Strandgata, 02013299997")
    assert "02013299997" not in row.words
    last = entries_of_record(entry.record_id)[-1]
    assert (last.kind, last.details["request"]) == ("access.asked", str(row.id))
    for word in (b"Kari", b"Strandgata", b"eksempelposten"):
        assert word not in last.body


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "nei"}, "email"),
        ({"email": "02013299997@x.example"}, "email"),
        ({"words": ""}, "words"),
        ({"words": "x" * 4000}, "words"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused_and_says_why(wrong: dict[str, str], field: str) -> None:
    with pytest.raises(JournalError) as caught:
        asked_for(**({"words": "Alt"} | wrong))
    assert caught.value.field == field
    assert not AccessRequest.objects.exists()


def test_the_package_holds_thread_context_and_acts_in_full_and_redacted() -> None:
    open_period()
    channel = make_channel()
    asked = say(channel, "Ola Hansen i Strandgata 4 er syk.", by="Nabo")
    context = say(channel, "Uff da.", by="Annen", parent=asked, at=NOW + timedelta(minutes=1))
    (entry,) = enter(asked)
    measure = take(asked, make_ground(), make_person("moderator"), despite="Navngir en privatperson.")
    type(measure).objects.filter(pk=measure.pk).update(state="done")
    shield(asked.pk, field="words", words=["Ola Hansen", "Strandgata 4"], basis="personal", by=BY, at=NOW)
    found = package_of(asked_for(entry))
    assert [one.record_id for one in found.pieces] == [asked.pk, context.pk]
    full, around = found.pieces
    assert full.text == "Ola Hansen i Strandgata 4 er syk."
    assert full.red_text == "***** i ***** er syk."
    assert (full.acts, full.the_one, around.the_one) == (("hide",), True, False)
    assert [(one.start, one.length) for one in found.taken] == [(0, 10), (13, 12)]
    assert {one.basis for one in found.taken} == {
        "offentleglova § 13 første ledd, jf. forvaltningsloven § 13 første ledd nr. 1"
    }


def test_all_of_it_is_given_when_nothing_is_shielded() -> None:
    entry = one_entry()
    row = answer(asked_for(entry), "granted")
    mail = Outbox.objects.get()
    assert (mail.kind, mail.to, mail.state) == ("email", "kari@eksempelposten.example", "scheduled")
    assert "Strandgata" in mail.text
    assert (row.state, row.outbox, row.answered_at) == ("granted", mail, NOW)
    assert entries_of_record(row.id)[-1].details["in_time"] is True


def test_a_part_is_given_redacted_with_a_log_that_never_says_what() -> None:
    entry = one_entry()
    shield(entry.record_id, field="words", words=["Strandgata"], basis="personal", by=BY, at=NOW)
    row = asked_for(entry)
    with pytest.raises(JournalError):
        answer(row, "granted")
    answer(row, "partly")
    text = Outbox.objects.get().text
    assert "Strandgata" not in text
    assert "*****" in text
    assert "offentleglova § 13" in text
    assert "§ 32" in text
    (logged,) = Redaction.objects.all()
    assert (logged.place, logged.start, logged.length) == ("text", 17, 10)
    assert "Strandgata" not in str([getattr(logged, one.attname) for one in Redaction._meta.concrete_fields])
    assert b"Strandgata" not in b"".join(one.body for one in entries_of_record(row.id))


def test_a_refusal_has_its_basis_and_says_how_to_complain() -> None:
    entry = one_entry()
    row = asked_for(entry)
    with pytest.raises(JournalError) as caught:
        answer(row, "refused")
    assert caught.value.field == "basis"
    answer(row, "refused", basis="internal", words="Det er et internt notat.")
    text = Outbox.objects.get().text
    for said in ("offentleglova § 14 første ledd", "Det er et internt notat.", "statsforvalteren", "tre uker"):
        assert said in text
    assert "Strandgata" not in text


def test_a_request_is_answered_once() -> None:
    row = asked_for(one_entry())
    answer(row, "granted")
    with pytest.raises(JournalError):
        answer(row, "granted")
    assert Outbox.objects.count() == 1


def test_what_is_asked_in_free_words_is_found_by_a_person() -> None:
    entry = one_entry()
    row = asked_for(words="Noe om brøyting")
    assert package_of(row).pieces == ()
    with pytest.raises(JournalError):
        answer(row, "granted")
    access.point_at(row.id, entry_id=entry.id, actor=BY, at=NOW)
    assert answer(row, "granted").state == "granted"


def test_a_private_message_of_the_thread_that_is_not_journalled_is_no_part_of_it() -> None:
    open_period()
    channel = make_channel()
    asked = say(channel, "Åpent spørsmål")
    say(channel, "Hemmelig svar", private=True, parent=asked, at=NOW + timedelta(minutes=1))
    (entry,) = enter(asked)
    assert [one.text for one in package_of(asked_for(entry)).pieces] == ["Åpent spørsmål"]


def test_the_answer_is_in_the_asker_s_language() -> None:
    entry = one_entry()
    answer(asked_for(entry, language="nn"), "refused", basis="internal")
    assert "statsforvaltaren" in Outbox.objects.get().text


def test_anyone_asks_from_the_public_page_without_cookie(client: Client) -> None:
    choose()
    entry = one_entry()
    page = client.get(f"/innsyn/?entry={entry.id}").text
    assert "2026/1-1 Kommentar på Facebook-siden" in page
    response = client.post("/innsyn/?lang=nn", {"entry": str(entry.id), "email": "a@b.example"})
    assert response.status_code == 200
    assert not response.cookies
    row = AccessRequest.objects.get()
    assert (row.entry, row.language, row.name) == (entry, "nn", "")


def test_a_form_without_an_address_says_so_and_keeps_what_was_written(client: Client) -> None:
    response = client.post("/innsyn/", {"words": "Alt om brøyting", "email": "nei"})
    assert response.status_code == 422
    assert "Alt om brøyting" in response.text


def test_what_fills_in_the_hidden_field_is_no_person(client: Client) -> None:
    assert client.post("/innsyn/", {"words": "x", "email": "a@b.example", "website": "spam"}).status_code == 200
    assert not AccessRequest.objects.exists()


def test_one_that_asks_and_asks_waits(client: Client) -> None:
    codes = {client.post("/innsyn/", {"words": "x", "email": f"a{n}@b.example"}).status_code for n in range(25)}
    assert codes == {200, 429}


def test_the_package_is_files_with_its_log(client: Client) -> None:
    entry = one_entry()
    shield(entry.record_id, field="words", words=["Strandgata"], basis="personal", by=BY, at=NOW)
    row = asked_for(entry)
    client.force_login(make_person("archivist"))
    for variant, names in (
        ("redacted", ["log.csv", "redacted.txt"]),
        ("full", ["full.txt", "log.csv", "redacted.txt"]),
    ):
        data = client.get(f"/desk/archive/access/{row.id}/package.zip?variant={variant}").content
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            assert sorted(packed.namelist()) == names
            for name in names:
                assert (b"Strandgata" in packed.read(name)) is (name == "full.txt")
