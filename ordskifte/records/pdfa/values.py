"""What a document shows: an utterance in its thread, with what was done and how it is proved."""

from dataclasses import dataclass
from typing import Literal

Profile = Literal["a-2a", "a-1b"]
"""a-2a: PDF/A-2a and PDF/UA-1 together, tagged (the default). a-1b: PDF/A-1b, for depots that take nothing newer."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG (see `pictures.accepted`) with the words for those who do not see it."""

    content: bytes
    media_type: str  # image/png or image/jpeg
    alt: str  # as given; "" when nobody wrote one, which the document then says


@dataclass(frozen=True, slots=True)
class Said:
    """One utterance as it stood in one version."""

    author: str
    ours: bool
    text: str
    published: str  # times as they are to be read, in the body's own zone
    language: str = ""  # BCP 47 as known, for readers that speak
    handle: str = ""
    title: str = ""
    summary: str = ""  # content warning
    edited: str = ""
    received: str = ""
    deleted: str = ""  # when the platform said it was gone
    permalink: str = ""
    version: str = ""  # "version 2 of 3", in words
    pictures: tuple[Picture, ...] = ()
    missing: tuple[str, ...] = ()  # attachments that are not here, in words
    the_one: bool = False  # what this document is about; the others are its context


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the head: "Channel", "Facebook, Eksempel kommune"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `key` names it (an id); the same values give the same bytes."""

    key: str
    title: str
    body: str  # the public body's name: the PDF's author
    language: Literal["nb", "nn", "en"]
    head: tuple[Fact, ...]
    said: tuple[Said, ...]  # the thread, in order
    acts: tuple[str, ...] = ()  # what was done, one line each
    digest: str = ""  # SHA-256 of the bytes as received, hexadecimal
    proof_url: str = ""  # where the proof is; drawn as a QR code
    at: int = 0  # seconds since 1970: the time the PDF says it was made


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished document. `named`: code points that no font has, shown by name, in order ("U+E000")."""

    key: str
    content: bytes
    named: tuple[str, ...]
