from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.contract import MAX_ITEM, Account, Arrival, Attachment, Author, Item, Problem
from ordskifte.channels.exports.source import open_export
from ordskifte.channels.exports.wordpress import WordpressReader
from ordskifte.channels.exports.wordpress_items import text_of
from tests.channels.exports.made import arrivals, folder, others, problems, read, zipped
from tests.channels.exports.shared import samples

NS = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"'
)
AUTHOR = (
    "<wp:author><wp:author_id>7</wp:author_id><wp:author_login><![CDATA[kari]]></wp:author_login>"
    "<wp:author_email>kari@eksempel.example</wp:author_email>"
    "<wp:author_display_name><![CDATA[Kari Nordmann]]></wp:author_display_name></wp:author>"
)
SITE = "https://blogg.eksempel.example"
HEAD = f"<title>Bloggen</title><link>{SITE}</link><wp:base_blog_url>{SITE}</wp:base_blog_url>{AUTHOR}"


def wxr(*items: str, head: str = HEAD) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress" -->\n<rss version="2.0" {NS}>'
        f"<channel>{head}{''.join(items)}</channel></rss>"
    )


def item(
    number: int, *more: str, content: str = "", title: str = "", status: str = "publish", kind: str = "post"
) -> str:
    return (
        f"<item><title>{title}</title><link>{SITE}/{number}</link><dc:creator>kari</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>2024-05-{number:02d} 08:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
        f"<wp:post_type>{kind}</wp:post_type>{''.join(more)}</item>"
    )


def comment(number: int, text: str, *, name: str = "Ola", parent: int = 0, user: int = 0, approved: str = "1") -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author><![CDATA[{name}]]></wp:comment_author>"
        "<wp:comment_author_email>ola@privat.example</wp:comment_author_email>"
        "<wp:comment_author_url>https://ola.example</wp:comment_author_url>"
        "<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date_gmt>2024-05-20 0{number}:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_parent>{parent}</wp:comment_parent>"
        f"<wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>"
    )


def read_text(path: Path, text: str | bytes) -> list[Item]:
    return read(WordpressReader(), folder(path, {"eksport.xml": text}))


def test_a_post_comes_out_whole(tmp_path: Path) -> None:
    raw = item(
        3,
        '<category domain="post_tag" nicename="a"><![CDATA[Skole]]></category><category>Barn</category>',
        "<excerpt:encoded><![CDATA[Kort]]></excerpt:encoded>",
        "<wp:post_modified_gmt>2024-06-01 12:00:00</wp:post_modified_gmt>",
        content='<!-- wp:paragraph --><p>Ny skole på <a href="https://a.example">Åsen</a></p><!-- /wp:paragraph -->',
        title="Byggestart &amp; fest",
    )
    items = read_text(tmp_path, wxr(raw))
    assert items == [
        Account(SITE, "", "Bloggen", SITE),
        Arrival(
            external_id="post-3",
            version_key="2024-06-01T12:00:00+00:00",
            kind="post",
            author=Author("user-7", "kari", "Kari Nordmann"),
            ours=True,
            title="Byggestart & fest",
            text="Ny skole på Åsen (https://a.example)",
            raw=raw.encode(),
            raw_type="application/xml",
            file="eksport.xml",
            where="item 1",
            published=datetime(2024, 5, 3, 8, tzinfo=UTC),
            edited=datetime(2024, 6, 1, 12, tzinfo=UTC),
            permalink=f"{SITE}/3",
            extra={"status": "publish", "tags": "Skole, Barn", "excerpt": "Kort"},
        ),
    ]


