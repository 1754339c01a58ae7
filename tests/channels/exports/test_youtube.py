import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Arrival, Author, Item
from ordskifte.channels.exports.source import open_export
from ordskifte.channels.exports.youtube import YoutubeReader
from ordskifte.channels.exports.youtube_text import text_of
from tests.channels.exports.made import arrivals, folder, problems, read, zipped
from tests.channels.exports.shared import table

ME = "UCabcdefghijklmnopqrst12"
ID = "UgxAbcdefghijklmnop4AaABAg"
VIDEO = "aBc-De_fg12"
TIME = "2024-05-17T10:00:00.123456+00:00"
ENGLISH = (
    "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Post ID,Video ID,Comment Text,"
    "Top-Level Comment ID"
)
GERMAN = (
    "Kommentar-ID,Kanal-ID,Zeitstempel der Erstellung des Kommentars,Preis,Übergeordnete Kommentar-ID,Beitrags-ID,"
    "Video-ID,Kommentartext,Kommentar-ID der obersten Ebene"
)
NORWEGIAN = (
    "Kommentar-ID,Kanal-ID,Tidspunktet kommentaren ble opprettet,Pris,ID for overordnet kommentar,Innleggs-ID,"
    "Video-ID,Kommentartekst,ID for kommentar på øverste nivå"
)
SHORTER = "Comment ID,Channel ID,Comment Create Timestamp,Price,Parent Comment ID,Video ID,Comment Text"


def said(*pieces: str) -> str:
    return ",".join(json.dumps({"text": piece}, ensure_ascii=False) for piece in pieces)


