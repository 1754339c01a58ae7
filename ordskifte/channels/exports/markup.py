"""HTML from platforms as plain text: paragraphs as lines, links as addresses. One pass, whatever the HTML is like."""

import re
from html import unescape
from typing import Final

_PLAIN: Final = re.compile(r"<p>([^<]*+)</p>")
_TAG: Final = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|[!?][^>]*+>?|(/?)([a-zA-Z][a-zA-Z0-9:-]*+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>?)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(
    r"(?<![\w-])(href|class|alt)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE
)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_LINES: Final = re.compile(r"\n{3,}")
_SCHEME: Final = re.compile(r"(?:https?|mailto|ftp):", re.IGNORECASE)
_BARE: Final = re.compile(r"\A(?:https?://)?(?:www\.)?", re.IGNORECASE)
_PARAGRAPHS: Final = frozenset(
    ("p", "blockquote", "pre", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "hr")
)
_LINE: Final = frozenset(
    ("address", "article", "aside", "body", "br", "caption", "center", "dd", "details", "dialog", "div", "dt",
     "fieldset", "figcaption", "footer", "form", "header", "html", "li", "main", "nav", "option", "section", "summary",
     "tbody", "tfoot", "thead", "tr")
)  # fmt: skip
_DROPPED: Final = {name: re.compile(rf"</{name}\b[^>]*+>?", re.IGNORECASE) for name in ("script", "style", "template")}


def html_to_text(html: str, *, keep_newlines: bool = False) -> str:
    """The text a reader sees. A link whose address is not in its own words gets it after them: `words (address)`.

    Mentions and hashtags stay as they read, images give their alt text, scripts and styles are left out. Line breaks in
    the source are spaces, as in a browser, unless `keep_newlines`.
    """
    plain = _PLAIN.fullmatch(html)
    if plain and not keep_newlines:
        return _folded(unescape(plain[1])).strip()
    if "<" not in html and "&" not in html:
        return _tidied(html if keep_newlines else _folded(html))
    if not keep_newlines and "<" not in (lines := _lines(html)):
        return _tidied(unescape(lines))
    return _tidied(_Page(keep_newlines).read(html))


def _lines(html: str) -> str:
    """What most posts need: paragraphs and line breaks, nothing else."""
    text = _folded(html).removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n")
    return text.replace("<br />", "\n").replace("<br/>", "\n").replace("<br>", "\n")


class _Page:
    """Text gathered while tags go by. One link at a time: a new one ends the last."""

    def __init__(self, keep_newlines: bool) -> None:
        self._keep = keep_newlines
        self._pre = 0
        self._out: list[str] = []
        self._link: tuple[int, str, str] | None = None  # where in _out its words begin, address, class

    def read(self, html: str) -> str:
        at = 0
        while found := _TAG.search(html, at):
            if found.start() > at:
                self._text(html[at : found.start()])
            at = found.end()
            name = (found[2] or "").lower()
            if name in _DROPPED and not found[1]:
                ended = _DROPPED[name].search(html, at)
                at = ended.end() if ended else len(html)
            elif name:
                self._tag(name, closing=bool(found[1]), attributes=found[3])
        self._text(html[at:])
        self._end_link()
        return "".join(self._out)

    def _text(self, text: str) -> None:
        if "&" in text:
            text = unescape(text)
        self._out.append(text if self._keep or self._pre else _folded(text))

    def _tag(self, name: str, *, closing: bool, attributes: str) -> None:
        if name == "a":
            self._end_link()
            if not closing:
                found = _attributes(attributes)
                self._link = (len(self._out), found.get("href", ""), found.get("class", ""))
        elif name == "img":
            self._out.append(_attributes(attributes).get("alt", ""))
        elif name in _PARAGRAPHS:
            self._out.append("\n\n")
            if name == "pre":
                self._pre = max(0, self._pre + (-1 if closing else 1))
        elif name in _LINE:
            if name == "br" or not self._out or not self._out[-1].endswith("\n"):
                self._out.append("\n")
        elif name in ("td", "th") and not closing:
            self._out.append(" ")

    def _end_link(self) -> None:
        if self._link is None:
            return
        start, address, kind = self._link
        self._link = None
        words = "".join(self._out[start:])
        del self._out[start:]
        self._out.append(_with_address(words, address, kind))


def _with_address(words: str, address: str, kind: str) -> str:
    shown = words.strip()
    if not _SCHEME.match(address):
        return words
    if not shown:
        return address
    if shown[0] in "@#" or "mention" in kind or "hashtag" in kind or address in shown:
        return words
    bare, short = _bare(address), _bare(shown)
    if bare == short:
        return words
    if short.endswith(("…", "...")) and bare.startswith(short.rstrip("….")):
        return words.replace(shown, address)
    return f"{words.rstrip()} ({address}){words[len(words.rstrip()) :]}"


def _bare(address: str) -> str:
    return _BARE.sub("", address.removeprefix("mailto:"), count=1).rstrip("/")


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): unescape(a or b or c).strip() for name, a, b, c in _ATTRIBUTE.findall(text)}


def _folded(text: str) -> str:
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return _SPACES.sub(" ", text)
    return text


def _tidied(text: str) -> str:
    if "\n" not in text:
        return text.strip()
    text = "\n".join([line.strip(" \t\r") for line in text.split("\n")])
    return _LINES.sub("\n\n", text).strip()
