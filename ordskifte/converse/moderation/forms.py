"""What the measure form asked for, read from what a browser sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from ordskifte.converse.moderation.measures import LONGEST_FACTS, Wish


@dataclass(frozen=True, slots=True)
class Typed:
    """The form's fields as they were typed, so that nothing is lost when it comes back."""

    kind: str = ""
    ground: str = ""
    version: str = ""
    facts: str = ""
    why_not_less: str = ""
    days: str = ""
    reported: bool = False
    neutral: bool = False
    despite: str = ""
    shown: str = ""  # the digest of the letter that stood above the button

    @property
    def digest(self) -> str:
        """Names the letter: another measure, ground or fact makes another letter."""
        said = "\n".join((self.kind, self.ground, self.version, self.facts, self.days, str(self.reported)))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:20]

    def wish(self) -> Wish | None:
        """What is asked for; None when an id in it is none."""
        try:
            ground, version = UUID(self.ground), UUID(self.version)
        except ValueError:
            return None
        return Wish(
            kind=self.kind,
            ground_id=ground,
            version_id=version,
            facts=self.facts,
            neutral=self.neutral,
            why_not_less=self.why_not_less,
            days=int(self.days) if self.days.isascii() and self.days.isdigit() and len(self.days) < 5 else None,
            reported=self.reported,
            despite=self.despite,
        )


def typed(sent: Mapping[str, str], *, version: UUID) -> Typed:
    """The form as it came. Without a version of its own it is about the one that stands."""
    text = {name: sent.get(name, "")[: 2 * LONGEST_FACTS] for name in ("facts", "why_not_less", "despite")}
    return Typed(
        kind=sent.get("kind", ""),
        ground=sent.get("ground", ""),
        version=sent.get("version", str(version)),
        days=sent.get("days", "").strip(),
        reported="reported" in sent,
        neutral="neutral" in sent,
        shown=sent.get("shown", ""),
        **text,
    )
