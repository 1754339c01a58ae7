"""Writing a draft: one act, one transaction, one entry. Nothing here sends anything.

A save takes what a page shows and the serial it was made with; who saves on an older one is told, and loses nothing.
National numbers are masked before the row is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ordskifte.base.ids import new_id
from ordskifte.base.store import Store
from ordskifte.base.text import storable
from ordskifte.language.personal_data import mask
from ordskifte.plan.models import Channel, Topic
from ordskifte.publish.digests import digest_of
from ordskifte.publish.errors import DraftError, MovedOn
from ordskifte.publish.lengths import URL
from ordskifte.publish.models import Asked, Campaign, Comment, Draft, DraftState, Edition, Picture, Variant
from ordskifte.records.entry import record_act
from ordskifte.threads.media import sniffed
from ordskifte.threads.models import Media

LANGUAGES: Final = ("nb", "nn", "en")
LONGEST: Final = 20_000
LONGEST_LINE: Final = 200
LARGEST_PICTURE: Final = 10_000_000
LARGEST_FILM: Final = 200_000_000
MOST_PICTURES: Final = 10
LEFT_OFF: Final = timedelta(minutes=10)
"""A save by another, or so long after the last one, begins a new edition."""


@dataclass(frozen=True, slots=True)
class VariantWritten:
    """What a page says of one channel."""

    language: str = "nb"
    own: bool = False
    text: str = ""
    split: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as a page shows it."""

    title: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    source_url: str = ""
    audience: str = ""
    purpose: str = ""
    topic: UUID | None = None
    important: bool = False
    pending: bool = False
    four_eyes: bool = False
    crisis: bool = False
    campaign: UUID | None = None
    wanted_at: datetime | None = None
    expires_on: date | None = None
    variants: Mapping[UUID, VariantWritten] = field(default_factory=dict)
    pictures: Mapping[UUID, tuple[str, bool, bool | None]] = field(default_factory=dict)  # alt, decorative, holds text


@transaction.atomic
def new_draft(*, by: UUID, actor: str, at: datetime, title: str = "") -> Draft:
    """An empty draft, owned by who made it."""
    draft = Draft.objects.create(
        title=_line(title) or _("Without a name"), owner_id=by, made_at=at, saved_at=at, saved_by_id=by
    )
    _record("made", draft, actor=actor, at=at)
    return draft


