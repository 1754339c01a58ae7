"""A record's readable form: the utterance in its thread, or the act and what it was about, as a document's values.

Texts are the rows' own: personal numbers are masked in them, whoever opens the document.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final, Literal, cast

from django.utils import translation
from django.utils.translation import gettext as _

from ordskifte.archive.records_of import AttachmentOf, MeasureOf, RecordOf, VersionOf
from ordskifte.plan.working_time import OSLO
from ordskifte.records.pdfa.values import Document, Fact, Picture, Said
from ordskifte.threads.acts_shown import NAMED

Language = Literal["nb", "nn", "en"]
Pictures = Callable[[AttachmentOf], Picture | None]

KINDS: Final = {
    "mastodon": "Mastodon",
    "x": "X",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "bluesky": "Bluesky",
    "mediawiki": "MediaWiki",
    "wordpress": "WordPress",
    "activitystreams": "ActivityPub",
    "feed": "RSS",
}
_LONGEST: Final = 90  # characters of a title made of first words


def local(at: datetime | None) -> str:
    """A time as a document says it: "11.03.2026 15:50:02"; "" for none."""
    return at.astimezone(OSLO).strftime("%d.%m.%Y %H:%M:%S") if at else ""


def first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST].rpartition(" ")[0].rstrip(",;:") + " …"


def platform(kind: str) -> str:
    return KINDS.get(kind, kind)


def right_to_left(record: RecordOf) -> bool:
    """Whether a text runs from right to left anywhere: its letters come out of a PDF in the order they are drawn."""
    texts = (text for one in record.said for text in (one.title, one.summary, one.text) if not text.isascii())
    letters = (character for text in texts for character in set(text) if character > "\u0589")
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in letters)


def source_text(record: RecordOf) -> str:
    """The record's own words, version by version, as plain text."""
    return "\n\n".join(
        "\n\n".join(filter(None, (one.title, one.summary, one.text))) for one in record.said if one.erased_at is None
    )


def kind_words(record: RecordOf) -> str:
    """What sort of record it is, in words."""
    if record.record_kind == "complaint":
        return _("Complaint about moderation")
    if record.record_kind == "measure" and record.measure:
        return {
            "hide": _("Decision to hide an utterance"),
            "remove": _("Decision to remove an utterance"),
            "block": _("Decision to block an account"),
        }.get(record.measure.kind, _("Decision in moderation"))
    if record.ours:
        return _("Answer from us") if record.parent_id else _("Post from us")
    return _("Message to us") if record.private else _("Comment")


def title_of(record: RecordOf) -> str:
    """The record's title for our own eyes. Of what is erased only the kind is left."""
    version = record.standing
    if record.record_kind == "utterance" and version is not None and version.erased_at is None:
        words = first_words(version.title or version.text)
        if words:
            return f"{kind_words(record)}: {words}"
    return _("%(kind)s on %(channel)s") % {"kind": kind_words(record), "channel": record.channel.name}


def document_of(
    record: RecordOf,
    context: Sequence[RecordOf],
    *,
    body: str,
    language: str,
    pictures: Pictures,
    origin: str,
) -> Document:
    """The document's values. `context`: what stands round it in its thread.

    `origin`: where our pages are, for the proof's address.
    """
    chosen = cast(Language, language if language in ("nb", "nn", "en") else "nb")
    with translation.override(chosen):
        version = record.standing
        said = [_context(one) for one in context if one.said_at <= record.said_at and one is not record]
        said += _versions(record, pictures)
        said += [_context(one) for one in context if one.said_at > record.said_at and one is not record]
        moment = record.deleted_at or (version.seen if version else record.first_seen)
        return Document(
            key=str(record.record_id),
            title=title_of(record),
            body=body,
            language=chosen,
            head=tuple(Fact(name, value) for name, value in _head(record, version, chosen) if value),
            said=tuple(said),
            acts=tuple(_acts(record, chosen)),
            digest=version.raw_digest if version else "",
            proof_url=_proof(origin, version) if version else "",
            at=int(moment.timestamp()),
        )


def _proof(origin: str, version: VersionOf) -> str:
    return f"{origin}/desk/v/{version.id}/" if origin.startswith("http") else f"urn:uuid:{version.id}"


