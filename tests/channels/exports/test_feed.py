import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Arrival, Attachment, Author, Item
from ordskifte.channels.exports.feed import FeedReader
from ordskifte.channels.exports.source import open_export
from tests.channels.exports.made import arrivals, folder, problems, read
from tests.channels.exports.shared import samples

SITE = "https://blogg.eksempel.example"
MODULES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


def rss(*items: str, title: str = "Bloggen", head: str = "<language>nn-no</language>") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {MODULES}><channel><title>{title}</title>'
        f"<link>{SITE}/</link>{head}{''.join(items)}</channel></rss>"
    )


def atom(*entries: str) -> str:
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
        f' xml:lang="nb" xml:base="{SITE}/"><id>urn:feed</id><title>Bloggen</title>'
        f'<link href="{SITE}/"/>{"".join(entries)}</feed>'
    )


def read_text(path: Path, text: str | bytes | object, name: str = "feed.xml") -> list[Item]:
    return read(FeedReader(), folder(path, {name: text}))


def one(path: Path, text: str | bytes) -> Arrival:
    (found,) = arrivals(read_text(path, text))
    return found


def test_an_item_of_rss_comes_out_whole(tmp_path: Path) -> None:
    raw = (
        f"<item><title>Ny &amp; fin</title><link>{SITE}/1</link><guid isPermaLink='false'>tag:1</guid>"
        "<dc:creator>Kari Nordmann</dc:creator><pubDate>Fri, 17 May 2024 12:00:00 +0200</pubDate>"
        "<category>Skule</category><category>Born</category><description>Kort</description>"
        f"<content:encoded><![CDATA[<p>Les <a href='{SITE}/x'>meir</a></p><img src='{SITE}/a.png' alt='Ein tog'>]]>"
        f"</content:encoded><enclosure url='{SITE}/b.mp3' type='audio/mpeg' length='3'/></item>"
    )
    assert read_text(tmp_path, rss(raw)) == [
        Account(f"{SITE}/", "", "Bloggen", f"{SITE}/"),
        Arrival(
            external_id="tag:1",
            kind="post",
            author=Author("name-Kari Nordmann", "", "Kari Nordmann"),
            ours=True,
            title="Ny & fin",
            text=f"Les meir ({SITE}/x)\n\nEin tog",
            raw=raw.encode(),
            raw_type="application/xml",
            file="feed.xml",
            where="entry 1",
            published=datetime(2024, 5, 17, 10, tzinfo=UTC),
            language="nn-no",
            attachments=(
                Attachment("audio/mpeg", f"{SITE}/b.mp3"),
                Attachment("image/png", f"{SITE}/a.png", "", "Ein tog"),
            ),
            permalink=f"{SITE}/1",
            extra={"tags": "Skule, Born"},
        ),
    ]


def test_an_entry_of_atom_comes_out_whole(tmp_path: Path) -> None:
    raw = (
        "<entry><id>urn:1</id><title type='html'>&lt;b&gt;Hei&lt;/b&gt;</title><link href='en'/>"
        f"<author><name>Kari</name><email>kari@privat.example</email><uri>{SITE}/kari</uri></author>"
        "<published>2024-05-17T10:00:00Z</published><updated>2024-05-18T10:00:00Z</updated>"
        "<content type='xhtml' xml:lang='se'><div xmlns='http://www.w3.org/1999/xhtml'>Bures "
        "<a href='x'>din</a></div></content>"
        "</entry>"
    )
    assert read_text(tmp_path, atom(raw)) == [
        Account("urn:feed", "", "Bloggen", f"{SITE}/"),
        Arrival(
            external_id="urn:1",
            version_key="2024-05-18T10:00:00+00:00",
            kind="post",
            author=Author(f"{SITE}/kari", "", "Kari", f"{SITE}/kari"),
            ours=True,
            title="Hei",
            text=f"Bures din ({SITE}/x)",
            raw=raw.encode(),
            raw_type="application/xml",
            file="feed.xml",
            where="entry 1",
            published=datetime(2024, 5, 17, 10, tzinfo=UTC),
            edited=datetime(2024, 5, 18, 10, tzinfo=UTC),
            language="nb",
            permalink=f"{SITE}/en",
        ),
    ]


