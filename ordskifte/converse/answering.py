"""The forms for answering and for moving out, as a page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from ordskifte.converse.checks import Finding
from ordskifte.converse.clock import Clocks, outside_hours
from ordskifte.converse.models import Conversation, Draft
from ordskifte.converse.move_out import letter
from ordskifte.converse.names import RESPONSES
from ordskifte.converse.reply import Written, checked
from ordskifte.converse.suggest import Suggestion, form_of, suggestions
from ordskifte.language.personal_data import mask
from ordskifte.people.models import Body, Person, Unit
from ordskifte.plan.models import Place
from ordskifte.plan.queries import live_places
from ordskifte.publish.dated import ChannelLimits, limits_of
from ordskifte.publish.lengths import length_of
from ordskifte.threads.models import Utterance


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """All that the reply form shows."""

    text: str
    response: str
    serial: int
    target: UUID | None
    suggestions: tuple[Suggestion, ...]
    chosen: UUID | None
    findings: tuple[Finding, ...]
    limits: ChannelLimits
    length: int  # of the text, as the channel counts
    form: str  # the written form we answer in
    closed: bool  # outside opening hours: "at opening" is offered
    four_eyes: bool
    passed: str
    from_draft: bool
    responses: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @property
    def stopped(self) -> bool:
        return any(one.level == "stop" for one in self.findings)

    @property
    def warned(self) -> bool:
        return any(one.level == "warn" for one in self.findings)

    @property
    def fine(self) -> int:
        return sum(one.level == "ok" for one in self.findings)


def answer_form(
    one: Conversation,
    person: Person,
    *,
    at: datetime,
    suggest: str = "",
    target: UUID | None = None,
    written: Written | None = None,
    findings: Sequence[Finding] | None = None,
    language: str = "",
    places: Sequence[Place] | None = None,
) -> AnswerForm:
    """The form as it is opened: with what was written, the draft that was kept, or a suggestion that needs nothing.

    `language`, `places`: the body's language and the live places, for a page that has read them already.
    """
    clocks = Clocks()
    form = form_of(one.language, language or body_language())
    closed = outside_hours(at, one.unit_id, clocks)
    known = live_places() if places is None else places
    offered = suggestions(one, writer=_writer(one), form=form, places=known, at=at, closed=closed, clocks=clocks)
    draft = Draft.objects.filter(conversation=one, by=person).first()
    chosen = next((row for row in offered if str(row.id) == suggest), None)
    if written is None and chosen is None and draft is None:
        chosen = next((row for row in offered if not row.open and _own(row, one)), None)
    text = written.text if written else chosen.text if chosen and suggest else draft.text if draft else ""
    if not text and chosen and written is None:
        text = chosen.text
    response = written.response_type if written else chosen.kind if chosen else "F1"
    if findings is None:
        findings = checked(one, text, response, at=at) if text.strip() else []
    limits = limits_of(one.channel.kind, at.date())
    return AnswerForm(
        text=text,
        response=response,
        serial=one.serial,
        target=(written.target if written else target) or one.newest_id,
        suggestions=tuple(offered),
        chosen=chosen.id if chosen else None,
        findings=tuple(findings),
        limits=limits,
        length=length_of(text, limits),
        form=form,
        closed=closed,
        four_eyes=bool(one.topic and one.topic.four_eyes),
        passed=written.passed if written else "",
        from_draft=draft is not None and not suggest and written is None,
        responses=tuple((code, f"{name} ({code})") for code, name in RESPONSES.items()),
    )


def _writer(one: Conversation) -> str:
    """What the one who is answered calls themselves, where they have a name and not only a handle."""
    name = Utterance.objects.filter(pk=one.newest_id).values_list("author__name", flat=True) if one.newest_id else ()
    return mask(next(iter(name), "") or "")[0]


def _own(row: Suggestion, one: Conversation) -> bool:
    """Whether a suggestion is the topic's own: those are put in the field, the others only offered."""
    return one.topic_id is not None and row.topic == one.topic_id


@dataclass(frozen=True, slots=True)
class MoveForm:
    """Where they can be sent, the text they get, and the unit that gets it."""

    places: tuple[Place, ...]  # live ones
    chosen: Place | None
    letter: str
    unit: Unit | None


def body_language() -> str:
    """What the body writes where nothing says otherwise. One query."""
    return Body.objects.values_list("language", flat=True).first() or "nb"


def move_form(one: Conversation, wanted: str, *, language: str = "", places: Sequence[Place] | None = None) -> MoveForm:
    """The topic's own place is proposed, else one for casework."""
    form = form_of(one.language, language or body_language())
    places = live_places() if places is None else places
    own = one.topic.place_id if one.topic else None
    chosen = (
        next((row for row in places if str(row.pk) == wanted), None)
        or next((row for row in places if row.pk == own), None)
        or next((row for row in places if row.purpose == "casework"), None)
    )
    shown = letter(one, chosen, form=form) if chosen else ""
    return MoveForm(
        tuple(places), chosen, shown, (chosen.unit if chosen else None) or (one.topic.unit if one.topic else None)
    )
