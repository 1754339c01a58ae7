"""Documents to PDF/A, by typst. One `Renderer` a thread; `render_all` keeps the order and uses two.

typst checks the standard while it writes and refuses what breaks it (a missing glyph, a picture without words).
"""

import io
import json
import re
import shutil
import tempfile
import threading
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import segno
import typst

from ordskifte.records.errors import EvidenceError
from ordskifte.records.pdfa.coverage import Coverage, built_in, covered, font_files
from ordskifte.records.pdfa.labels import LABELS
from ordskifte.records.pdfa.pictures import accepted
from ordskifte.records.pdfa.values import Document, Profile, Rendered, Said

STANDARDS: Final[Mapping[Profile, list[Literal["a-2a", "ua-1", "a-1b"]]]] = {"a-2a": ["a-2a", "ua-1"], "a-1b": ["a-1b"]}
OWN_FONTS: Final = ["Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern"]
NOTO: Final = ["Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Color Emoji"]
_TRIES: Final = 50  # how many characters a font may refuse after all before we give up
_REFUSED: Final = re.compile(r'the text "(.+?)" could not be displayed', re.DOTALL)
_AHEAD: Final = 16  # documents under way at once


class Fonts:
    """The fonts of an installation and what they cover; read once, shared by all renderers."""

    def __init__(self, folder: Path | None = None, *, profile: Profile = "a-2a") -> None:
        """`folder`: the home's fonts (`ordskifte fonts install`). None, or an empty one: typst's own.

        PDF/A-1 knows no transparency, and coloured emoji are transparent pictures: there they are named instead.
        """
        self.profile: Profile = profile
        found = font_files(folder) if folder is not None else []
        paths = [path for path in found if profile == "a-2a" or "Emoji" not in path.name]
        self.installed = bool(paths)
        with tempfile.TemporaryDirectory(prefix="ordskifte-fonts-") as chosen:
            for number, path in enumerate(paths):  # typst takes folders only, and keeps what it has read
                Path(chosen, f"{number}-{path.name}").symlink_to(path.resolve())
            self.typst = typst.Fonts(
                include_system_fonts=False, include_embedded_fonts=not self.installed, font_paths=[chosen]
            )
        self.coverage: Coverage = covered(paths) if self.installed else built_in()
        known = set(self.typst.families())
        self.names = [name for name in (NOTO if self.installed else OWN_FONTS) if name in known] or sorted(known)[:1]