def test_comments_are_utterances_with_bytes_of_their_own(tmp_path: Path) -> None:
    one, two = comment(1, "Fint!"), comment(2, "Takk", parent=1, user=7, name="kari")
    whole = item(3, one, two, content="Hei")
    items = arrivals(read_text(tmp_path, wxr(whole)))
    assert [found.raw for found in items] == [
        one.encode(),
        two.encode(),
        whole.replace(one, "").replace(two, "").encode(),
    ]
    first, second, _ = items
    assert first == Arrival(
        external_id="comment-1",
        kind="comment",
        author=Author("name-Ola https://ola.example", "", "Ola", "https://ola.example"),
        ours=False,
        text="Fint!",
        raw=one.encode(),
        raw_type="application/xml",
        file="eksport.xml",
        where="item 1 comment 1",
        published=datetime(2024, 5, 20, 1, tzinfo=UTC),
        parent_id="post-3",
        thread_id="post-3",
        permalink=f"{SITE}/3#comment-1",
        extra={"status": "approved"},
    )
    assert (second.parent_id, second.ours, second.author) == (
        "comment-1",
        True,
        Author("user-7", "kari", "Kari Nordmann"),
    )


def test_mail_and_network_addresses_of_commenters_stay_in_the_bytes(tmp_path: Path) -> None:
    for found in arrivals(read_text(tmp_path, wxr(item(3, comment(1, "Hei"))))):
        said = repr([getattr(found, name) for name in Arrival.__slots__ if name != "raw"])
        assert ("192.0.2.7" in said, "privat.example" in said) == (False, False)


def test_a_new_comment_does_not_change_the_posts_bytes(tmp_path: Path) -> None:
    before = arrivals(read_text(tmp_path / "a", wxr(item(3, content="Hei"))))[-1]
    after = arrivals(read_text(tmp_path / "b", wxr(item(3, comment(1, "Ny"), content="Hei"))))[-1]
    assert before.raw == after.raw


@pytest.mark.parametrize(
    ("approved", "status"),
    [("1", "approved"), ("0", "hold"), ("spam", "spam"), ("trash", "trash"), ("post-trashed", "trash"), ("ny", "ny")],
)
def test_a_comments_status_is_kept(tmp_path: Path, approved: str, status: str) -> None:
    assert arrivals(read_text(tmp_path, wxr(item(1, comment(1, "x", approved=approved)))))[0].extra == {
        "status": status
    }


@pytest.mark.parametrize(
    ("status", "visibility"),
    [("publish", "public"), ("draft", "private"), ("private", "private"), ("trash", "private"), ("pending", "private")],
)
def test_drafts_and_private_posts_are_private_and_so_are_their_comments(
    tmp_path: Path, status: str, visibility: str
) -> None:
    found = arrivals(read_text(tmp_path, wxr(item(1, comment(1, "x"), status=status))))
    assert [(one.visibility, one.extra["status"]) for one in found] == [(visibility, "approved"), (visibility, status)]


def test_a_post_with_a_password_is_private(tmp_path: Path) -> None:
    items = read_text(tmp_path, wxr(item(1, "<wp:post_password>hemmelig</wp:post_password>")))
    assert arrivals(items)[0].visibility == "private"


def test_pingbacks_are_links(tmp_path: Path) -> None:
    one = comment(1, "[...]").replace("</wp:comment>", "<wp:comment_type>pingback</wp:comment_type></wp:comment>")
    assert arrivals(read_text(tmp_path, wxr(item(1, one))))[0].kind == "link"


def attachment(number: int, parent: int, url: str, alt: str) -> str:
    return item(
        number,
        f"<wp:post_parent>{parent}</wp:post_parent><wp:attachment_url><![CDATA[{url}]]></wp:attachment_url>",
        "<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>",
        kind="attachment",
        status="inherit",
    )


def test_pictures_join_the_post_they_hang_on_even_when_they_come_later(tmp_path: Path) -> None:
    content = (
        '<img src="https://b.example/tog-300x200.jpg" alt="i teksten"/><img src="https://b.example/to.png" alt="To">'
    )
    featured = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>9</wp:meta_value></wp:postmeta>"
    items = read_text(
        tmp_path,
        wxr(
            item(3, featured, content=content),
            attachment(8, 3, "https://b.example/tog.jpg", "Toget på Åsen"),
            attachment(9, 0, "https://b.example/framside.jpg", ""),
        ),
    )
    assert arrivals(items)[0].attachments == (
        Attachment("image/jpeg", "https://b.example/tog.jpg", "", "Toget på Åsen"),
        Attachment("image/jpeg", "https://b.example/framside.jpg"),
        Attachment("image/png", "https://b.example/to.png", "", "To"),
    )
    assert others(items) == ["attachment", "attachment"]