def row(*cells: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode()


def table_of(heading: str, *rows: bytes) -> bytes:
    return heading.encode() + b"\n" + b"".join(rows)


def read_bytes(path: Path, data: bytes, name: str = "comments.csv") -> list[Item]:
    return read(YoutubeReader(), folder(path, {name: data}))


FIRST = row(ID, ME, TIME, "0", "", "", VIDEO, said("Hei ", "på ", "\n", "dere"), ID)


@pytest.mark.parametrize("heading", [ENGLISH, GERMAN, NORWEGIAN, "\ufeff" + NORWEGIAN, ENGLISH + "\r"])
def test_a_comment_comes_out_whole_whatever_the_headings_language(tmp_path: Path, heading: str) -> None:
    assert read_bytes(tmp_path, table_of(heading, FIRST)) == [
        Account(ME, "", "", f"https://www.youtube.com/channel/{ME}"),
        Arrival(
            external_id=ID,
            kind="comment",
            author=Author(ME, "", "", f"https://www.youtube.com/channel/{ME}"),
            ours=True,
            text="Hei på \ndere",
            raw=FIRST,
            raw_type="text/csv",
            file="comments.csv",
            where="row 1",
            thread_id=VIDEO,
            published=datetime(2024, 5, 17, 10, 0, 0, 123456, tzinfo=UTC),
            permalink=f"https://www.youtube.com/watch?v={VIDEO}&lc={ID}",
        ),
    ]


def test_a_reply_names_its_parent(tmp_path: Path) -> None:
    own = f"{ID}.9abcDEF"
    rows = [
        row(own, ME, TIME, "0", ID, "", VIDEO, said("Ja"), ID),
        row(own, ME, TIME, "0", "", "", VIDEO, said("Ja"), ""),
    ]
    found = arrivals(read_bytes(tmp_path, table_of(ENGLISH, FIRST, *rows)))
    assert [(one.kind, one.parent_id) for one in found] == [("comment", None), ("reply", ID), ("reply", ID)]


def test_the_shorter_older_table_is_read_by_its_order(tmp_path: Path) -> None:
    data = table_of(SHORTER, row(ID, ME, TIME, "1.50", "", VIDEO, said("Hei")))
    (found,) = arrivals(read_bytes(tmp_path, data))
    assert (found.text, found.thread_id, found.parent_id, found.extra) == ("Hei", VIDEO, None, {"price": "1.50"})


def test_a_comment_on_a_post_hangs_on_the_post(tmp_path: Path) -> None:
    (found,) = arrivals(
        read_bytes(tmp_path, table_of(ENGLISH, row(ID, ME, TIME, "0", "", "UgkxPost", "", said("x"), ID)))
    )
    assert (found.thread_id, found.permalink) == ("UgkxPost", f"https://www.youtube.com/post/UgkxPost?lc={ID}")


def test_live_chats_are_marked(tmp_path: Path) -> None:
    heading = "Live Chat ID,Channel ID,Live Chat Create Timestamp,Price,Video ID,Live Chat Text"
    (found,) = arrivals(read_bytes(tmp_path, table_of(heading, row(ID, ME, TIME, "0", VIDEO, said("Heia")))))
    assert (found.text, found.thread_id, found.extra) == ("Heia", VIDEO, {"live": "yes"})


@pytest.mark.parametrize(
    ("cell", "text", "remarks"),
    [
        ("", "", ()),
        ("Bare ord", "Bare ord", ()),
        ('{"text":"a"},{"text":"\n"},{"text":"b"}', "a\nb", ()),
        ('{"takeoutSegments":[{"text":"a "},{"text":"b"}]}', "a b", ()),
        ('[{"text":"a"},17,{"annet":1}]', "a", ()),
        (
            '{"text":"@Kari","mention":{"externalChannelId":"UC1","displayName":"Kari"}},{"text":" hei"}',
            "@Kari hei",
            (),
        ),
        ('{"text":"https://a.ex...","link":{"linkUrl":"https://a.example/x"}}', "https://a.example/x", ()),
        ('{"text":"her","link":{"linkUrl":"https://a.example/x"}}', "her (https://a.example/x)", ()),
        ('{"text":"1:02","videoLink":{"externalVideoId":"v"}}', "1:02 (https://www.youtube.com/watch?v=v)", ()),
        ('{"text":"uten slutt', '{"text":"uten slutt', (reasons.NOT_JSON,)),
        ("[" * 100_000, "[" * 100_000, (reasons.NOT_JSON,)),
        ('{"text":17,"link":"x"}', "", ()),
    ],
)
def test_the_pieces_of_a_text_are_put_together(cell: str, text: str, remarks: tuple[str, ...]) -> None:
    assert text_of(cell) == (text, remarks)


def test_quoted_line_breaks_belong_to_their_row(tmp_path: Path) -> None:
    rows = [row(ID + str(n), ME, TIME, "0", "", "", VIDEO, f'{{"text":"linje\n{n}\n\nslutt"}}', ID) for n in range(3)]
    found = arrivals(read_bytes(tmp_path, table_of(ENGLISH, *rows)))
    assert [one.raw for one in found] == rows
    assert found[2].text == "linje\n2\n\nslutt"


def test_a_quote_never_closed_is_one_problem_and_the_next_row_comes(tmp_path: Path) -> None:
    bad = FIRST.rstrip(b"\n").removesuffix(b"," + ID.encode()).removesuffix(b'"') + b"\n"
    items = read_bytes(tmp_path, table_of(ENGLISH, FIRST, bad, FIRST))
    assert (problems(items), len(arrivals(items))) == ([("row 2", reasons.NOT_A_ROW)], 2)


def test_rows_that_are_no_comments_are_problems(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, table_of(ENGLISH, FIRST, b"bare,tull\n", b"\n", FIRST))
    assert (problems(items), len(arrivals(items))) == ([("row 2", reasons.NOT_A_ROW)], 2)


def test_a_row_over_the_cap_is_a_problem(tmp_path: Path) -> None:
    huge = row(ID, ME, TIME, "0", "", "", VIDEO, said("x" * (MAX_ITEM + 1)), ID)
    items = read_bytes(tmp_path, table_of(ENGLISH, FIRST, huge, FIRST))
    assert [(where, why) for where, why in problems(items)] == [("row 2", reasons.TOO_LARGE)]
    assert len(arrivals(items)) == 2


def test_wrong_letters_and_wrong_dates_are_remarked(tmp_path: Path) -> None:
    data = table_of(ENGLISH, row(ID, ME, "2024-02-31T10:00:00Z", "0", "", "", VIDEO, said("Blåbær"), ID))
    (found,) = arrivals(read_bytes(tmp_path, data.decode().encode("cp1252")))
    assert (found.text, found.published, found.remarks) == (
        "Blåbær",
        None,
        (reasons.ENCODING_REPAIRED, reasons.BAD_DATE),
    )


def test_a_heading_alone_is_an_empty_export(tmp_path: Path) -> None:
    assert YoutubeReader().claim(folder(tmp_path, {"c.csv": NORWEGIAN + "\n"})) == ["c.csv"]
    assert read_bytes(tmp_path, NORWEGIAN.encode() + b"\n") == []


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"Playlist ID,Video ID\nPL1,aBc-De_fg12\n", b"<ul><li>x</li></ul>", b"\x00\x01", b"{}"]
)
def test_what_is_no_takeout_is_not_claimed(tmp_path: Path, data: bytes) -> None:
    assert YoutubeReader().claim(folder(tmp_path, {"comments.csv": data})) == []