class Renderer:
    """Makes one document after the other. Not for two threads at once."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._folder = Path(tempfile.mkdtemp(prefix="ordskifte-pdf-"))
        template = self._folder / "document.typ"  # a file: typst finds a template given as bytes only once
        template.write_bytes(files("ordskifte.records.pdfa").joinpath("document.typ").read_bytes())
        self._compiler = typst.Compiler(
            template,
            root=self._folder,
            font_paths=fonts.typst,
            ignore_system_fonts=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def render(self, document: Document) -> Rendered:
        """The PDF. EvidenceError when a picture is none, or when typst refuses for a reason we know no way around."""
        refused: set[str] = set()
        for _ in range(_TRIES):
            page = _Page(document, self._fonts, refused, self._folder)
            try:
                content = self._compiler.compile(
                    format="pdf",
                    pdf_standards=list(STANDARDS[self._fonts.profile]),
                    sys_inputs={"document": page.data()},
                    timestamp=document.at,
                )
            except typst.TypstError as error:
                found = _REFUSED.search(error.message)
                new = {one for one in found[1] if not one.isascii()} - refused if found else set()
                if not new:
                    raise EvidenceError(f"The document {document.key} cannot be made: {error.message}.") from error
                refused |= new
                continue
            finally:
                page.tidy()
            assert isinstance(content, bytes)
            return Rendered(document.key, content, tuple(page.named))
        raise EvidenceError(f"The document {document.key} cannot be made: the fonts refuse too much of it.")


class _Page:
    """What the template is given for one document. Every text in it is one the fonts can show."""

    def __init__(self, document: Document, fonts: Fonts, refused: set[str], folder: Path) -> None:
        self.named: list[str] = []
        self._document = document
        self._fonts = fonts
        self._coverage = fonts.coverage.without(refused) if refused else fonts.coverage
        self._folder = folder
        self._written: list[Path] = []

    def data(self) -> str:
        document, labels = self._document, LABELS[self._document.language]
        made = datetime.fromtimestamp(document.at, UTC)
        said = [self._said(one, labels) for one in document.said]
        content: dict[str, object] = {
            "title": self._line(document.title) or document.key,
            "body": self._line(document.body),
            "lang": document.language,
            "fonts": self._fonts.names,
            "year": made.year,
            "month": made.month,
            "day": made.day,
            "labels": labels,
            "head": [{"name": self._line(fact.name), "value": self._line(fact.value)} for fact in document.head],
            "said": said,
            "acts": [self._line(act) for act in document.acts],
            "digest": document.digest,
            "proof_url": self._line(document.proof_url),
            "qr": qr_code(document.proof_url) if document.proof_url else "",
        }
        self.named = list(dict.fromkeys(self.named))
        return json.dumps({**content, "named": self.named}, ensure_ascii=False)

    def tidy(self) -> None:
        for path in self._written:
            path.unlink(missing_ok=True)

    def _said(self, one: Said, labels: dict[str, str]) -> dict[str, object]:
        times = [(labels[name], getattr(one, name)) for name in ("published", "edited", "received", "deleted")]
        meta = [f"{name} {self._line(value)}" for name, value in times if value]
        return {
            "author": self._line(one.author) or "?",
            "handle": self._line(one.handle),
            "ours": one.ours,
            "the_one": one.the_one,
            "meta": [*meta, *([self._line(one.version)] if one.version else [])],
            "lang": one.language.partition("-")[0].lower()
            if re.fullmatch(r"[A-Za-z]{2,3}(-.*)?", one.language)
            else "",
            "title": self._paragraphs(one.title),
            "summary": self._paragraphs(one.summary),
            "text": self._paragraphs(one.text),
            "pictures": [self._picture(picture.content, picture.alt, labels) for picture in one.pictures],
            "missing": [self._line(name) for name in one.missing],
            "permalink": self._line(one.permalink),
        }

    def _line(self, text: str) -> str:
        shown, named = self._coverage.shown(text)
        self.named.extend(named)
        return " ".join(shown.split())

    def _paragraphs(self, text: str) -> list[dict[str, object]]:
        shown, named = self._coverage.shown(text)
        self.named.extend(named)
        paragraphs = [part for part in re.split(r"\n[ \t]*\n+", shown) if part.strip()]
        return [{"rtl": runs_right_to_left(part), "lines": part.strip("\n").split("\n")} for part in paragraphs]

    def _picture(self, content: bytes, alt: str, labels: dict[str, str]) -> dict[str, object]:
        picture = accepted(content, transparent=self._fonts.profile == "a-2a")
        ending = "png" if picture.media_type == "image/png" else "jpg"
        told = self._line(alt)
        return {
            "path": self._file(picture.content, ending),
            "alt": told or labels["no_alt"],
            "caption": f"{labels['picture']}: {told}" if told else labels["no_alt"],
            "width": picture.width,
        }

    def _file(self, content: bytes, ending: str) -> str:
        path = self._folder / f"{sha256(content).hexdigest()}.{ending}"
        path.write_bytes(content)
        self._written.append(path)
        return f"/{path.name}"


def qr_code(url: str) -> str:
    """The address as a drawing (SVG). One mask for all: trying eight for the prettiest takes longer than the PDF."""
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False, mask=3).save(drawn, kind="svg", scale=4, xmldecl=False, svgns=True)
    return drawn.getvalue().decode()


def runs_right_to_left(text: str) -> bool:
    """By the first strong character, as the Unicode bidirectional algorithm does (UAX 9, P2)."""
    strong = next((way for character in text if (way := unicodedata.bidirectional(character)) in ("L", "R", "AL")), "L")
    return strong != "L"


def render_all(documents: Iterable[Document], fonts: Fonts, *, threads: int = 2) -> Iterator[Rendered]:
    """Every document, in order. Memory holds a few documents at a time, however many there are."""
    local = threading.local()
    renderers: list[Renderer] = []
    lock = threading.Lock()

    def one(document: Document) -> Rendered:
        renderer: Renderer | None = getattr(local, "renderer", None)
        if renderer is None:
            renderer = local.renderer = Renderer(fonts)
            with lock:
                renderers.append(renderer)
        return renderer.render(document)

    try:
        yield from _in_order(one, documents, threads)
    finally:
        for renderer in renderers:
            renderer.close()


def _in_order(one: Callable[[Document], Rendered], documents: Iterable[Document], threads: int) -> Iterator[Rendered]:
    waiting: deque[Future[Rendered]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for document in documents:
                waiting.append(pool.submit(one, document))
                if len(waiting) >= _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
