"""Documents on their way to PDF: two threads render ahead while what is ready is written."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

from ordskifte.records.errors import EvidenceError
from ordskifte.records.noark5.formats import pdfa
from ordskifte.records.pdfa.render import Fonts, Renderer
from ordskifte.records.pdfa.values import Document, Profile, Rendered

THREADS: Final = 2
Opening = Callable[[], BinaryIO]
Making = Callable[[], Document]


class Press(Protocol):
    """What makes documents. `puid` is the format they come out in."""

    puid: str

    def order(self, document: Making) -> Opening:
        """What opens the finished document. `document` makes its values, when the press comes to it."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    future: "Future[Rendered]"

    def __call__(self) -> BinaryIO:
        return io.BytesIO(self.future.result().content)


class Printer:
    """The press that renders. Not more is under way than what was ordered and not yet opened."""

    def __init__(self, fonts: Path | None, profile: Profile = "a-2a", *, threads: int = THREADS) -> None:
        self.puid = pdfa()[profile.removeprefix("a-")]
        self._fonts = Fonts(fonts if fonts is not None and fonts.is_dir() else None, profile=profile)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="render")
        self._own = threading.local()
        self._renderers: list[Renderer] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        for renderer in self._renderers:
            renderer.close()

    def order(self, document: Making) -> Opening:
        return _Waiting(self._pool.submit(self._render, document))

    def _render(self, making: Making) -> Rendered:
        document = making()
        renderer: Renderer | None = getattr(self._own, "renderer", None)
        if renderer is None:
            renderer = self._own.renderer = Renderer(self._fonts)
            with self._lock:
                self._renderers.append(renderer)
        try:
            return renderer.render(document)
        except EvidenceError:
            if not any(one.pictures for one in document.said):
                raise
            return renderer.render(_without_pictures(document))


def _without_pictures(document: Document) -> Document:
    """A picture that cannot be drawn never costs the words: it is named, and lies beside the document."""
    said = tuple(
        replace(
            one, pictures=(), missing=(*one.missing, *(picture.alt or picture.media_type for picture in one.pictures))
        )
        for one in document.said
    )
    return replace(document, said=said)
