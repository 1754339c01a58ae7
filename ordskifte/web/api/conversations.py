"""The API's conversations and tasks: what waits, with its clock, for one who may see it. Read only."""

from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from ordskifte.base.clock import now
from ordskifte.converse.models import Conversation, Task
from ordskifte.converse.queries import ROWS, Row, conversation, inbox, place_of, rows_of, tasks_of
from ordskifte.converse.reading import Voice, read_conversation
from ordskifte.people.viewer import Viewer
from ordskifte.web.api import schemas
from ordskifte.web.api.errors import not_found

router = Router()
REFUSALS: Final[dict[int, Any]] = {status: schemas.Refusal for status in (401, 404, 422)}
PLACE: Final = r"^([0-9]_-?[0-9]{1,16}_[0-9a-f]{32})?$"
MOST_TASKS: Final = 200


class ApiRequest(HttpRequest):
    """A request whose token has been recognised."""

    auth: Viewer


class ConversationOut(Schema):
    id: UUID
    thread: UUID = Field(description="Where its utterances stand.")
    channel: schemas.ChannelOut
    private: bool
    state: str = Field(description="open, waiting, snoozed or done")
    turn: str = Field(description="ours or theirs")
    kind: str = Field(description="What triage, or a person, says of what they said last.")
    warnings: list[str] = Field(description="threat, emergency, klage, innsynskrav, ...")
    language: str
    says: str = Field(description="The first words of it. Personal numbers are masked.")
    unit: str | None
    assignee: UUID | None
    opened_at: datetime
    last_at: datetime
    clock_from: datetime | None
    due_at: datetime | None = Field(description="Null when nothing is promised, or it has been answered.")
    at_risk: bool
    broken: bool
    held_at: datetime | None = Field(description="When a holding reply was sent.")
    responded_at: datetime | None
    response_type: str = Field(description="F1 to F10, or empty")
    follow_up_at: datetime | None


class ConversationPage(Schema):
    items: list[ConversationOut]
    next: str | None = Field(description="Give it as `after` to go on; null at the end.")


class AssessedOut(Schema):
    utterance: UUID
    ours: bool
    deleted: bool
    text: str
    kind: str | None = Field(description="Triage's proposal; null when it has not read this.")
    moderation: str | None
    formal: list[str]
    rules: list[str] = Field(description="The rules that fired.")


class ConversationDetail(ConversationOut):
    items: list[AssessedOut] = Field(description="The newest, up to 50.")


class TaskOut(Schema):
    id: UUID
    kind: str
    conversation: UUID | None
    says: str = Field(description="Our own words that made it.")
    unit: str | None
    assignee: UUID | None
    due_at: datetime | None
    made_at: datetime


class TaskPage(Schema):
    items: list[TaskOut] = Field(description="Soonest first, up to 200.")


class ConversationFilters(Schema):
    view: Literal["needs", "mine", "unit", "unassigned", "waiting", "warned", "done"] = Field(
        "needs", description="As on the desk"
    )
    channel: UUID | None = None
    unit: UUID | None = None
    after: str = Field("", pattern=PLACE, description="`next` of the answer before")
    limit: int = Field(ROWS, ge=1, le=ROWS)


@router.get(
    "/conversations",
    response={200: ConversationPage, **REFUSALS},
    summary="Conversations of a view of the desk, what is due first",
)
def conversations(request: ApiRequest, query: Query[ConversationFilters]) -> dict[str, Any]:
    page = inbox(
        request.auth,
        query.view,
        at=now(),
        after=place_of(query.after),
        channel=query.channel,
        unit=query.unit,
        limit=query.limit,
    )
    return {"items": [_out(row) for row in page.rows], "next": str(page.after) if page.after else None}


@router.get(
    "/conversations/{uuid:id}",
    response={200: ConversationDetail, **REFUSALS},
    summary="One conversation with what triage says of it",
)
def one_conversation(request: ApiRequest, id: UUID) -> dict[str, Any]:
    found = conversation(request.auth, id)
    if found is None:
        raise not_found("conversation")
    read = read_conversation(request.auth, found)
    return {**_out(rows_of([found])[0]), "items": [_voice(voice) for voice in read.voices]}


@router.get("/tasks", response={200: TaskPage, **REFUSALS}, summary="What somebody must do, with its date")
def tasks(request: ApiRequest) -> dict[str, Any]:
    rows = tasks_of(request.auth).select_related("unit")[:MOST_TASKS]
    return {"items": [_task(row) for row in rows]}


def _out(row: Row) -> dict[str, Any]:
    one: Conversation = row.conversation
    at = now()
    return {
        "id": one.pk,
        "thread": one.source_id or one.pk,
        "channel": {"id": one.channel_id, "name": one.channel.name, "kind": one.channel.kind},
        "private": one.private,
        "state": one.state,
        "turn": one.turn,
        "kind": one.kind,
        "warnings": one.warnings,
        "language": one.language,
        "says": one.says,
        "unit": one.unit.name if one.unit else None,
        "assignee": one.assignee_id,
        "opened_at": one.opened_at,
        "last_at": one.last_at,
        "clock_from": one.clock_from,
        "due_at": one.due_at,
        "at_risk": one.risk_at is not None and one.risk_at <= at,
        "broken": one.due_at is not None and one.due_at < at,
        "held_at": one.held_at,
        "responded_at": one.responded_at,
        "response_type": one.response_type,
        "follow_up_at": one.follow_up_at,
    }


def _voice(voice: Voice) -> dict[str, Any]:
    found = voice.assessment
    standing = voice.spoken.standing
    gone = voice.row.deleted or standing is None or standing.row.erased_at is not None
    return {
        "utterance": voice.row.id,
        "ours": voice.row.ours,
        "deleted": voice.row.deleted,
        "text": "" if gone or standing is None else standing.text,
        "kind": found.kind if found else None,
        "moderation": found.moderation if found else None,
        "formal": found.formal if found else [],
        "rules": [one.rule for one in voice.reasons],
    }


def _task(row: Task) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "conversation": row.conversation_id,
        "says": row.says,
        "unit": row.unit.name if row.unit else None,
        "assignee": row.assignee_id,
        "due_at": row.due_at,
        "made_at": row.made_at,
    }
