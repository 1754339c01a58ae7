"""Search over every version, as a viewer may see it."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ordskifte.people.models import Role
from ordskifte.people.viewer import NOBODY, Viewer, viewer_of
from ordskifte.threads.models import Utterance
from ordskifte.threads.search import Found, search
from tests.factories import NOW, delete, edit, latest_version, make_channel, make_person, make_unit, say

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 12)
DAY = timedelta(days=1)


def texts(query: str, *, viewer: Viewer = NOBODY, exact: bool = False) -> list[str]:
    return [hit.text for hit in search(query, viewer=viewer, exact=exact, today=TODAY).hits]


def marked(query: str) -> list[list[str]]:
    return [[hit.text[a:b] for a, b in hit.marks] for hit in search(query, viewer=NOBODY, today=TODAY).hits]


def say_all(*lines: str) -> None:
    """One utterance a line, the first the newest."""
    channel = make_channel()
    for number, line in enumerate(lines):
        say(channel, line, at=NOW - number * DAY)


def test_every_word_must_be_there_and_the_newest_comes_first() -> None:
    say_all("Snø på fortauet", "Snø i går", "Mye snø på fortauet igjen", "Regn på fortauet")
    assert texts("snø fortauet") == ["Snø på fortauet", "Mye snø på fortauet igjen"]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("vei", "Vegane her er glatte"),
        ("veg", "Veien er glatt"),
        ("skolen", "Skulane opnar"),
        ("skule", "skolen åpner"),
        ("ikke", "Det går ikkje"),
        ("sjukeheimen", "Plass på sykehjem"),
        ("vassleidning", "en lekk vannledning"),
        ("barnehager", "barnehagen vår"),
        ("roads", "The road is closed and it is not safe"),
        ("blaabaer", "Blåbærskog og blåbær"),
        ("BLÅBÆR", "blåbær"),
        ("skolen", "«Skolen»?"),
        ("skole", "Nei!Skolen.Og barnehagen"),
        ("«veien»", "vei/gate – og fortau"),
        ("skolen", "skolen😀 er best"),
        ("skolen", "“skolen”…"),
        ("eksempel", "se https://www.eksempel.example/vei"),
        ("www.eksempel.example/vei", "se https://www.eksempel.example/vei"),
        ("čuovvut", "Áhkku čuovvut"),
    ],
)
def test_spellings_and_inflections_find_each_other(query: str, text: str) -> None:
    say_all(text, "noe helt annet")
    assert texts(query) == [text]


def test_without_expansion_only_inflections_are_found() -> None:
    say_all("Vegane her", "Veien her")
    assert texts("veien", exact=True) == ["Veien her"]
    assert search("veien", viewer=NOBODY, exact=True, today=TODAY).also == ()
    assert "veg" in search("veien", viewer=NOBODY, today=TODAY).also


def test_norwegian_letters_are_letters_and_stand_in_only_when_nothing_is_found() -> None:
    say_all("Et råd til dere", "En rad med stoler", "Brød og ost")
    assert texts("rad") == ["En rad med stoler"]
    assert texts("råd") == ["Et råd til dere"]
    assert search("brod", viewer=NOBODY, today=TODAY).also == ("brød",)
    assert texts("brod", exact=True) == []


def test_a_phrase_is_its_words_in_their_order() -> None:
    say_all("stengt på grunn av ras", "av grunn på", "på grunn står båten", "grunnen av på")
    assert texts('"på grunn av"') == ["stengt på grunn av ras"]
    assert marked('"på grunn"') == [["på grunn"], ["på grunn"]]


def test_what_is_not_wanted_is_left_out() -> None:
    say_all("buss og tog", "buss alene", "buss til rådhuset i dag")
    assert texts('buss -tog -"i dag"') == ["buss alene"]
    assert texts("-buss") == []


def test_either_of_two_words_and_the_start_of_a_word() -> None:
    say_all("ferja er full", "kommunestyret møtes", "ingen ting")
    assert texts("ferja OR kommunestyret") == ["ferja er full", "kommunestyret møtes"]
    assert texts("kommunest*") == ["kommunestyret møtes"]
    assert marked("kommunest*") == [["kommunestyret"]]


def test_authors_are_found_by_name_handle_and_family_name() -> None:
    channel = make_channel()
    say(channel, "fra Kari", by="Kari Nordmann")
    say(channel, "fra Ola", by="ola@social.example", at=NOW - DAY)
    assert texts("author:kari") == texts("author:nordmann") == texts('author:"KARI nordmann"') == ["fra Kari"]
    assert texts("@ola") == texts("author:ola@social.example") == ["fra Ola"]
    assert texts("fra author:per") == texts("@nordmann") == []


def test_channels_are_found_by_name_handle_kind_and_part_of_name() -> None:
    here, there = make_channel("Eksempel kommune", kind="x"), make_channel("Biblioteket", kind="facebook")
    say(here, "her")
    say(there, "der")
    names = [
        "channel:facebook",
        "channel:biblioteket",
        "kanal:bibl",
        f"channel:{there.handle}",
        'channel:"BIBLIOTEKET"',
    ]
    assert [texts(name) for name in names] == [["der"]] * 5
    assert texts('channel:"eksempel kommune" her') == ["her"]
    assert texts("channel:ukjent her") == []


def test_dates_are_those_of_the_wording_and_local() -> None:
    channel = make_channel()
    say(channel, "nyttår i Norge", at=datetime(2023, 12, 31, 23, 30, tzinfo=UTC))
    say(channel, "romjul", at=datetime(2023, 12, 28, tzinfo=UTC))
    assert texts("after:2024") == ["nyttår i Norge"]
    assert texts("before:2024") == texts("romjul before:2024-01-01") == ["romjul"]
    assert texts("after:2023-12 before:2024-02") == ["nyttår i Norge", "romjul"]
    assert texts("after:2030") == texts("before:1999") == texts("after:2024 before:2023") == []


def test_a_wording_that_was_edited_away_is_found_and_named() -> None:
    first = say(make_channel(), "Skolen er stengt")
    edit(edit(first, "Skolen åpner"), "Skolen åpner klokka ti", after=timedelta(minutes=40))
    (hit,) = search("stengt", viewer=NOBODY, today=TODAY).hits
    assert (hit.text, hit.matched_version, hit.versions, hit.utterance_id) == ("Skolen er stengt", 1, 3, first.id)
    (hit,) = search("skolen", viewer=NOBODY, today=TODAY).hits
    assert (hit.text, hit.matched_version) == ("Skolen åpner klokka ti", 3)
    assert hit.version_id == latest_version(first).id


def test_a_deleted_utterance_is_found_by_what_it_said() -> None:
    delete(say(make_channel(), "Dette angrer jeg på"))
    (hit,) = search("angrer", viewer=NOBODY, today=TODAY).hits
    assert (hit.text, hit.deleted, hit.matched_version, hit.versions) == ("Dette angrer jeg på", True, 1, 2)


def test_an_old_utterance_edited_lately_stands_at_its_own_time() -> None:
    channel = make_channel()
    old = say(channel, "gammel snø", at=NOW - 900 * DAY)
    say(channel, "ny snø", at=NOW - 30 * DAY)
    edit(old, "gammel snø, rettet", after=880 * DAY)
    assert texts("snø") == ["ny snø", "gammel snø, rettet"]


def test_everything_about_a_hit_is_told() -> None:
    channel = make_channel("Eksempel kommune")
    said = say(channel, "Når åpner «Skolen»?", by="Kari", title="Spørsmål", at=NOW)
    (hit,) = search("skolen", viewer=NOBODY, today=TODAY).hits
    assert (hit.utterance_id, hit.thread_id, hit.channel_id, hit.channel_name) == (
        said.id,
        said.thread_id,
        channel.id,
        "Eksempel kommune",
    )
    assert (hit.external_id, hit.author_handle, hit.author_name, hit.ours) == (said.external_id, "Kari", "Kari", False)
    assert (hit.kind, hit.published, hit.at, hit.title, hit.has_media) == ("post", NOW, NOW, "Spørsmål", False)
    assert [hit.text[a:b] for a, b in hit.marks] == ["Skolen"]


def test_marks_count_code_points_and_follow_stems_and_spellings() -> None:
    say_all("😀😀 Vegen, skoleVEGEN og veiene 🙂", "se https://eksempel.no/vei og post@eksempel.no")
    assert marked("vei")[0] == ["Vegen", "veiene"]
    assert marked("post@eksempel.no") == [["post@eksempel.no"]]
    say_all("send e-post i dag")
    assert marked("e-post") == [["e-post"]]


def test_a_hit_in_title_or_alt_text_has_no_mark_in_the_text() -> None:
    say(make_channel(), "bare teksten", title="Brøyting")
    (hit,) = search("brøyting", viewer=NOBODY, today=TODAY).hits
    assert (hit.text, hit.title, hit.marks) == ("bare teksten", "Brøyting", ())


def test_what_is_restricted_is_neither_shown_nor_counted() -> None:
    secret = make_unit(sensitive=True)
    closed = make_channel(unit=secret)
    open_ = make_channel()
    say(closed, "snø hos barnevernet")
    say(open_, "snø i posten", private=True)
    say(open_, "snø på torget")
    insider = viewer_of(make_person(Role.CASEWORKER, unit=secret))
    archivist = viewer_of(make_person(Role.ARCHIVIST))
    assert texts("snø") == ["snø på torget"]
    assert search("snø", viewer=NOBODY, today=TODAY).total == 1
    assert sorted(texts("snø", viewer=insider)) == ["snø hos barnevernet", "snø på torget"]
    assert len(texts("snø", viewer=archivist)) == 3
    assert search("barnevernt", viewer=NOBODY, today=TODAY).suggestion == "barnevern"  # a word of the language


def test_a_suggestion_never_comes_from_what_the_viewer_may_not_see() -> None:
    closed = make_channel(unit=make_unit(sensitive=True))
    say(closed, "Hemmelighetskremmeri")
    say(make_channel(), "Frognerparken")
    assert search("hemmelighetskremeri", viewer=NOBODY, today=TODAY).suggestion == ""
    assert search("frognerpraken", viewer=NOBODY, today=TODAY).suggestion == "frognerparken"
    assert search("xyzzyplugh", viewer=NOBODY, today=TODAY) == Found()


def test_pages_follow_each_other_without_gap_or_repeat() -> None:
    channel = make_channel()
    for number in range(7):
        say(channel, f"snø {number}", at=NOW - number // 2 * DAY)
    pages: list[str] = []
    after = None
    while True:
        found = search("snø", viewer=NOBODY, limit=3, after=after, today=TODAY)
        assert (found.total, found.more) == (7, False)
        pages += [hit.text for hit in found.hits]
        if found.next_after is None:
            break
        after = found.next_after
    assert sorted(pages) == [f"snø {number}" for number in range(7)]
    assert [hit.at for hit in search("snø", viewer=NOBODY, today=TODAY).hits] == sorted(
        (NOW - number // 2 * DAY for number in range(7)), reverse=True
    )
    assert search("snø", viewer=NOBODY, after=uuid4(), today=TODAY).hits == ()


def test_a_page_may_follow_an_utterance_that_is_no_hit() -> None:
    channel = make_channel()
    say(channel, "snø ny", at=NOW)
    between = say(channel, "regn", at=NOW - DAY)
    say(channel, "snø gammel", at=NOW - 2 * DAY)
    found = search("snø", viewer=NOBODY, after=between.id, today=TODAY)
    assert [hit.text for hit in found.hits] == ["snø gammel"]


def test_dates_far_off_are_found_too() -> None:
    channel = make_channel()
    years = (1969, 2016, 2026, 2031, 2106)
    for year in years:
        say(channel, f"snø {year}", at=datetime(year, 2, 3, tzinfo=UTC))
    assert texts("snø") == [f"snø {year}" for year in reversed(years)]
    assert texts("snø after:2027") == ["snø 2106", "snø 2031"]
    assert texts("after:1900") == [f"snø {year}" for year in reversed(years)]


def test_an_edit_later_than_the_newest_utterance_is_found_also_among_many() -> None:
    copy_many(3_100, "snø overalt", day=NOW - 400 * DAY)
    edit(Utterance.objects.order_by("-at")[0], "snø og sludd", after=390 * DAY)
    assert texts("sludd") == texts("snø sludd") == ["snø og sludd"]
    (first, *_) = search("snø", viewer=NOBODY, today=TODAY).hits
    assert (first.text, first.matched_version) == ("snø og sludd", 2)
    edit(Utterance.objects.order_by("-at")[5], "snø om lenge", after=4_000 * DAY)
    assert texts("lenge") == ["snø om lenge"]
    assert "snø om lenge" in texts("snø")[5:7]  # beside the one of the same time


def test_many_that_may_not_be_seen_hide_none_that_may() -> None:
    copy_many(3_100, "snø hemmelig", day=NOW)
    Utterance.objects.update(private=True)
    channel = make_channel()
    for number in range(3):
        say(channel, f"snø {number}", at=NOW - number * 500 * DAY)
    found = search("snø", viewer=NOBODY, today=TODAY)
    assert ([hit.text for hit in found.hits], found.total) == ([f"snø {number}" for number in range(3)], 3)


def test_nothing_is_found_in_an_empty_house() -> None:
    assert search("snø", viewer=NOBODY, today=TODAY) == Found()


def test_a_page_takes_few_statements_however_many_hits() -> None:
    channel = make_channel()
    counts = []
    for number in range(4):
        say(channel, f"snø {number}", at=NOW - number * DAY)
        with CaptureQueriesContext(
            connection,
        ) as context:
            search("snø", viewer=NOBODY, today=TODAY)
        counts.append(len(context))
    assert set(counts) == {6}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        '"',
        "'",
        "\\",
        "a' | 'b",
        "vei & !skole <-> ('x':*)",
        "'); drop table threads_version; --",
        ":*",
        "~m202603",
        "-",
        '-"',
        "\x00vei\x00",
        "\ud800 \udfff",
        "%s %(tsquery)s {period}",
        "x" * 10_000,
        "a b " * 5_000,
        "author: channel: before: after:",
        "🙂",
        "ﷺ" * 500,
        'author:"\' or 1=1" channel:%',
    ],
)
def test_nonsense_is_answered(query: str) -> None:
    say_all("vei og skole")
    assert search(query, viewer=NOBODY, today=TODAY).total <= 1


def test_tags_cannot_be_searched_for_nor_written() -> None:
    here, there = make_channel("Her"), make_channel("Der")
    say(here, f"~c{there.id.hex[:12]} ~m209901 '~c{there.id.hex[:12]}'")
    tags = [f"~m{NOW:%Y%m}", f"'~c{here.id.hex[:12]}'", f"~c{here.id.hex[:12]}", "m2026*", "~m2026*", "channel:der"]
    assert [texts(tag) for tag in tags] == [[]] * 6


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text(st.sampled_from("ab'\\&|!<->():*\"@ ~%vei\x00"), max_size=40))
def test_any_text_is_answered(query: str) -> None:
    found = search(query, viewer=NOBODY, today=TODAY)
    assert found.hits == ()
    assert found.total == 0


def copy_many(count: int, words: str, *, day: datetime) -> None:
    """Rows straight into the tables, `count` of them a month apart in pairs: more than one step of the walk."""
    first = say(make_channel(), words, at=day)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            create temporary table numbers on commit drop as
                select n, gen_random_uuid() as utterance, gen_random_uuid() as version from generate_series(1, %s) n
            """,
            [count],
        )
        copies = {
            "threads_utterance": {
                "id": "utterance",
                "external_id": "external_id || n",
                "at": "at - n * interval '9 hours'",
                "current_id": "version",
            },
            "threads_version": {
                "id": "version",
                "utterance_id": "utterance",
                "at": "at - n * interval '9 hours'",
                "tags": "array['~m' || to_char((at - n * interval '9 hours') at time zone 'UTC', 'YYYYMM')]",
            },
        }
        for table, changed in copies.items():
            cursor.execute(
                "select column_name from information_schema.columns where table_name = %s and column_name <> 'search'",
                [table],
            )
            columns = [name for (name,) in cursor.fetchall()]
            cursor.execute(
                f"insert into {table} ({', '.join(columns)}) "
                f"select {', '.join(changed.get(name, 'r.' + name) for name in columns)} from {table} r, numbers "
                f"where {'r.id' if table == 'threads_utterance' else 'r.utterance_id'} = %s",
                [first.id],
            )