def _head(record: RecordOf, version: VersionOf | None, language: str) -> Iterable[tuple[str, str]]:
    channel = record.channel
    yield _("Channel"), f"{channel.name} ({platform(channel.kind)})"
    yield _("Our account"), " ".join(filter(None, (channel.handle, channel.url)))
    if record.measure:
        yield from _measure_head(record.measure, language)
    if record.complaint:
        yield _("Complaint received"), local(record.complaint.made_at)
        yield _("The complaint"), record.complaint.text
        yield _("Answered"), local(record.complaint.answered_at)
        yield _("Answered by"), record.complaint.answered_by
        yield _("Our answer"), record.complaint.answer
    yield _("Author"), " ".join(dict.fromkeys(filter(None, (record.author_name, record.author_handle))))
    yield _("Published"), local(record.published)
    if version:
        yield _("Edited"), local(version.edited)
        yield _("Received"), local(version.seen)
        yield _("Address"), version.permalink
    yield _("Deleted on the platform"), local(record.deleted_at)
    yield _("The platform's id"), record.external_id
    yield _("Our id"), str(record.record_id)
    yield _("Versions"), str(len(record.said)) if len(record.said) > 1 else ""
    if version and version.entry is not None:
        yield _("Entry in the ledger"), str(version.entry)
    if version and version.masked:
        yield _("Personal numbers masked"), str(version.masked)


def _measure_head(measure: MeasureOf, language: str) -> Iterable[tuple[str, str]]:
    yield _("Ground"), ground_words(measure, language)
    yield _("Legal basis"), measure.legal_basis
    yield _("What in it falls under the ground"), measure.facts
    yield _("Decided"), local(measure.done_at or measure.made_at)
    yield _("Decided by"), measure.by or _("a rule")
    yield _("Second person"), measure.second
    yield _("Until"), local(measure.until)
    yield _("Ended"), local(measure.ended_at)
    yield _("Reasons"), measure.decided_why


def ground_words(measure: MeasureOf, language: str) -> str:
    """The ground's published name."""
    return measure.ground_names.get(language) or measure.ground_names.get("nb") or measure.ground


def _versions(record: RecordOf, pictures: Pictures) -> list[Said]:
    total = len(record.said)
    return [
        _said(
            record,
            one,
            pictures,
            place=_("version %(n)s of %(total)s") % {"n": n, "total": total} if total > 1 else "",
            the_one=n == total,
        )
        for n, one in enumerate(record.said, start=1)
    ]


def _context(record: RecordOf) -> Said:
    version = record.standing
    if version is None:
        return Said(author=record.author_name, ours=record.ours, text="", published=local(record.published))
    return _said(record, version, lambda _one: None)


def _said(record: RecordOf, version: VersionOf, pictures: Pictures, *, place: str = "", the_one: bool = False) -> Said:
    shown, missing = [], []
    for one in version.attachments:
        picture = pictures(one)
        if picture is not None:
            shown.append(picture)
        else:
            missing.append(_attachment(one))
    if version.erased_at:
        missing.append(_("The content was erased %(at)s") % {"at": local(version.erased_at)})
    return Said(
        author=record.author_name or _("Unknown author"),
        ours=record.ours,
        text=version.text,
        published=local(version.published or record.published),
        language=version.language,
        handle=record.author_handle if record.author_handle != record.author_name else "",
        title=version.title,
        summary=version.summary,
        edited=local(version.edited),
        received=local(version.seen),
        deleted=local(record.deleted_at) if the_one else "",
        permalink=version.permalink,
        version=place,
        pictures=tuple(shown),
        missing=tuple(missing),
        the_one=the_one,
    )


def _attachment(one: AttachmentOf) -> str:
    what = one.name or one.url or one.media_type or _("Attachment")
    told = f": {one.alt}" if one.alt else ""
    return f"{what} ({one.media_type}){told}" if one.media_type and what != one.media_type else f"{what}{told}"


def _acts(record: RecordOf, language: str) -> Iterable[str]:
    lines: list[tuple[datetime, str]] = []
    for sent in record.sent:
        line = _("Sent by %(by)s") % {"by": sent.by or _("a rule")}
        lines.append(
            (sent.at, f"{line}, {_('approved by %(by)s') % {'by': sent.approved_by}}" if sent.approved_by else line)
        )
    for measure in record.measures:
        what = {"hide": _("Hidden"), "remove": _("Removed"), "block": _("Account blocked")}.get(
            measure.kind, measure.kind
        )
        words = _("%(what)s by %(by)s. Ground: %(ground)s") % {
            "what": what,
            "by": measure.by or _("a rule"),
            "ground": ground_words(measure, language),
        }
        lines.append((measure.done_at or measure.made_at, words))
    lines += [(act.at, str(NAMED[act.kind])) for act in record.acts if act.kind in NAMED and not _told(act.kind)]
    return (f"{local(at)} {words}" for at, words in sorted(lines))


def _told(kind: str) -> bool:
    return kind.startswith(("measure.", "evidence."))