@transaction.atomic
def save_draft(draft_id: UUID, written: Written, *, serial: int, by: UUID, actor: str, at: datetime) -> Draft:
    """Save what was written. MovedOn when another has saved since the page was made. What is the same is no act."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    if draft.serial != serial:
        raise MovedOn(_("Another person has saved this meanwhile. Your words are kept below: read theirs, then save."))
    before = content_of(draft)
    last_at, last_by = draft.saved_at, draft.saved_by_id
    _write(draft, written)
    draft.save()
    after = content_of(draft)
    if after == before:
        return draft
    if last_by != by or at - last_at > LEFT_OFF or not draft.editions.exists():
        _edition(draft, before, by=last_by, at=last_at)
    draft.serial += 1
    draft.saved_at, draft.saved_by_id = at, by
    draft.save(update_fields=["serial", "saved_at", "saved_by"])
    _record("saved", draft, actor=actor, at=at, serial=draft.serial)
    _try_links(draft)
    return draft


def _write(draft: Draft, written: Written) -> None:
    draft.title = _line(written.title) or draft.title
    before = dict(draft.texts)
    texts = {language: _text(written.texts.get(language, "")) for language in LANGUAGES}
    draft.texts = {language: text for language, text in texts.items() if text}
    draft.machine = {
        language: digest
        for language, digest in draft.machine.items()
        if draft.texts.get(language) == before.get(language) and digest_of([draft.texts.get(language, "")]) == digest
    }
    draft.source_url = _address(written.source_url)
    draft.audience, draft.purpose = _line(written.audience), _line(written.purpose)
    draft.topic = Topic.objects.filter(pk=written.topic, closed_at=None).first() if written.topic else None
    draft.unit_id = draft.topic.unit_id if draft.topic else None
    draft.important, draft.pending = written.important, written.pending
    draft.four_eyes, draft.crisis = written.four_eyes, written.crisis
    draft.campaign = Campaign.objects.filter(pk=written.campaign).first() if written.campaign else None
    draft.wanted_at, draft.expires_on = written.wanted_at, written.expires_on
    _write_variants(draft, written.variants)
    for picture in draft.pictures.all():
        if picture.id in written.pictures:
            alt, decorative, holds_text = written.pictures[picture.id]
            picture.alt, picture.decorative, picture.holds_text = _text(alt)[:5000], decorative, holds_text
            picture.save(update_fields=["alt", "decorative", "holds_text"])


def _write_variants(draft: Draft, wanted: Mapping[UUID, VariantWritten]) -> None:
    open_channels = set(Channel.objects.filter(pk__in=wanted, closed_at=None).values_list("pk", flat=True))
    draft.variants.exclude(channel_id__in=open_channels).delete()
    for channel_id in open_channels:
        one = wanted[channel_id]
        language = one.language if one.language in LANGUAGES else "nb"
        text = _text(one.text) if one.own else ""
        Variant.objects.update_or_create(
            draft=draft,
            channel_id=channel_id,
            defaults={"language": language, "own": one.own and bool(text), "text": text, "split": one.split},
        )


def content_of(draft: Draft) -> dict[str, Any]:
    """All of a draft that a person writes, as an edition keeps it."""
    return {
        "title": draft.title,
        "texts": dict(draft.texts),
        "source_url": draft.source_url,
        "audience": draft.audience,
        "purpose": draft.purpose,
        "topic": str(draft.topic_id) if draft.topic_id else None,
        "important": draft.important,
        "pending": draft.pending,
        "four_eyes": draft.four_eyes,
        "crisis": draft.crisis,
        "campaign": str(draft.campaign_id) if draft.campaign_id else None,
        "wanted_at": draft.wanted_at.isoformat() if draft.wanted_at else None,
        "expires_on": draft.expires_on.isoformat() if draft.expires_on else None,
        "variants": {
            str(one.channel_id): {"language": one.language, "own": one.own, "text": one.text, "split": one.split}
            for one in draft.variants.order_by("channel_id")
        },
        "pictures": [
            {
                "id": str(one.id),
                "digest": one.digest,
                "alt": one.alt,
                "decorative": one.decorative,
                "holds_text": one.holds_text,
                "captions": one.captions,
            }
            for one in draft.pictures.all()
        ],
    }


def _edition(draft: Draft, content: dict[str, Any], *, by: UUID, at: datetime) -> None:
    last = draft.editions.aggregate(last=Max("number"))["last"] or 0
    Edition.objects.create(draft=draft, number=last + 1, at=at, by_id=by, content=content)


@transaction.atomic
def go_back_to(draft_id: UUID, number: int, *, by: UUID, actor: str, at: datetime) -> Draft:
    """Take the words of an older edition. What stood there now becomes an edition itself: nothing is lost."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    edition = draft.editions.filter(number=number).first()
    if edition is None:
        raise DraftError(_("There is no such edition."))
    _edition(draft, content_of(draft), by=draft.saved_by_id, at=draft.saved_at)
    old = edition.content
    _write(draft, _written_of(old))
    draft.serial += 1
    draft.saved_at, draft.saved_by_id = at, by
    draft.save()
    _record("went_back", draft, actor=actor, at=at, edition=number)
    return draft


def _written_of(old: Mapping[str, Any]) -> Written:
    wanted, expires = old["wanted_at"], old["expires_on"]
    return Written(
        title=old["title"],
        texts=old["texts"],
        source_url=old["source_url"],
        audience=old["audience"],
        purpose=old["purpose"],
        topic=UUID(old["topic"]) if old["topic"] else None,
        important=old["important"],
        pending=old["pending"],
        four_eyes=old["four_eyes"],
        crisis=old["crisis"],
        campaign=UUID(old["campaign"]) if old["campaign"] else None,
        wanted_at=datetime.fromisoformat(wanted) if wanted else None,
        expires_on=date.fromisoformat(expires) if expires else None,
        variants={UUID(channel): VariantWritten(**one) for channel, one in old["variants"].items()},
        pictures={UUID(one["id"]): (one["alt"], one["decorative"], one["holds_text"]) for one in old["pictures"]},
    )


