"""Sending a file from the store: small ones whole, large ones in pieces, so that memory stays flat."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import BinaryIO, Final

from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

WHOLE: Final = 4 * 1024 * 1024
"""Bytes of a file that is read at once."""

_PIECE: Final = 256 * 1024


def send_stored(request: HttpRequest, handle: BinaryIO, *, size: int, media_type: str) -> HttpResponseBase:
    """The file as an answer; `handle` is closed when it has been read."""
    response: HttpResponseBase
    if size <= WHOLE:
        with handle:
            response = HttpResponse(handle.read(), content_type=media_type)
    elif isinstance(request, ASGIRequest):
        response = StreamingHttpResponse(_pieces_async(handle), content_type=media_type)
    else:
        response = StreamingHttpResponse(_pieces(handle), content_type=media_type)
    response["Content-Length"] = str(size)
    return response


def _pieces(handle: BinaryIO) -> Iterator[bytes]:
    with handle:
        while piece := handle.read(_PIECE):
            yield piece


async def _pieces_async(handle: BinaryIO) -> AsyncIterator[bytes]:
    with handle:
        while piece := await asyncio.to_thread(handle.read, _PIECE):
            yield piece
