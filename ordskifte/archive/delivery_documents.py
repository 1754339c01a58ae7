"""The documents of a delivered entry: the readable one (PDF/A), and the bytes as they were received."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from ordskifte.archive.journal_values import Valued
from ordskifte.archive.wording import body_language
from ordskifte.base.keys import Keys
from ordskifte.base.store import Store
from ordskifte.people.models import Body
from ordskifte.records.evidence import read_raw
from ordskifte.records.noark5.values import Dokumentbeskrivelse, Dokumentobjekt, Journalpost
from ordskifte.records.pdfa.render import Fonts, Renderer
from ordskifte.records.pdfa.values import Document, Fact, Said
from ordskifte.threads.models import Utterance, Version
from ordskifte.ui.dates import whole

AROUND: Final = 20
"""Utterances of the thread that stand before the one the document is about."""


@dataclass(frozen=True, slots=True)
class Press:
    """What documents are made with, handed in by the edge."""

    store: Store
    keys: Keys
    fonts: Callable[[], Fonts]


def with_documents(valued: Valued, press: Press) -> Journalpost:
    """The entry with its documents. The same entry gives the same bytes: a retry carries the same digests."""
    post, entry = valued.post, valued.entry
    utterance = Utterance.objects.filter(pk=entry.record_id).select_related("channel").first()
    version = (
        Version.objects.select_related("evidence", "author").filter(pk=utterance.current_id).first()
        if utterance
        else None
    )
    language = body_language()
    with override(language):
        document = _document(valued, utterance, version, language)
        title = _("Raw data as received")
    with Renderer(press.fonts()) as renderer:
        pdf = renderer.render(document).content
    documents = [_described(post, 1, post.tittel, "Hoveddokument", f"{post.system_id}.pdf", pdf, "fmt/476")]
    if version is not None and version.evidence is not None and version.masked == 0 and version.erased_at is None:
        _headers, raw = read_raw(
            press.store,
            press.keys,
            version.evidence.id,
            offset=version.evidence_offset or 0,
            length=version.evidence_length or 0,
        )
        documents.append(_described(post, 2, title, "Vedlegg", f"{post.system_id}.json", raw, "fmt/817"))
    return replace(post, dokumentbeskrivelser=tuple(documents))


def _document(valued: Valued, utterance: Utterance | None, version: Version | None, language: str) -> Document:
    entry = valued.entry
    head = [Fact(_("Case"), valued.entry.case.title), Fact(_("Entry"), valued.post.tittel)]
    head.append(Fact(_("Registered"), whole(entry.registered_at)))
    said: tuple[Said, ...] = ()
    if utterance is not None and version is not None:
        head.append(Fact(_("Channel"), f"{utterance.channel.name} ({utterance.channel.kind})"))
        said = tuple(_said(one, newest, the_one=one.id == utterance.id) for one, newest in _around(utterance))
    return Document(
        key=str(entry.id),
        title=valued.post.tittel,
        body=Body.objects.values_list("name", flat=True).first() or "",
        language="nn" if language == "nn" else "en" if language == "en" else "nb",
        head=tuple(head),
        said=said,
        digest=bytes(version.raw_digest).hex() if version and version.raw_digest else "",
        at=int(entry.registered_at.timestamp()),
    )


def _around(utterance: Utterance) -> Sequence[tuple[Utterance, Version]]:
    """The one, and what stands before it in its thread."""
    before = Utterance.objects.filter(thread_id=utterance.thread_id, at__lte=utterance.at, private=utterance.private)
    rows = list(before.order_by("-at", "-id")[: AROUND + 1])
    if utterance.id not in {one.id for one in rows}:
        rows.insert(0, utterance)
    versions = Version.objects.select_related("author").in_bulk([one.current_id for one in rows])
    return [(one, versions[one.current_id]) for one in reversed(rows) if one.current_id in versions]


def _said(one: Utterance, version: Version, *, the_one: bool) -> Said:
    author = version.author
    missing = tuple(
        str(each.get("name") or each.get("alt") or each.get("media_type") or "–") for each in version.attachments
    )
    return Said(
        author=(author.name or author.handle) if author else "",
        handle=author.handle if author else "",
        ours=one.ours,
        text=version.text,
        published=whole(one.published or one.at),
        language=version.language,
        title=version.title,
        summary=version.summary,
        edited=whole(version.edited) if version.edited else "",
        received=whole(one.first_seen),
        deleted=whole(version.at) if one.deleted else "",
        permalink=version.permalink,
        missing=missing,
        the_one=the_one,
    )


def _described(
    post: Journalpost, number: int, title: str, role: str, name: str, content: bytes, puid: str
) -> Dokumentbeskrivelse:
    made: datetime = post.opprettet_dato
    key: UUID = uuid5(post.system_id, f"document {number}")
    return Dokumentbeskrivelse(
        system_id=key,
        dokumenttype="Melding",
        tittel=title,
        opprettet_dato=made,
        opprettet_av=post.opprettet_av,
        tilknyttet_registrering_som=role,
        dokumentnummer=number,
        tilknyttet_dato=made,
        tilknyttet_av=post.opprettet_av,
        skjerming=post.skjerming if number == 1 and post.skjerming and post.skjerming.skjerming_dokument else None,
        dokumentobjekter=(
            Dokumentobjekt(
                system_id=uuid5(key, "file"),
                versjonsnummer=1,
                variantformat="Arkivformat",
                filnavn=name,
                innhold=lambda: io.BytesIO(content),
                opprettet_dato=made,
                opprettet_av=post.opprettet_av,
                puid=puid,
            ),
        ),
    )
