"""The public journal: nothing shielded in any form of it, names for a year and no longer, files that are valid."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from ordskifte.archive import public_journal, releasing, shielding
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.public_journal import Asked, look
from ordskifte.archive.shielding import public_words, shield
from ordskifte.plan.models import Channel
from ordskifte.records.models import JournalEntry, Party, Shielding
from ordskifte.records.queries import entries_of_record
from ordskifte.threads.models import Utterance
from tests.archive.office import BY, choose, enter, open_period, question_and_answer
from tests.factories import NOW, home_store, make_channel, make_unit, say
from tests.records.noark5.shared import shared
from tests.records.noark5.test_einnsyn import validator

pytestmark = pytest.mark.django_db
ON = NOW.date()
FILES = ("offentligJournal.xml", "journal.csv", "einnsyn.json", "feed.atom")


def outputs(client: Client, entry: JournalEntry, *, on: date = ON) -> Iterator[tuple[str, str]]:
    """Everything that anyone can read of the journal, by name."""
    home_store()
    span = f"from={on - timedelta(days=300)}&to={on}"
    for language in ("nb", "nn", "en"):
        yield f"page {language}", client.get(f"/journal/?lang={language}").text
        yield f"entry {language}", client.get(f"/journal/{entry.id}/?lang={language}").text
        yield f"form {language}", client.get(f"/innsyn/?entry={entry.id}&lang={language}").text
    yield "case", client.get(f"/journal/?case={entry.case.year}/{entry.case.number}").text
    for name in FILES:
        response = client.get(f"/journal/{name}?{span}")
        assert response.status_code == 200, name
        content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        yield name, content.decode()


def freeze(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Time is read at the edge: there it is handed in."""
    for page in ("public", "access"):
        monkeypatch.setattr(f"ordskifte.archive.pages.{page}.now", lambda: moment)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(monkeypatch, NOW)


def canaries(channel: Channel) -> tuple[Utterance, JournalEntry, dict[str, str]]:
    """An entry with a unique word in every text field it has."""
    words = {
        name: f"kanari{name}xq"
        for name in ("text", "utitle", "summary", "author", "alt", "file", "title", "public", "case", "casepublic")
    }
    words |= {
        "unit": "kanariunitxq",
        "person": "kanaripersonxq",
        "permalink": "kanaripermalinkxq",
        "ours": "kanarioursxq",
    }
    said = say(
        channel,
        f"Hei, {words['text']} og mer.",
        by=words["author"],
        title=words["utitle"],
        summary=words["summary"],
        permalink=f"https://social.example/{words['permalink']}",
        attachments=[{"alt": words["alt"], "name": words["file"], "media_type": "image/png", "blob": "", "url": ""}],
    )
    (entry,) = enter(said)
    case = entry.case
    case.title, case.public_title, case.responsible = words["case"], words["casepublic"], words["person"]
    case.unit_name = words["unit"]
    case.save()
    entry.title, entry.public_title = words["title"], words["public"]
    entry.save()
    Party.objects.filter(entry=entry, kind="recipient").update(
        unit_name=words["unit"], person_name=words["person"], name=words["ours"]
    )
    return said, entry, words


def test_no_shielded_word_of_any_field_is_in_any_public_output(client: Client) -> None:
    choose()
    open_period()
    said, entry, words = canaries(make_channel("Kanal"))
    before = dict(outputs(client, entry))
    for name in ("public", "casepublic", "author", "unit", "person", "ours"):
        assert any(words[name] in text for text in before.values()), name
    for name in ("text", "alt", "file", "title", "case", "permalink", "summary"):
        assert not any(words[name] in text for text in before.values()), name
    shield(said.pk, field="words", words=list(words.values()), basis="personal", by=BY, at=NOW)
    for where, text in outputs(client, entry):
        for name, word in words.items():
            assert word not in text, (where, name)
    assert "*****" in dict(outputs(client, entry))["page nb"]
    assert "offentleglova § 13" in dict(outputs(client, entry))["offentligJournal.xml"]