@transaction.atomic
def add_picture(
    draft_id: UUID, content: bytes, name: str, *, store: Store, by: UUID, actor: str, at: datetime
) -> Picture:
    """Keep a picture or film of a draft, by its digest. What it is, its bytes say, not its name."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    kind = _kind_of(content[:32])
    largest = LARGEST_FILM if kind.startswith("video/") else LARGEST_PICTURE
    if not kind:
        raise DraftError(_("Choose a picture (PNG, JPEG, GIF, WebP) or a film (MP4, WebM)."))
    if len(content) > largest:
        raise DraftError(_("The file is too large. Make it smaller than %(most)s MB.") % {"most": largest // 1_000_000})
    if draft.pictures.count() >= MOST_PICTURES:
        raise DraftError(_("A post has at most %(most)s pictures.") % {"most": MOST_PICTURES})
    digest, size, _new = store.take(BytesIO(content), "media")
    Media.objects.get_or_create(digest=digest, defaults={"media_type": kind, "size": size})
    last = draft.pictures.aggregate(last=Max("number"))["last"] or 0
    picture = Picture.objects.create(
        draft=draft, number=last + 1, digest=digest, media_type=kind, size=size, name=_line(name)[:LONGEST_LINE]
    )
    _touch(draft, by=by, at=at)
    _record("picture_added", draft, actor=actor, at=at, picture=str(picture.id))
    return picture


@transaction.atomic
def add_captions(
    draft_id: UUID, picture_id: UUID, content: bytes, *, store: Store, by: UUID, actor: str, at: datetime
) -> None:
    """Captions of a film: a WebVTT file."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    picture = draft.pictures.filter(pk=picture_id).first()
    if picture is None or not picture.film:
        raise DraftError(_("There is no such film."))
    if len(content) > 1_000_000 or not content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        raise DraftError(_("Captions are a WebVTT file (.vtt)."))
    picture.captions, _size, _new = store.take(BytesIO(content), "media")
    picture.save(update_fields=["captions"])
    _touch(draft, by=by, at=at)
    _record("captions_added", draft, actor=actor, at=at, picture=str(picture.id))


@transaction.atomic
def remove_picture(draft_id: UUID, picture_id: UUID, *, by: UUID, actor: str, at: datetime) -> None:
    """Take a picture out of a draft. Its bytes stay in the store: an older edition may name them."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    if not draft.pictures.filter(pk=picture_id).delete()[0]:
        raise DraftError(_("There is no such picture."))
    _touch(draft, by=by, at=at)
    _record("picture_removed", draft, actor=actor, at=at, picture=str(picture_id))


@transaction.atomic
def take_machine_words(draft_id: UUID, language: str, text: str, *, by: UUID, actor: str, at: datetime) -> Draft:
    """A machine's translation as the beginning of a form. Until a person has edited it, it stops the post."""
    draft = locked(draft_id)
    _refuse_unless_writing(draft)
    if language not in LANGUAGES:
        raise DraftError(_("Choose a language."))
    _edition(draft, content_of(draft), by=draft.saved_by_id, at=draft.saved_at)
    draft.texts = {**draft.texts, language: _text(text)}
    draft.machine = {**draft.machine, language: digest_of([draft.texts[language]])}
    _touch(draft, by=by, at=at)
    draft.save(update_fields=["texts", "machine"])
    _record("translated", draft, actor=actor, at=at, language=language)
    return draft


@transaction.atomic
def say_of(draft_id: UUID, text: str, *, by: UUID, actor: str, at: datetime) -> Comment:
    """Comment on a draft, whoever may read it, whatever its state."""
    draft = locked(draft_id)
    said = _text(text)[:2000]
    if not said:
        raise DraftError(_("Write something first."))
    comment = Comment.objects.create(draft=draft, by_id=by, at=at, text=said)
    _record("commented", draft, actor=actor, at=at, comment=str(comment.id))
    return comment


@transaction.atomic
def drop_draft(draft_id: UUID, *, actor: str, at: datetime) -> None:
    """Nobody goes on with it. It is kept, and can be taken up again."""
    draft = locked(draft_id)
    if draft.state not in (DraftState.WRITING, DraftState.ASKED):
        raise DraftError(_("It stands in the outbox: take it back there first."))
    void_questions(draft)
    draft.state = DraftState.DROPPED
    draft.save(update_fields=["state"])
    _record("dropped", draft, actor=actor, at=at)