def test_an_atom_feed_with_a_prefix_and_rdf_are_read(tmp_path: Path) -> None:
    prefixed = '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>En</a:title></a:entry></a:feed>'
    assert one(tmp_path / "a", prefixed).title == "En"
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f'<channel rdf:about="x"><title>Bloggen</title><link>{SITE}</link><items><rdf:Seq/></items></channel>'
        '<item rdf:about="urn:1"><title>En</title></item><item rdf:about="urn:2"><title>To</title></item></rdf:RDF>'
    )
    items = read_text(tmp_path / "b", rdf)
    assert [found.title for found in arrivals(items)] == ["En", "To"]
    assert items[0] == Account(SITE, "", "Bloggen", SITE)


@pytest.mark.parametrize(
    ("item", "parent"),
    [
        ('<item><guid>c1</guid><thr:in-reply-to ref="tag:1" href="https://x.example"/></item>', "tag:1"),
        (f"<item><link>{SITE}/innlegg/#comment-17</link></item>", f"{SITE}/innlegg/"),
        (f"<item><guid>{SITE}/?p=3#comment-4</guid></item>", f"{SITE}/?p=3"),
    ],
)
def test_comments_name_what_they_answer_and_are_not_ours(tmp_path: Path, item: str, parent: str) -> None:
    found = one(tmp_path, rss(item))
    assert (found.kind, found.ours, found.parent_id, found.thread_id) == ("comment", False, parent, parent)


@pytest.mark.parametrize("title", ["Comments on: Ny skole", "Kommentarer til: Ny skole", "Kommentarar til: Ny skule"])
def test_a_feed_of_comments_is_known_by_its_title(tmp_path: Path, title: str) -> None:
    found = one(tmp_path, rss("<item><guid>1</guid><title>Av: Ola</title></item>", title=title))
    assert (found.kind, found.parent_id) == ("comment", f"{SITE}/")


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<author>kari@privat.example (Kari Nordmann)</author>", "Kari Nordmann"),
        ("<author>kari@privat.example</author>", None),
        ("<dc:creator>Ordføraren</dc:creator>", "Ordføraren"),
        ("", None),
    ],
)
def test_an_e_mail_address_is_nobodys_name(tmp_path: Path, author: str, name: str | None) -> None:
    found = one(tmp_path, rss(f"<item><guid>1</guid>{author}</item>"))
    assert (found.author.name if found.author else None) == name
    assert "privat" not in repr([getattr(found, part) for part in Arrival.__slots__ if part != "raw"])


@pytest.mark.parametrize(
    ("date", "published", "remarks"),
    [
        ("<pubDate>2024-05-17 10:00:00</pubDate>", datetime(2024, 5, 17, 10, tzinfo=UTC), ()),
        ("<dc:date>2024-05-17T12:00:00+02:00</dc:date>", datetime(2024, 5, 17, 10, tzinfo=UTC), ()),
        ("<pubDate>Sat, 01 Jan 1969 00:00:00 GMT</pubDate>", datetime(1969, 1, 1, tzinfo=UTC), ()),
        ("<pubDate>Mon, 31 Dec 2106 00:00:00 GMT</pubDate>", datetime(2106, 12, 31, tzinfo=UTC), ()),
        ("<pubDate>i går</pubDate>", None, (reasons.BAD_DATE,)),
        ("<pubDate>30 Feb 99999 10:00 GMT</pubDate>", None, (reasons.BAD_DATE,)),
        ("", None, ()),
    ],
)
def test_dates_of_all_sorts(tmp_path: Path, date: str, published: datetime | None, remarks: tuple[str, ...]) -> None:
    found = one(tmp_path, rss(f"<item><guid>1</guid>{date}</item>"))
    assert (found.published, found.edited, found.remarks) == (published, None, remarks)