@pytest.mark.parametrize("field", ["title", "text", "whole"])
def test_a_shielded_field_is_in_no_public_output_whatever_the_titles_are(client: Client, field: str) -> None:
    choose()
    open_period()
    said, entry, words = canaries(make_channel("Kanal"))
    entry.public_title = ""
    entry.title = f"Kommentar: {words['text']}"
    entry.save()
    entry.case.public_title, entry.case.title = "", f"{words['text']} og mer"
    entry.case.save()
    assert any(words["text"] in text for _, text in outputs(client, entry))
    shield(said.pk, field=field, basis="personal", by=BY, at=NOW)
    for where, text in outputs(client, entry):
        assert words["text"] not in text, where
        if field == "whole":
            assert words["author"] not in text, where


def test_a_shielded_author_is_hidden_in_every_entry_of_the_case(client: Client) -> None:
    choose()
    open_period()
    asked, answered = question_and_answer()
    first, second = enter(asked, answered)
    assert all("Anonym ulv" in client.get(f"/journal/{one.id}/").text for one in (first, second))
    shield(asked.pk, field="author", basis="offence_report", by=BY, at=NOW)
    for one in (first, second):
        for where, text in outputs(client, one):
            assert "Anonym ulv" not in text, where
        assert "offentleglova § 24 andre ledd" in client.get(f"/journal/{one.id}/").text


def test_a_shielded_word_stands_in_no_ledger_entry() -> None:
    open_period()
    asked, _ = question_and_answer()
    enter(asked)
    one = shield(asked.pk, field="words", words=["Strandgata"], basis="personal", by=BY, at=NOW)
    shielding.end(one.id, by=BY, at=NOW)
    assert [entry.kind for entry in entries_of_record(asked.pk)][-2:] == ["shielding.made", "shielding.ended"]
    assert not any(b"Strandgata" in entry.body for entry in entries_of_record(asked.pk))


def test_a_shielded_word_finds_nothing() -> None:
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    JournalEntry.objects.filter(pk=entry.pk).update(public_title="Om brøyting i Strandgata")
    assert look(Asked(words="strandgata"), on=ON).lines
    shield(asked.pk, field="words", words=["STRANDGATA"], basis="personal", by=BY, at=NOW)
    assert not look(Asked(words="strandgata"), on=ON).lines
    assert look(Asked(words="brøyting"), on=ON).lines


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 3, 12), date(2027, 3, 12)),
        (date(2027, 2, 28), date(2028, 2, 28)),
        (date(2028, 2, 28), date(2029, 2, 28)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2028, 3, 1), date(2029, 3, 1)),
    ],
)
def test_a_name_is_found_through_the_same_date_next_year_and_not_the_day_after(
    client: Client, monkeypatch: pytest.MonkeyPatch, day: date, last: date
) -> None:
    choose()
    open_period(year=day.year)
    asked, _ = question_and_answer()
    moment = datetime(day.year, day.month, day.day, 11, tzinfo=UTC)
    (entry,) = enter(asked, at=moment)
    assert entry.journal_date == day
    for when, known in ((last, True), (last + timedelta(days=1), False)):
        freeze(monkeypatch, datetime(when.year, when.month, when.day, 11, tzinfo=UTC))
        assert bool(look(Asked(words="anonym ULV"), on=when).lines) is known
        found = client.get("/journal/?q=anonym").text
        assert (f"{entry.case.called}-1" in found) is known
        texts = [client.get("/journal/").text, client.get(f"/journal/{entry.id}/").text]
        for name in FILES:
            response = client.get(f"/journal/{name}?from={day}&to={day}")
            texts.append((b"".join(response) if response.streaming else response.content).decode())  # type: ignore[arg-type]
        assert [("Anonym ulv" in text) for text in texts] == [known] * len(texts)