def test_menus_templates_and_empty_own_types_are_counted_and_pages_are_pages(tmp_path: Path) -> None:
    items = read_text(
        tmp_path,
        wxr(
            item(1, kind="nav_menu_item", content="x"),
            item(2, kind="wp_template", content="x"),
            item(3, kind="nyhet", content="Nytt"),
            item(4, kind="nyhet"),
            item(5, kind="page", content="Om oss"),
        ),
    )
    assert others(items) == ["nav_menu_item", "wp_template", "nyhet"]
    assert [(one.kind, one.extra.get("type", "")) for one in arrivals(items)] == [("post", "nyhet"), ("page", "page")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("Første\nlinje\n\nNeste", "Første\nlinje\n\nNeste"),
        ("<p>En\nlinje</p>", "En linje"),
        (
            '[caption id="a_1" width="3"]<b>Bildet</b>[/caption] [gallery ids="1,2"]Slutt [sic] [1]',
            "Bildet Slutt [sic] [1]",
        ),
        ('<!-- wp:image {"id":3} --><figure>x</figure><!-- /wp:image -->', "x"),
        ("a<script>alert(1)</script>b", "ab"),
    ],
)
def test_wordpress_html_becomes_plain_text(html: str, text: str) -> None:
    assert text_of(html) == text


def test_a_draft_without_time_in_utc_takes_the_next_best(tmp_path: Path) -> None:
    none = "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>"
    sent = "<pubDate>Fri, 03 May 2024 10:00:00 +0200</pubDate>"
    local = "<wp:post_date>2024-05-03 11:00:00</wp:post_date>"
    posts = (f"<item>{none}{sent}</item>", f"<item><pubDate>x</pubDate>{none}{local}</item>", f"<item>{none}</item>")
    assert [(one.published, one.remarks) for one in arrivals(read_text(tmp_path, wxr(*posts)))] == [
        (datetime(2024, 5, 3, 8, tzinfo=UTC), ()),
        (datetime(2024, 5, 3, 11, tzinfo=UTC), ()),
        (None, (reasons.BAD_DATE,)),
    ]


def test_one_broken_item_stops_neither_the_next_nor_its_comments(tmp_path: Path) -> None:
    broken = item(1, comment(1, "Hei"), "</oops>").replace("<title></title>", "<title>Kaffe & kaker")
    items = read_text(tmp_path, wxr(broken, item(2, content="Etter")))
    assert [one.text for one in arrivals(items)][-1] == "Etter"
    assert "comment-1" in [one.external_id for one in arrivals(items)]


def test_an_item_never_closed_is_a_problem_and_the_next_one_comes(tmp_path: Path) -> None:
    unclosed = item(1, content="Borte").replace("</item>", "")
    items = read_text(tmp_path, wxr(unclosed, item(2, content="Her")))
    assert problems(items) == [("item 1", reasons.TRUNCATED)]
    assert [one.text for one in arrivals(items)] == ["Her"]
    assert [item.raw for item in items if isinstance(item, Problem)] == [unclosed.encode()]


def test_a_comment_never_closed_is_a_problem(tmp_path: Path) -> None:
    items = read_text(tmp_path, wxr(item(1, comment(1, "x").replace("</wp:comment>", "")), item(2)))
    assert ("item 1 comment 1", reasons.TRUNCATED) in problems(items)
    assert arrivals(items)[-1].external_id == "post-2"


def test_parts_too_deep_to_read_are_problems_and_the_rest_comes(tmp_path: Path) -> None:
    deep = "<x>" * 300 + "</x>" * 300
    author = f"<wp:author>{deep}</wp:author>"
    bad = comment(1, "Hei").replace("<wp:comment_id>", f"{deep}<wp:comment_id>")
    items = read_text(tmp_path, wxr(author, item(1, deep), item(2, bad, content="Her"), attachment(3, 0, "x", deep)))
    assert problems(items) == [("item 1", reasons.TOO_DEEP), ("item 2 comment 1", reasons.TOO_DEEP)]
    assert [one.text for one in arrivals(items)] == ["Her"]