HOSTILE = [
    "<script>alert(1)</script>Hei",
    '<img src=x onerror="alert(1)">Hei',
    '<a href="javascript:alert(1)">Hei</a>',
    "<style>p{background:url(javascript:1)}</style>Hei",
    '<svg/onload="alert(1)">Hei</svg>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>Hei",
    '<p style="x:expression(alert(1))">Hei</p>',
    "<math><mtext></table><script>alert(1)</script></mtext></math>Hei",
    "<!--><script>alert(1)</script>-->Hei",
    "<object data='data:text/html,<script>alert(1)</script>'></object>Hei",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("padding", ["", " x" * 20_000])
def test_hostile_html_leaves_only_words(tmp_path: Path, html: str, padding: str) -> None:
    item = f"<item><title><![CDATA[{html}]]></title><description><![CDATA[{html}{padding}]]></description></item>"
    found = one(tmp_path, rss(item))
    said = found.text.replace(padding, "") + found.title
    assert "Hei" in said
    assert "<" not in said
    assert "script" not in said
    assert found.attachments == ()


def test_one_broken_item_is_mended_and_the_next_comes(tmp_path: Path) -> None:
    items = read_text(
        tmp_path,
        rss(
            "<item><title>Kaffe & <b>kaker</title></item>",
            "<item><title>Aldri lukket</title>",
            "<item><title>Hel</title></item>",
        ),
    )
    assert [(found.title, found.remarks) for found in arrivals(items)] == [
        ("Kaffe & kaker", (reasons.XML_REPAIRED,)),
        ("Aldri lukket", (reasons.XML_REPAIRED,)),
        ("Hel", ()),
    ]


def test_what_feedparser_cannot_bear_is_mended_before_it_gets_it(tmp_path: Path) -> None:
    found = one(tmp_path, rss("<item><title>Før &#99999999999; & etter</title></item>"))
    assert (found.title[:3], found.title[-5:], found.remarks) == ("Før", "etter", (reasons.XML_REPAIRED,))


@pytest.mark.parametrize("broken", ["Kaffe & kaker ", "en\x0bto "])
def test_a_long_broken_item_is_mended_too(tmp_path: Path, broken: str) -> None:
    long = f"<item><title>Lang</title><description>{broken * 5000}</description></item>"
    found = one(tmp_path, rss(long))
    assert (found.title, found.remarks) == ("Lang", (reasons.XML_REPAIRED,))
    assert len(found.text) > 15_000


def test_an_item_deeper_or_larger_than_any_honest_one_is_a_problem(tmp_path: Path) -> None:
    deep = "<item>" + "<x>" * 20_000 + "</x>" * 20_000 + "</item>"
    items = read_text(tmp_path, rss(deep, f"<item>{'x' * MAX_ITEM}</item>", "<item><title>Hel</title></item>"))
    assert problems(items) == [("entry 1", reasons.NOT_XML), ("entry 2", reasons.TOO_LARGE)]
    assert [found.title for found in arrivals(items)] == ["Hel"]


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = rss("<item><title>x&b;&f;y</title></item>").partition("?>")[2]
    items = read_text(tmp_path, bomb + text)
    assert problems(items) == [("the beginning", reasons.ENTITIES)]
    title = arrivals(items)[0].title
    assert ("haha" in title, "root:" in title) == (False, False)


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("big5", "市政府公告"),
        ("euc-jp", "市役所のお知らせ"),
        ("shift_jis", "市役所のお知らせ"),
        ("koi8-r", "Новости города"),
        ("windows-1251", "Новости города"),
        ("iso-2022-jp", "市役所のお知らせ"),
        ("iso-8859-1", "Blåbærsyltetøy"),
        ("utf-16", "Čáhppes beana 🐕"),
        ("utf-8", "Čáhppes beana 🐕"),
    ],
)
def test_declared_encodings_come_out_right(tmp_path: Path, encoding: str, words: str) -> None:
    text = rss(f"<item><title>{words}</title></item>").replace('encoding="UTF-8"', f'encoding="{encoding}"')
    found = one(tmp_path, text.encode(encoding))
    assert (found.title, found.remarks) == (words, ())


def test_an_undeclared_western_encoding_comes_out_right(tmp_path: Path) -> None:
    text = rss("<item><title>Blåbærsyltetøy – «godt»</title></item>").partition("?>")[2]
    assert one(tmp_path, text.encode("cp1252")).title == "Blåbærsyltetøy – «godt»"