def test_the_name_of_an_organisation_stays(client: Client) -> None:
    choose()
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    Party.objects.filter(entry=entry, kind="sender").update(natural=False)
    assert look(Asked(words="anonym"), on=ON + timedelta(days=800)).lines


@pytest.mark.shared
def test_the_files_are_valid(client: Client) -> None:
    choose()
    open_period()
    asked, answered = question_and_answer(make_channel("Facebook-siden", unit=make_unit("Teknisk")))
    enter(asked, answered)
    enter(say(make_channel("Arkivsiden"), "Et innlegg fra oss", by="Eksempel kommune", ours=True))
    shield(asked.pk, field="author", basis="personal", by=BY, at=NOW)
    home_store()
    xml = b"".join(client.get(f"/journal/offentligJournal.xml?from={ON}&to={ON}"))  # type: ignore[arg-type]
    schema = etree.XMLSchema(etree.parse(str(shared("noark5/5.5") / "offentligJournal.xsd")))
    schema.assertValid(etree.fromstring(xml))
    assert b"<antallJournalposter>3</antallJournalposter>" in xml
    cases = client.get(f"/journal/einnsyn.json?from={ON}&to={ON}").json()["saker"]
    assert len(cases) == 2
    for case in cases:
        assert not list(validator("Saksmappe.SaksmappeCreate").iter_errors(case["saksmappe"]))
        for post in case["journalpost"]:
            assert not list(validator("Journalpost.JournalpostCreate").iter_errors(post))
    assert "Anonym ulv" not in json.dumps(cases, ensure_ascii=False)


def test_the_table_has_one_row_for_each_entry_and_no_formula(client: Client) -> None:
    choose()
    open_period()
    (entry,) = enter(say(make_channel("Kanal"), "Hei", by="=cmd|x"))
    text = b"".join(client.get(f"/journal/journal.csv?from={ON}&to={ON}")).decode("utf-8-sig")  # type: ignore[arg-type]
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 1
    assert rows[0]["Saksnummer"] == entry.case.called
    assert rows[0]["Avsender"] == "'=cmd|x"


def test_the_feed_is_atom_and_holds_the_newest(client: Client) -> None:
    choose()
    open_period()
    home_store()
    asked, answered = question_and_answer()
    enter(asked, answered)
    feed = etree.fromstring(client.get("/journal/feed.atom").content)
    titles = [one.text for one in feed.iterfind("{*}entry/{*}title")]
    assert titles == ["2026/1-2 Svar fra oss på Facebook-siden", "2026/1-1 Kommentar på Facebook-siden"]


def test_it_is_the_body_s_own_choice(client: Client) -> None:
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    addresses = ["/journal/", f"/journal/{entry.id}/", *(f"/journal/{name}" for name in FILES)]
    for chosen in (None, False):
        if chosen is False:
            choose(public=False)
        for address in addresses:
            assert client.get(address).status_code == 404, address
    choose(public=True, at=NOW + timedelta(hours=1))
    home_store()
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_no_page_of_it_sets_a_cookie_or_has_a_script(client: Client) -> None:
    choose()
    open_period()
    (entry,) = enter(question_and_answer()[0])
    for address in ("/journal/", f"/journal/{entry.id}/", "/innsyn/"):
        response = client.get(address)
        assert not response.cookies
        assert "<script" not in response.text
        assert "noindex" in response["X-Robots-Tag"]


def test_what_is_in_the_case_system_s_journal_is_not_shown_here(client: Client) -> None:
    choose()
    open_period("external")
    (entry,) = enter(question_and_answer()[0])
    assert client.get(f"/journal/{entry.id}/").status_code == 404
    assert not look(Asked(), on=ON).lines


def released(said: Utterance, entry: JournalEntry) -> None:
    standing = shielding.shieldings([said.pk]).get(said.pk, [])
    releasing.release(entry.id, seen=releasing.digest_of(standing), version_id=said.current_id, by=BY, at=NOW)


