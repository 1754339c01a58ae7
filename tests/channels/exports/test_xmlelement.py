import io
from xml.etree.ElementTree import Element, tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ordskifte.channels import reasons
from ordskifte.channels.exports.xmlcoding import Recoded, decoded, encoding_of
from ordskifte.channels.exports.xmlelement import (
    Malformed,
    TooDeep,
    child_text,
    declares_entities,
    parse,
    read_element,
)


def shown(element: Element) -> str:
    return tostring(element, "unicode")


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        ("<a wp:x='1'><wp:b>t</wp:b></a>", '<a wp:x="1"><wp:b>t</wp:b></a>'),
        ("<a>&lt;&#248;&nbsp;&oslash;&ukjent;</a>", "<a>&lt;ø\xa0ø&amp;ukjent;</a>"),
        ("<a><![CDATA[<b>]]><!-- c --><?p i?></a>", "<a>&lt;b&gt;</a>"),
    ],
)
def test_an_element_is_read_with_its_prefixes_and_the_entities_of_html(xml: str, seen: str) -> None:
    assert shown(parse(xml)) == seen


@pytest.mark.parametrize("xml", ["", "x", "<a>", "<a></b>", "<a/><b/>", "<a>\x01</a>", "<a b=1/>"])
def test_what_is_not_well_formed_is_malformed(xml: str) -> None:
    with pytest.raises(Malformed):
        parse(xml)


def test_a_document_type_is_refused() -> None:
    for doctype in ('<!DOCTYPE a SYSTEM "file:///etc/passwd">', '<!DOCTYPE a [<!ENTITY x "y">]>'):
        with pytest.raises(Malformed):
            parse(f"{doctype}<a>&x;</a>")
        with pytest.raises(Malformed):
            read_element(f"{doctype}<a>&x;</a>".encode(), "utf_8")
    assert parse("<!DOCTYPE a><a>&x;</a>").text == "&x;"


def test_deep_and_many_parts_are_refused() -> None:
    with pytest.raises(TooDeep):
        parse("<a>" * 300 + "</a>" * 300)
    with pytest.raises(Malformed):
        parse("<a>" + "<b/>" * 60_000 + "</a>")
    with pytest.raises(TooDeep):
        read_element(b"<a>" * 300 + b"</b>", "utf_8")


@pytest.mark.parametrize(
    ("xml", "seen"),
    [
        ("<a>Kaffe & kaker</a>", "Kaffe & kaker"),
        ("<a><![CDATA[x & y]]> & &amp; &#248;</a>", "x & y & & ø"),
        ("<a>en\x0bto\x00</a>", "en\ufffdto\ufffd"),
        ("<a><b>en</a>", "en"),
        ("<a>en</b>to</a>", "en"),
        ("<a>1 < 2</a>", "1"),
        ("<wp:a><wp:b>en<wp:c>to</wp:b></wp:a>", "ento"),
    ],
)
def test_broken_xml_is_mended_and_said_so(xml: str, seen: str) -> None:
    element, remarks = read_element(xml.encode(), "utf_8")
    assert "".join(element.itertext()).startswith(seen)
    assert remarks == (reasons.XML_REPAIRED,)


def test_mended_elements_keep_their_prefixes() -> None:
    element, _ = read_element(b"<item><wp:post_id>7</wp:post_id><wp:x>&</item>", "utf_8")
    assert child_text(element, "wp:post_id") == "7"


def test_wrong_bytes_are_read_as_our_letters_and_said_so() -> None:
    element, remarks = read_element("<a>bl\u00e5b\u00e6r".encode("cp1252") + "og rødt</a>".encode(), "utf_8")
    assert (element.text, remarks) == ("blåbærog rødt", (reasons.ENCODING_REPAIRED,))


@given(st.text(alphabet="<>/a&;'\"= ![]CDAT-?x\x00ø", max_size=60))
def test_no_text_raises_anything_but_malformed(text: str) -> None:
    try:
        element, _ = read_element(text.encode(), "utf_8")
    except Malformed:
        return
    assert isinstance(element.tag, str)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"<a/>", ("utf_8", True)),
        (b"\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?>", ("iso8859_1", True)),
        (b'<?xml version="1.0" encoding="koi8-r"?>', ("koi8_r", True)),
        (b'<?xml version="1.0" encoding="finnes-ikke"?>', ("utf_8", True)),
        (b'<?xml version="1.0" encoding="utf-16"?>', ("utf_8", True)),
        (b'<?xml version="1.0" encoding="iso-2022-jp"?>', ("iso2022_jp", False)),
        ("<a>ø</a>".encode("utf-16"), ("utf-16-le", False)),
        ("<a>".encode("utf-16-be"), ("utf-16-be", False)),
        ("<a>".encode("utf-32"), ("utf-32-le", False)),
        ("<a>Blåbærsyltetøy – «godt»</a>".encode("cp1252"), ("cp1252", True)),
        ("<a>ø</a>".encode()[:4], ("utf_8", True)),
    ],
)
def test_the_encoding_is_found_by_mark_declaration_or_looks(head: bytes, found: tuple[str, bool]) -> None:
    assert encoding_of(head) == found


def test_a_stream_in_another_encoding_is_given_as_utf8() -> None:
    text = "<a>ørret 🐟</a>"
    stream = Recoded(io.BytesIO(text.encode("utf-16-le")), "utf-16-le")
    out = b""
    while part := stream.read(3):
        out += part
    assert out.decode() == text


def test_bytes_that_cannot_be_are_replaced_in_other_encodings() -> None:
    assert decoded(b"a\xff\xffb", "euc_jp") == ("a\ufffd\ufffdb", True)


@pytest.mark.parametrize(
    ("head", "declares"),
    [
        (b'<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;">]>', True),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>', True),
        (b"<!DOCTYPE a [<!ENTITY % x 'y'>]>", True),
        (b'<!DOCTYPE a [<!ENTITY nbsp "&#160;">]>', False),
        (b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x">', False),
    ],
)
def test_entities_that_build_on_others_or_lie_outside_are_seen(head: bytes, declares: bool) -> None:
    assert declares_entities(head) is declares
