"""Every text of an arrival that becomes a column: made storable, looked through for personal numbers, masked."""

from dataclasses import dataclass

from ordskifte.base.canonical import canonical
from ordskifte.base.text import storable
from ordskifte.channels.contract import Arrival
from ordskifte.language.national_number import worth_a_look
from ordskifte.language.personal_data import mask

_BORDER = " \x1fx\x1f "  # between joined fields: no separator a number may have inside it


@dataclass(slots=True, eq=False)
class Fields:
    """Every text of an arrival that becomes a column."""

    external_id: str
    key: str
    title: str
    summary: str
    text: str
    permalink: str
    attachments: list[dict[str, str]]
    extra: dict[str, str]

    @classmethod
    def of(cls, arrival: Arrival, attachments: list[dict[str, str]], *, clean: bool = False) -> "Fields":
        """The arrival's fields. `clean`: its bytes hold no NUL and no escape, so every text can be stored as it is."""
        if clean and not attachments and not arrival.extra:
            return cls(
                arrival.external_id,
                arrival.version_key,
                arrival.title,
                arrival.summary,
                arrival.text,
                arrival.permalink,
                [],
                {},
            )
        return cls(
            storable(arrival.external_id),
            storable(arrival.version_key),
            storable(arrival.title),
            storable(arrival.summary),
            storable(arrival.text),
            storable(arrival.permalink),
            [{name: storable(value) for name, value in one.items()} for one in attachments] if attachments else [],
            {storable(name): storable(str(value)) for name, value in arrival.extra.items()} if arrival.extra else {},
        )

    def content(self, arrival: Arrival) -> str:
        """What makes a version another one: its words, parted by \x1f, and its lists, where it has any, as JSON."""
        words = f"{arrival.kind}\x1f{arrival.visibility}\x1f{self.title}\x1f{self.summary}\x1f{self.text}"
        if self.attachments or self.extra:
            words += f"\x1f{canonical([self.attachments, self.extra]).decode()}"
        return words

    def suspicious(self, *, whole: bool) -> bool:
        """Whether what people wrote is worth masking: eleven digits may stand together. One search over all of it.

        `whole`: ids and addresses too, because nobody has looked at the bytes they came in.
        """
        words = [self.title, self.summary, self.text] if self.title or self.summary else [self.text]
        if whole:
            words += [self.external_id, self.key, self.permalink]
        if self.attachments or self.extra:
            for one in self.attachments:
                words.extend(one.values())
            words.extend(self.extra.values())
        return worth_a_look(_BORDER.join(words))

    def mask(self) -> int:
        """Mask every field; returns how many numbers there were."""
        count = 0
        for name in ("external_id", "key", "title", "summary", "text", "permalink"):
            masked, found = mask(getattr(self, name))
            setattr(self, name, masked)
            count += found
        for one in [*self.attachments, self.extra]:
            for name, value in one.items():
                if name != "blob":
                    one[name], found = mask(value)
                    count += found
        return count

    @property
    def alts(self) -> str:
        return "\n".join(one["alt"] for one in self.attachments if one["alt"]) if self.attachments else ""