def test_a_document_leaves_only_when_a_person_has_checked_it(client: Client) -> None:
    choose()
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    assert "Strandgata" not in client.get(f"/journal/{entry.id}/").text
    released(asked, entry)
    assert "Strandgata" in client.get(f"/journal/{entry.id}/").text
    assert [one.kind for one in entries_of_record(asked.pk)][-1] == "document.released"
    releasing.take_back(entry.id, by=BY, at=NOW)
    assert "Strandgata" not in client.get(f"/journal/{entry.id}/").text


def test_a_released_document_has_no_shielded_word_and_goes_when_more_is_shielded(client: Client) -> None:
    choose()
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    shield(asked.pk, field="words", words=["strandgata"], basis="personal", by=BY, at=NOW)
    released(asked, entry)
    text = client.get(f"/journal/{entry.id}/").text
    assert "brøyter dere *****?" in text
    assert "Strandgata" not in text
    shield(asked.pk, field="author", basis="personal", by=BY, at=NOW)
    assert "brøyter" not in client.get(f"/journal/{entry.id}/").text


def test_a_document_that_changed_since_it_was_read_is_not_released() -> None:
    open_period()
    asked, _ = question_and_answer()
    (entry,) = enter(asked)
    seen = releasing.digest_of([])
    shield(asked.pk, field="words", words=["x"], basis="personal", by=BY, at=NOW)
    with pytest.raises(JournalError):
        releasing.release(entry.id, seen=seen, version_id=asked.current_id, by=BY, at=NOW)
    with pytest.raises(JournalError):
        releasing.release(entry.id, seen=seen, version_id=entry.id, by=BY, at=NOW)


def test_a_private_message_and_a_whole_shielded_text_are_never_released() -> None:
    open_period()
    private = say(make_channel(), "Hemmelig", private=True)
    (entry,) = enter(private)
    with pytest.raises(JournalError):
        released(private, entry)
    asked, _ = question_and_answer()
    (other,) = enter(asked)
    shield(asked.pk, field="text", basis="personal", by=BY, at=NOW)
    with pytest.raises(JournalError):
        released(asked, other)


def test_public_words_hides_words_and_whole_texts() -> None:
    words = [Shielding(field="words", words=["Ola  Nordmann"])]
    assert public_words("Hei ola\nNORDMANN!", words) == "Hei *****!"
    assert public_words("Hei", [Shielding(field="text")]) == "*****"
    assert public_words("Hei", []) == "Hei"


@pytest.mark.parametrize(
    "wrong",
    [
        {"field": "colour"},
        {"basis": "none"},
        {"field": "words", "words": [" "]},
        {"years": 0},
        {"field": "words", "words": ["x" * 3000]},
    ],
)
def test_a_shielding_without_what_it_needs_is_refused(wrong: dict[str, Any]) -> None:
    open_period()
    asked, _ = question_and_answer()
    enter(asked)
    given: dict[str, Any] = {"field": "author", "basis": "personal", "by": BY, "at": NOW} | wrong
    with pytest.raises(JournalError):
        shield(asked.pk, **given)
    assert not Shielding.objects.exists()


def test_a_page_of_the_journal_asks_the_same_questions_however_long_it_is() -> None:
    open_period()
    counts = []
    for many in (1, 3):
        for n in range(many):
            enter(say(make_channel(), f"Noe {many} {n}"))
        with CaptureQueriesContext(connection) as seen:
            look(Asked(), on=ON)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_older_entries_follow_in_the_order_of_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_journal, "ROWS", 2)
    open_period()
    enter(*(say(make_channel(), f"Noe {n}") for n in range(5)))
    first = look(Asked(), on=ON)
    assert [one.shown.journalsekvensnummer for one in first.lines] == [5, 4]
    assert first.more == "2026-4"
    second = look(Asked(after=(2026, 4)), on=ON)
    assert [one.shown.journalsekvensnummer for one in second.lines] == [3, 2]
    third = look(Asked(after=(2026, 2)), on=ON)
    assert ([one.shown.journalsekvensnummer for one in third.lines], third.more) == ([1], "")