@transaction.atomic
def take_up(draft_id: UUID, *, actor: str, at: datetime) -> None:
    """Go on with a draft that was dropped."""
    draft = locked(draft_id)
    if draft.state != DraftState.DROPPED:
        raise DraftError(_("It is being written already."))
    draft.state = DraftState.WRITING
    draft.save(update_fields=["state"])
    _record("taken_up", draft, actor=actor, at=at)


@transaction.atomic
def repeat(draft_id: UUID, times: Sequence[datetime], *, by: UUID, actor: str, at: datetime) -> list[Draft]:
    """A series: a draft of its own for each time, to be read, checked and approved on its own."""
    draft = locked(draft_id)
    if not times:
        raise DraftError(_("Choose when it is repeated."))
    if any(moment <= at for moment in times):
        raise DraftError(_("That time has passed."))
    draft.series_id = draft.series_id or new_id()
    draft.save(update_fields=["series_id"])
    return [_copy(draft, moment, by=by, actor=actor, at=at) for moment in times]


def _copy(draft: Draft, wanted: datetime, *, by: UUID, actor: str, at: datetime) -> Draft:
    copy = Draft.objects.create(
        title=draft.title,
        texts=draft.texts,
        machine=draft.machine,
        source_url=draft.source_url,
        audience=draft.audience,
        purpose=draft.purpose,
        topic_id=draft.topic_id,
        unit_id=draft.unit_id,
        important=draft.important,
        pending=draft.pending,
        four_eyes=draft.four_eyes,
        owner_id=draft.owner_id,
        campaign_id=draft.campaign_id,
        series_id=draft.series_id,
        wanted_at=wanted,
        made_at=at,
        saved_at=at,
        saved_by_id=by,
    )
    for one in draft.variants.all():
        Variant.objects.create(
            draft=copy, channel_id=one.channel_id, language=one.language, own=one.own, text=one.text, split=one.split
        )
    for picture in draft.pictures.all():
        picture.pk = new_id()
        picture.draft = copy
        picture._state.adding = True
        picture.save()
    _record("made", copy, actor=actor, at=at, series=str(draft.series_id))
    return copy


def void_questions(draft: Draft) -> None:
    """Answers were about other words: they hold no longer."""
    Asked.objects.filter(draft=draft, void=False).update(void=True)


def locked(draft_id: UUID) -> Draft:
    """The draft, held until the transaction ends."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("topic").filter(pk=draft_id).first()
    if draft is None:
        raise DraftError(_("There is no such draft."))
    return draft


def _refuse_unless_writing(draft: Draft) -> None:
    if draft.state != DraftState.WRITING:
        raise DraftError(
            _("It cannot be changed while others look at it, or when it is in the outbox. Take it back first.")
        )


def _touch(draft: Draft, *, by: UUID, at: datetime) -> None:
    draft.serial += 1
    draft.saved_at, draft.saved_by_id = at, by
    draft.save(update_fields=["serial", "saved_at", "saved_by"])


def _record(verb: str, draft: Draft, *, actor: str, at: datetime, **details: object) -> None:
    record_act(f"draft.{verb}", actor=actor, at=at, record=draft.id, details=details)


def _try_links(draft: Draft) -> None:
    words = " ".join([*draft.texts.values(), draft.source_url, *draft.variants.values_list("text", flat=True)])
    if URL.search(words):
        app.configure_task("try_links").defer(draft_id=str(draft.id))


def _text(text: str) -> str:
    return mask(storable(text).replace("\r\n", "\n").strip())[0][:LONGEST]


def _line(text: str) -> str:
    return mask(" ".join(storable(text).split()))[0][:LONGEST_LINE]


def _address(text: str) -> str:
    found = mask(storable(text).strip())[0]
    if found and not URL.fullmatch(found):
        raise DraftError(_("An address begins with https://."))
    return found[:1000]


def _kind_of(head: bytes) -> str:
    found = sniffed(head)
    if found.startswith("image/"):
        return found
    if head[4:8] == b"ftyp" and head[8:12] not in (b"avif", b"heic", b"heix"):
        return "video/mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm"
    return ""
