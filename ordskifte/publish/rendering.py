"""A draft as it will look: for each channel the parts that leave, how long they are, and what does not fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ordskifte.publish.dated import ChannelLimits, limits_of
from ordskifte.publish.digests import digest_of
from ordskifte.publish.lengths import fits_until, length_of, split_text
from ordskifte.publish.models import Draft, Picture, Variant


@dataclass(frozen=True, slots=True)
class Leaf:
    """What leaves on one channel."""

    variant: Variant
    parts: tuple[str, ...]
    language: str
    limits: ChannelLimits
    length: int  # of the longest part, as the channel counts
    text: str  # whole, before it was split

    @property
    def over(self) -> int:
        """How much is too much; 0 when it fits."""
        return max(self.length - self.limits.text, 0) if self.limits.text else 0

    @property
    def fits(self) -> str:
        return self.text[: fits_until(self.text, self.limits)] if self.over else self.text

    @property
    def rest(self) -> str:
        """What the channel would not take."""
        return self.text[len(self.fits) :]


def text_of(draft: Draft, variant: Variant) -> str:
    """The words on one channel: its own, else the message's in its written form, with the link to the full source."""
    forms = draft.texts or {}
    text = variant.text if variant.own else forms.get(variant.language, "")
    text = text.strip()
    source = draft.source_url.strip()
    if source and text and not variant.own and source not in text:
        text = f"{text}\n{source}"
    return text


def leaf_of(draft: Draft, variant: Variant, day: date) -> Leaf:
    limits = limits_of(variant.channel.kind, day)
    text = text_of(draft, variant)
    parts = tuple(split_text(text, limits)) if variant.split else (text,)
    longest = max((length_of(part, limits) for part in parts), default=0)
    return Leaf(variant, parts, variant.language, limits, longest, text)


def leaves_of(draft: Draft, variants: Sequence[Variant], day: date) -> list[Leaf]:
    """Every channel's, by the channel's name."""
    return [leaf_of(draft, one, day) for one in sorted(variants, key=lambda one: (one.channel.name, str(one.id)))]


def pictures_of(pictures: Sequence[Picture]) -> dict[str, list[dict[str, Any]]]:
    """Pictures and films as a row of the outbox holds them: with the first part. Without alt a picture is decorative.

    Only a person who posts by hand takes a film along; a picture leaves with the post where the channel can.
    """
    return {
        "pictures": [
            {
                "id": str(one.id),
                "blob": one.digest,
                "media_type": one.media_type,
                "name": one.name,
                "alt": "" if one.decorative else one.alt,
            }
            for one in pictures
            if not one.film
        ],
        "films": [
            {
                "id": str(one.id),
                "blob": one.digest,
                "media_type": one.media_type,
                "name": one.name,
                "captions": one.captions,
            }
            for one in pictures
            if one.film
        ],
    }


def content_digest(leaves: Sequence[Leaf], pictures: Sequence[Picture]) -> str:
    """Of everything that a reader will see, on every channel: what an approval is about."""
    return digest_of(
        {
            "leaves": [
                {"channel": str(one.variant.channel_id), "language": one.language, "parts": list(one.parts)}
                for one in leaves
            ],
            **pictures_of(pictures),
        }
    )
