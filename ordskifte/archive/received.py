"""What we received, read for documents and exports: bytes by their place in evidence, pictures and films by digest.

A sealed object is opened once and kept for the records beside it; memory holds a few, however many there are.
"""

from base64 import b64encode
from collections import OrderedDict
from threading import Lock
from typing import BinaryIO, Final

import libipld
import orjson

from ordskifte.archive.records_of import PlaceOf
from ordskifte.base.errors import StoreError
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.channels.exports.bluesky_records import CBOR
from ordskifte.records.sealed import unseal
from ordskifte.records.warc.read import read_member
from ordskifte.threads.media import media_key

_HELD: Final = 4  # sealed objects open at once
_FILES: Final = 64  # files open at once


class Received:
    """Reads from one store. Nothing is written, and nothing is recorded: the caller has the right, and says so."""

    def __init__(self, store: Store, keys: Keys) -> None:
        self._store, self._keys = store, keys
        self._open: OrderedDict[int, bytes] = OrderedDict()
        self._files: OrderedDict[str, BinaryIO] = OrderedDict()
        self._lock = Lock()  # large things are read by the threads that copy them

    def raw(self, place: PlaceOf) -> tuple[dict[str, str], bytes]:
        """Headers and payload. EvidenceError or StoreError when the object is damaged or gone."""
        if not place.sealed:
            with self._lock:
                member = self._part(place)
            return read_member(member)
        with self._lock:
            plain = self._plain(place)
        return read_member(plain[place.offset : place.offset + place.length])

    def _plain(self, place: PlaceOf) -> bytes:
        plain = self._open.get(place.object_id)
        if plain is None:
            plain = unseal(self._store.get(place.path), key=self._keys.evidence, name=place.path)
            self._open[place.object_id] = plain
            if len(self._open) > _HELD:
                self._open.popitem(last=False)
        else:
            self._open.move_to_end(place.object_id)
        return plain

    def _part(self, place: PlaceOf) -> bytes:
        """Files of the last objects stay open: opening one costs more than reading a record of it."""
        handle = self._files.get(place.path)
        if handle is None:
            handle = self._files[place.path] = self._store.open(place.path)
            if len(self._files) > _FILES:
                self._files.popitem(last=False)[1].close()
        else:
            self._files.move_to_end(place.path)
        handle.seek(place.offset)
        return handle.read(place.length)

    def close(self) -> None:
        for handle in self._files.values():
            handle.close()
        self._files.clear()

    def media(self, digest: str) -> bytes | None:
        """A picture's or film's bytes; None when it is not in the store."""
        try:
            return self._store.get(media_key(digest))
        except StoreError:
            return None


def ending_of(headers: dict[str, str], payload: bytes) -> str:
    """What archive file received bytes are: json, xml, html, csv, txt; "" when no depot takes them as they are."""
    media_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if payload[:1] in (b"{", b"[") or media_type.endswith("json"):
        return "json" if _is_json(payload) else ("txt" if _is_text(payload) else "")
    if not payload or not _is_text(payload):
        return ""
    head = payload[:512].lstrip()
    if head.startswith(b"<"):
        return "html" if "html" in media_type or head[:15].lower().startswith((b"<!doctype html", b"<html")) else "xml"
    return "csv" if media_type == "text/csv" else "txt"


def as_json(headers: dict[str, str], payload: bytes) -> bytes | None:
    """Bytes that no depot takes as JSON, where they are another way to write the same values (DAG-CBOR); else None."""
    if headers.get("Content-Type", "").partition(";")[0] != CBOR:
        return None
    try:
        value = libipld.decode_dag_cbor(payload)
    except ValueError:
        return None
    return orjson.dumps(value, default=_bytes_as_json, option=orjson.OPT_INDENT_2)


def _bytes_as_json(value: object) -> object:
    """As DAG-JSON writes bytes."""
    if isinstance(value, bytes):
        return {"/": {"bytes": b64encode(value).rstrip(b"=").decode()}}
    raise TypeError


def _is_json(payload: bytes) -> bool:
    try:
        orjson.loads(payload)
    except orjson.JSONDecodeError:
        return False
    return True


def _is_text(payload: bytes) -> bool:
    try:
        payload.decode()
    except UnicodeDecodeError:
        return False
    return b"\x00" not in payload