@pytest.mark.parametrize("text", [rss(), atom(), "<rss></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'/>"])
def test_an_empty_feed_is_no_items(tmp_path: Path, text: str) -> None:
    assert [item for item in read_text(tmp_path, text) if not isinstance(item, Account)] == []


def test_a_feed_whose_items_are_called_otherwise_is_read_whole(tmp_path: Path) -> None:
    text = "<rss><channel><title>x</title><ITEM><TITLE>Skrik</TITLE></ITEM></channel></rss>"
    (found,) = arrivals(read_text(tmp_path, text))
    assert (found.title, found.raw, found.where, found.remarks) == ("Skrik", None, "entry 1", (reasons.XML_REPAIRED,))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<html><rss></html>",
        "<opml/>",
        "rss",
        "{}",
        '{"version":"2"}',
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item/></channel></rss>',
        "<!-- " * 9000,
        "<!DOCTYPE [" * 5000,
    ],
)
def test_what_is_no_feed_is_not_claimed(tmp_path: Path, text: str) -> None:
    assert FeedReader().claim(folder(tmp_path, {"a.xml": text})) == []


def test_without_id_or_address_the_id_is_a_digest_of_what_it_says(tmp_path: Path) -> None:
    items = "<item><title>En</title></item><item><title>To</title></item><item><title>En</title></item>"
    first, second, third = (found.external_id for found in arrivals(read_text(tmp_path, rss(items))))
    assert first == third != second
    assert first.startswith("sha256-")


def test_what_media_say_is_alt_text_or_the_words_of_an_entry_without_any(tmp_path: Path) -> None:
    words = "<media:title>Tittel</media:title><media:description type='plain'>Ei bru</media:description>"
    media = f'<media:content url="{SITE}/a.jpg" type="image/jpeg">{words}</media:content>'
    found = one(tmp_path / "a", rss(f"<item><guid>1</guid><description>Opning</description>{media}</item>"))
    assert (found.text, found.attachments) == ("Opning", (Attachment("image/jpeg", f"{SITE}/a.jpg", "", "Ei bru"),))
    found = one(tmp_path / "b", rss(f"<item><guid>1</guid>{media}</item>"))
    assert (found.text, found.attachments) == ("Ei bru", (Attachment("image/jpeg", f"{SITE}/a.jpg"),))


JSON_FEED: dict[str, Any] = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Bloggen",
    "home_page_url": SITE,
    "feed_url": f"{SITE}/feed.json",
    "language": "nn",
    "authors": [{"name": "Kari", "url": f"{SITE}/kari"}],
    "items": [
        {
            "id": 17,
            "url": f"{SITE}/17",
            "title": "Ein",
            "content_html": "<p>Hei<script>x</script></p>",
            "date_published": "2024-05-17T12:00:00+02:00",
            "date_modified": "2024-05-18T12:00:00+02:00",
            "tags": ["a", 3, "b"],
            "attachments": [{"url": f"{SITE}/a.mp3", "mime_type": "audio/mpeg", "title": "Opptak"}, 7],
        },
        {"id": "to", "content_text": "Rein tekst <b>", "author": {"name": "Ola"}, "date_published": "i går"},
        {"content_text": "utan id"},
        "ikkje noko",
    ],
}


def test_a_json_feed_comes_out_whole(tmp_path: Path) -> None:
    text = json.dumps(JSON_FEED)
    items = read_text(tmp_path, text, "feed.json")
    assert items[:2] == [
        Account(f"{SITE}/feed.json", "", "Bloggen", SITE),
        Arrival(
            external_id="17",
            version_key="2024-05-18T10:00:00+00:00",
            kind="post",
            author=Author(f"{SITE}/kari", "", "Kari", f"{SITE}/kari"),
            ours=True,
            title="Ein",
            text="Hei",
            raw=json.dumps(JSON_FEED["items"][0]).encode(),
            raw_type="application/json",
            file="feed.json",
            where="item 1",
            published=datetime(2024, 5, 17, 10, tzinfo=UTC),
            edited=datetime(2024, 5, 18, 10, tzinfo=UTC),
            language="nn",
            attachments=(Attachment("audio/mpeg", f"{SITE}/a.mp3", "", "Opptak"),),
            permalink=f"{SITE}/17",
            extra={"tags": "a, b"},
        ),
    ]
    second = arrivals(items)[1]
    assert (second.external_id, second.text, second.author, second.remarks) == (
        "to",
        "Rein tekst <b>",
        Author("name-Ola", "", "Ola"),
        (reasons.BAD_DATE,),
    )
    assert problems(items) == [("item 3", reasons.NO_ID), ("item 4", reasons.WRONG_SHAPE)]