def test_control_characters_are_mended_and_remarked(tmp_path: Path) -> None:
    (found,) = arrivals(read_text(tmp_path, wxr(item(1, content="en\x0bto\x00"))))
    assert (found.text, found.remarks) == ("en\ufffdto\ufffd", (reasons.XML_REPAIRED,))


def test_an_item_over_the_cap_is_a_problem_but_its_comments_are_not(tmp_path: Path) -> None:
    items = read_text(tmp_path, wxr(item(1, comment(1, "Hei"), content="x" * (MAX_ITEM + 1)), item(2, content="Etter")))
    assert problems(items) == [("item 1", reasons.TOO_LARGE)]
    assert [one.external_id for one in arrivals(items)] == ["comment-1", "post-2"]


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = wxr(item(1).replace("<title></title>", "<title>&b;&f;</title>")).partition("?>")[2]
    items = read_text(tmp_path, bomb + text)
    assert problems(items) == [("the beginning", reasons.ENTITIES)]
    assert arrivals(items)[0].title == "&b;&f;"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_come_out_right(tmp_path: Path, encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    text = wxr(item(1, content="Blåbær")).replace('encoding="UTF-8"', f'encoding="{declared}"')
    (found,) = arrivals(read_text(tmp_path, text.encode(encoding)))
    assert (found.text, found.remarks) == ("Blåbær", ())
    assert (found.raw is None) is (encoding == "utf-16")


def test_several_files_of_one_site_are_one_export(tmp_path: Path) -> None:
    files = {"a.xml": wxr(item(3, content="En")), "b.xml": wxr(attachment(8, 3, "https://b.example/a.jpg", "Alt"))}
    items = read(WordpressReader(), open_export(zipped(tmp_path / "alt.zip", files)))
    assert [item for item in items if isinstance(item, Account)] == [Account(SITE, "", "Bloggen", SITE)]
    assert arrivals(items)[0].attachments == (Attachment("image/jpeg", "https://b.example/a.jpg", "", "Alt"),)


@pytest.mark.parametrize("text", ["", "<rss><channel/></rss>", "<mediawiki/>", "http://wordpress.org/export/", "{}"])
def test_what_is_no_wxr_is_not_claimed(tmp_path: Path, text: str) -> None:
    assert WordpressReader().claim(folder(tmp_path, {"a.xml": text})) == []


WHOLE = wxr(*(item(n, comment(n, f"Kommentar {n}"), content=f"Innlegg {n}") for n in range(1, 6))).encode()


@given(st.integers(0, len(WHOLE)))
@settings(max_examples=60, deadline=None)
def test_cut_anywhere_what_was_whole_before_the_cut_comes_out(
    tmp_path_factory: pytest.TempPathFactory, at: int
) -> None:
    export = folder(tmp_path_factory.mktemp("cut"), {"a.xml": WHOLE[:at]})
    items = list(WordpressReader().read(export, ["a.xml"]))
    found = Counter(one.kind for one in arrivals(items))
    assert found["post"] == WHOLE[:at].count(b"</item>")
    assert found["comment"] == WHOLE[:at].count(b"</wp:comment>")
    assert len(problems(items)) <= 2


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("small-export", {"post": 6, "page": 5, "comment": 1}),
        ("valid-wxr-1.1", {"post": 1, "page": 1, "comment": 1}),
        ("wxr-simple", {"post": 1}),
        ("slashes", {"post": 1, "comment": 1}),
        ("crazy-cdata-escaped", {"post": 1}),
        ("authors-multiline", {"post": 1}),
        ("invalid-version-tag", {}),
        ("malformed-simple", {"problem": 1}),
    ],
)
def test_the_importers_own_samples_give_every_item(name: str, counts: dict[str, int]) -> None:
    export = open_export(samples(f"wordpress_wxr/{name}.xml"))
    items = read(WordpressReader(), export)
    found = Counter(one.kind for one in arrivals(items)) + Counter("problem" for _ in problems(items))
    assert found + Counter(others(items)) == counts
    data = samples(f"wordpress_wxr/{name}.xml").read_bytes()
    assert sum(found.values()) == data.count(b"<item>") + data.count(b"<wp:comment>")