def test_several_parts_in_a_zip_are_one_account(tmp_path: Path) -> None:
    files = {"Takeout/kommentarer/kommentarer.csv": table_of(NORWEGIAN, FIRST)}
    files["Takeout/kommentarer/kommentarer(1).csv"] = table_of(NORWEGIAN, FIRST.replace(b"Ugx", b"Ugy"))
    items = read(YoutubeReader(), open_export(zipped(tmp_path / "t.zip", files)))
    assert (len(arrivals(items)), len([one for one in items if isinstance(one, Account)])) == (2, 1)


def entry(text: str, *, lc: str = ID, verb: str = "La til en") -> str:
    video = f"http://www.youtube.com/watch?v={VIDEO}"
    return (
        f'<li>{verb} <a href="{video}&amp;lc={lc}">kommentar</a> på <a href="{video}">Åpning av brua</a> '
        f"2018-05-17 10:00:00 UTC.<br/>{text}</li>"
    )


def page(*entries: str) -> bytes:
    return f"<html><body><ul>{''.join(entries)}</ul></body></html>".encode()


def test_the_older_page_gives_its_comments(tmp_path: Path) -> None:
    made = entry("Flott <b>bru</b> &amp; fin dag<br>to linjer")
    (found,) = read_bytes(tmp_path, page(made), "my-comments.html")
    assert found == Arrival(
        external_id=ID,
        kind="comment",
        author=None,
        ours=True,
        text="Flott bru & fin dag\nto linjer",
        raw=made.encode(),
        raw_type="text/html",
        file="my-comments.html",
        where="entry 1",
        thread_id=VIDEO,
        published=datetime(2018, 5, 17, 10, tzinfo=UTC),
        permalink=f"https://www.youtube.com/watch?v={VIDEO}&lc={ID}",
        extra={"video_title": "Åpning av brua"},
    )


def test_replies_and_live_chats_on_the_older_page(tmp_path: Path) -> None:
    live = f'<li>Sendt 2020-04-27 23:18:23 UTC mens <a href="http://www.youtube.com/watch?v={VIDEO}">film</a>.<br/>Hei</li>'
    found = arrivals(read_bytes(tmp_path, page(entry("Ja", lc=f"{ID}.123"), live, live), "p.html"))
    assert [(one.kind, one.parent_id, one.extra.get("live")) for one in found] == [
        ("reply", ID, None),
        ("comment", None, "yes"),
        ("comment", None, "yes"),
    ]
    assert len({one.external_id for one in found}) == 3


def test_nothing_foreign_survives_on_the_older_page(tmp_path: Path) -> None:
    bad = entry('<script>alert(1)</script><img src=x onerror="alert(1)">Hei')
    assert arrivals(read_bytes(tmp_path, page(bad), "p.html"))[0].text == "Hei"


def test_entries_of_the_wrong_form_are_problems(tmp_path: Path) -> None:
    data = page(entry("En"), "<li>Noe helt annet</li>", entry("To")) + b"<li>avbrutt"
    items = read_bytes(tmp_path, data, "p.html")
    assert problems(items) == [("entry 2", reasons.WRONG_SHAPE), ("entry 4", reasons.TRUNCATED)]
    assert [one.text for one in arrivals(items)] == ["En", "To"]


WHOLE = table_of(ENGLISH, *(row(f"{ID}{n}", ME, TIME, "0", "", "", VIDEO, said(f"Nr {n}\n"), ID) for n in range(6)))


@given(st.integers(0, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_the_rows_before_the_cut_come_out(tmp_path_factory: pytest.TempPathFactory, at: int) -> None:
    items = list(YoutubeReader().read(folder(tmp_path_factory.mktemp("cut"), {"a.csv": WHOLE[:at]}), ["a.csv"]))
    whole = max(0, WHOLE[:at].count(b"\n") - 1)
    texts = [one.text for one in arrivals(items)]
    assert texts[:whole] == [f"Nr {n}\n" for n in range(whole)]
    assert len(texts) + len(problems(items)) <= whole + 1


@pytest.mark.shared
def test_the_videos_of_the_sample_are_the_threads_of_a_table_in_german(tmp_path: Path) -> None:
    # The sample holds the platform's answers for the same comments; the table itself is described, not published.
    videos = sorted(table("youtube_takeout/enrichment-data.json")["videos"])
    rows = [row(f"{ID}{n}", ME, TIME, "0", "", "", video, said("x"), "") for n, video in enumerate(videos)]
    assert [one.thread_id for one in arrivals(read_bytes(tmp_path, table_of(GERMAN, *rows)))] == videos