WHOLE = rss(*(f"<item><guid>{n}</guid><title>Nr {n}</title></item>" for n in range(6))).encode()


@given(st.integers(1, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_what_was_whole_before_the_cut_comes_out(
    tmp_path_factory: pytest.TempPathFactory, at: int
) -> None:
    items = list(FeedReader().read(folder(tmp_path_factory.mktemp("cut"), {"a.xml": WHOLE[:at]}), ["a.xml"]))
    whole = WHOLE[:at].count(b"</item>")
    assert [found.title for found in arrivals(items)][:whole] == [f"Nr {n}" for n in range(whole)]
    assert len(arrivals(items)) + len(problems(items)) <= whole + 1


# entries of each sample, counted by feedparser on the whole file and by hand
EMPTY = {
    "always_strip_doctype", "http_high_bit_date", "feed_copyright_onchange", "feed_copyright_onmousedown",
    "feed_info_link", "feed_subtitle_onchange", "feed_tagline_ondblclick", "feed_title_onblur",
    "feed_title_script_inline", "atom10__feed_link_href", "atom10__feed_link_rel_self_default_type",
    "atom10__feed_subtitle_content_value", "atom__atom_namespace_5", "atom__feed_author_homepage",
    "atom__feed_author_uri", "atom__feed_copyright_base64_2", "atom__feed_generator_name",
    "atom__feed_info_content_value", "atom__feed_tagline_inline_markup", "base__feed_copyright_xml_base",
    "base__feed_tagline_xml_base_inherit_4", "base__feed_title_xml_base", "lang__feed_tagline_xml_lang_inherit_2",
    "lang__feed_title_xml_lang_blank", "rss__channel_dc_author", "rss__channel_title", "rss__rss_version_21",
}  # fmt: skip


@pytest.mark.shared
@pytest.mark.parametrize("group", ["rss", "wellformed", "illformed", "sanitize"])
def test_every_sample_feed_gives_its_entries(group: str) -> None:
    files = sorted(samples(f"feeds/{group}").glob("*.xml"))
    assert files
    for path in files:
        export = open_export(path)
        names = FeedReader().claim(export)
        items = list(FeedReader().read(export, names))
        wanted = {"feed_with_audio_video.rss": 2, "rss_empty_document": 0}.get(path.stem, int(path.stem not in EMPTY))
        assert (path.stem, len(arrivals(items)), problems(items)) == (path.stem, wanted, [])
        assert bool(names) is (path.stem != "rss_empty_document")
        for found in arrivals(items):
            assert found.raw is not None
            assert found.raw in path.read_bytes()


@pytest.mark.shared
def test_nothing_of_the_hostile_samples_survives() -> None:
    texts: Counter[str] = Counter()
    for path in sorted(samples("feeds/sanitize").glob("*.xml")):
        for found in arrivals(read(FeedReader(), open_export(path))):
            texts[found.text] += 1
            assert "<" not in found.title + found.text
            assert "location" not in found.title + found.text
    assert texts == {"": 15, "safe description": 5, "Some text": 3}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("eucjp", "ゲーム三昧な正月"),
        ("gb2312", "不归移民漫画系列：专业工作"),
        ("shiftjis", "DrecomRSSに記事投稿が反映されない…"),
    ],
)
def test_undeclared_eastern_encodings_come_out_right(name: str, words: str) -> None:
    (found,) = arrivals(read(FeedReader(), open_export(samples(f"feeds/illformed/{name}.xml"))))
    assert found.title == words