def test_the_total_is_exact_up_to_a_thousand_and_the_list_ends_there() -> None:
    copy_many(999, "snø overalt", day=NOW)
    found = search("snø", viewer=NOBODY, limit=200, today=TODAY)
    assert (found.total, found.more, len(found.hits)) == (1_000, False, 200)
    say(make_channel(), "mer snø", at=NOW + DAY)
    found = search("snø", viewer=NOBODY, limit=1, today=TODAY)
    assert (found.total, found.more, found.hits[0].text) == (1_000, True, "mer snø")


def test_all_ways_of_walking_give_the_newest_thousand() -> None:
    copy_many(2_500, "snø overalt", day=NOW)
    for query in ("snø", "snø overalt", '"snø overalt"', "snø -regn", "after:2000", "snø before:2025-11"):
        listed: list[datetime] = []
        after = None
        for _ in range(5):
            found = search(query, viewer=NOBODY, limit=200, after=after, today=TODAY)
            listed += [hit.at for hit in found.hits]
            after = found.next_after
        expected = Utterance.objects.order_by("-at", "-id")
        if "before" in query:
            expected = expected.filter(at__lt=datetime(2025, 10, 31, 23, tzinfo=UTC))
        assert (found.total, found.more, found.next_after) == (1_000, True, None)
        assert listed == list(expected.values_list("at", flat=True)[:1_000])
