"""The API's addresses and what each answers. Reads only, through the same queries and rules as the desk."""

import re
from datetime import UTC, date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, NinjaAPI, Query, Schema
from ninja.security import HttpBearer
from pydantic import AwareDatetime, BeforeValidator

from ordskifte import __version__
from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.measure.figures import figures, last_year
from ordskifte.people.viewer import Viewer
from ordskifte.records.evidence import read_raw
from ordskifte.records.ledger.proof import dump_proof
from ordskifte.records.prove import Opening, prove_record
from ordskifte.records.queries import latest_checkpoint
from ordskifte.threads.api_queries import utterance_page
from ordskifte.threads.filters import Filters
from ordskifte.threads.models import Version
from ordskifte.threads.queries import ROWS, Cursor, cursor_of, place_of, thread_list, visible_utterance, visible_version
from ordskifte.threads.reading import thread_page
from ordskifte.threads.search import search
from ordskifte.threads.versions import VersionsPage, versions_page
from ordskifte.web.api import conversations, schemas
from ordskifte.web.api.errors import Refused, answer_errors, not_found
from ordskifte.web.api.tokens import viewer_of_secret

MOST: Final = 200
"""Utterances in one answer at most."""

PLACE: Final = r"^(-?[0-9]{1,16}_[0-9a-f]{32})?$"
"""A place in a list: microseconds since 1970 and an id, as `threads.queries.Cursor` writes it."""


def _written(text: object) -> object:
    """A date or time as RFC 3339 writes it: a number is not taken for seconds since 1970."""
    if not re.match(r"\d{4}-\d\d-\d\d", str(text)):
        raise ValueError("write it as 2026-03-12 or 2026-03-12T08:00:00Z")
    return text


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Bearer(HttpBearer):
    """A token, and nothing else: a session's cookie opens no API."""

    def authenticate(self, request: HttpRequest, token: str) -> Viewer | None:
        viewer = viewer_of_secret(token.strip(), at=now())
        return viewer if viewer.may_enter else None


class ApiRequest(HttpRequest):
    """A request whose token has been recognised."""

    auth: Viewer


REFUSALS: Final[dict[int, Any]] = {status: schemas.Refusal for status in (401, 404, 422)}

api = NinjaAPI(
    title="Ordskifte",
    version=__version__,
    description="Read what was said to and by the body, and the proof of it.",
    auth=Bearer(),
    docs_url=None,
    urls_namespace="api",
)
answer_errors(api)
api.add_router("", conversations.router)


class ThreadFilters(Schema):
    """As on the desk. Dates are local, both included, of the last thing said."""

    channel: list[UUID] = Field([], max_length=100)
    since: Day | None = None
    until: Day | None = None
    who: Literal["", "ours", "theirs", "alone"] = Field("", description="alone: the body has not said anything yet")
    language: str = Field("", max_length=20, pattern=r"^[A-Za-z-]*$")
    media: bool = False
    edited: bool = False
    deleted: bool = False
    after: str = Field("", pattern=PLACE, description="`next` of the answer before")
    limit: int = Field(ROWS, ge=1, le=ROWS)


@api.get("/threads", response={200: schemas.ThreadPage, **REFUSALS}, summary="Threads, newest activity first")
def threads(request: ApiRequest, query: Query[ThreadFilters]) -> dict[str, Any]:
    filters = Filters(
        channels=tuple(sorted(set(query.channel))),
        since=query.since,
        until=query.until,
        who=query.who,
        language=query.language,
        media=query.media,
        edited=query.edited,
        deleted=query.deleted,
    )
    found = thread_list(request.auth, filters, after=_place(query.after))
    rows = found.rows[: query.limit]
    more = found.older is not None or len(found.rows) > query.limit
    return {
        "items": [schemas.thread_out(row) for row in rows],
        "next": str(Cursor(rows[-1].last_at, rows[-1].id)) if more and rows else None,
    }


@api.get(
    "/threads/{uuid:id}", response={200: schemas.ThreadDetail, **REFUSALS}, summary="One thread with what was said"
)
def thread(request: ApiRequest, id: UUID, after: UUID | None = None) -> dict[str, Any]:
    found = thread_page(request.auth, id, step="after" if after else "start", at=after)
    if found is None:
        raise not_found("thread")
    return {
        **schemas.thread_out(found.thread),
        "items": [
            schemas.utterance_out(one.row, one.current.row.id, one.current.row.title, one.current.text)
            for one in found.spoken
        ],
        "next": found.after,
    }


class UtteranceFilters(Schema):
    channel: list[UUID] = Field([], max_length=100)
    since: Moment | None = Field(None, description="Said at this moment or later")
    after: str = Field("", pattern=PLACE, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=MOST)


@api.get("/utterances", response={200: schemas.UtterancePageOut, **REFUSALS}, summary="What was said, newest first")
def utterances(request: ApiRequest, query: Query[UtteranceFilters]) -> dict[str, Any]:
    page = utterance_page(
        request.auth, channels=query.channel, since=query.since, after=_place(query.after), limit=query.limit
    )
    return {
        "items": [schemas.utterance_out(row, version.id, version.title, version.text) for row, version in page.rows],
        "next": str(page.older) if page.older else None,
    }


@api.get(
    "/utterances/{uuid:id}",
    response={200: schemas.UtteranceDetail, **REFUSALS},
    summary="One utterance with its versions",
)
def utterance(request: ApiRequest, id: UUID, after: Annotated[int, Query(ge=0, le=1_000_000)] = 0) -> dict[str, Any]:
    row = visible_utterance(request.auth, id)
    if row is None:
        raise not_found("utterance")
    page = versions_page(row, after=after) if after < row.versions else VersionsPage((), None, newer=True)
    current = Version.objects.only("title", "text").get(pk=row.current_id)
    return {
        **schemas.utterance_out(row, row.current_id, current.title, current.text),
        "items": [schemas.version_out(shown.row, shown.text, shown.number) for shown, _before in page.pairs],
        "next": page.older,
    }


class Question(Schema):
    q: str = Field(max_length=1000, description="Words, phrases, -minus, author:, channel:, before:, after:")
    exact: bool = Field(False, description="Leave other spellings out")
    after: UUID | None = Field(None, description="`next` of the answer before")
    limit: int = Field(50, ge=1, le=50)


@api.get("/search", response={200: schemas.HitPage, **REFUSALS}, summary="What was said with these words, newest first")
def find(request: ApiRequest, query: Query[Question]) -> dict[str, Any]:
    found = search(
        query.q, viewer=request.auth, limit=query.limit, after=query.after, exact=query.exact, today=now().date()
    )
    return {
        "items": [schemas.hit_out(hit) for hit in found.hits],
        "total": found.total,
        "more": found.more,
        "also": list(found.also),
        "suggestion": found.suggestion,
        "next": found.next_after,
    }


@api.get(
    "/evidence/{uuid:version_id}",
    response={200: schemas.EvidenceOut, **REFUSALS},
    summary="Where a version's bytes lie",
)
def evidence(request: ApiRequest, version_id: UUID) -> dict[str, Any]:
    version = _version(request, version_id)
    assert version.evidence is not None
    plain = not version.evidence.encrypted and version.raw_digest is not None
    return schemas.evidence_out(version, version.evidence, f"{request.path}/raw" if plain else None)


@api.get(
    "/evidence/{uuid:version_id}/raw",
    response={**REFUSALS, 403: schemas.Refusal, 503: schemas.Refusal},
    summary="The bytes exactly as received",
    openapi_extra={
        "responses": {
            200: {
                "description": "The bytes. Never shown as anything: always a download.",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        }
    },
)
def raw(request: ApiRequest, version_id: UUID) -> HttpResponse:
    version = _version(request, version_id)
    assert version.evidence is not None
    if version.evidence.encrypted:
        raise Refused(
            403,
            "These bytes are sealed: they hold personal numbers or private messages.",
            advice="The archivist or the data protection officer can open them on the desk, with a reason.",
        )
    _headers, payload = read_raw(
        store_of(settings.HOME),
        load_keys(settings.HOME),
        version.evidence.id,
        offset=version.evidence_offset or 0,
        length=version.evidence_length or 0,
    )
    response = HttpResponse(payload, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{version.id}.bin"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@api.get(
    "/proofs/{uuid:id}",
    response={200: schemas.ProofOut, **REFUSALS, 503: schemas.Refusal},
    summary="The proof of a version, or of an utterance's newest version",
)
def proof(request: ApiRequest, id: UUID) -> HttpResponse:
    place = place_of(request.auth, id)
    if place is None or place.utterance is None:
        raise not_found("utterance or version")
    found = place.version or _current(request, place.utterance)
    version = Version.objects.only("salt", "raw_digest").get(pk=found)
    opening = Opening(bytes(version.salt), bytes(version.raw_digest)) if version.salt and version.raw_digest else None
    return HttpResponse(dump_proof(prove_record(found, opening)), content_type="application/json; charset=utf-8")


@api.get(
    "/checkpoints/latest",
    response={200: schemas.CheckpointOut, **REFUSALS},
    summary="The ledger's newest signed checkpoint",
)
def checkpoint(request: ApiRequest) -> dict[str, Any]:
    found = latest_checkpoint()
    if found is None:
        raise Refused(404, "There is no checkpoint yet.", advice="One is made within a second of the first entry.")
    return {"size": found.size, "root": found.root.hex(), "at": found.at.astimezone(UTC), "note": found.note}


class Period(Schema):
    """Local dates, both included. Without them: the last twelve months, as the public page shows."""

    since: Day | None = None
    until: Day | None = None


@api.get(
    "/moderation-figures",
    response={200: schemas.FiguresOut, **REFUSALS},
    summary="What was hidden, removed and blocked, on which grounds, complained about and put back",
)
def moderation_figures(request: ApiRequest, period: Query[Period]) -> dict[str, Any]:
    since, until = last_year(timezone.localtime(now()).date())
    return figures(period.since or since, period.until or until).as_json()


def _place(text: str) -> Cursor | None:
    """The place to go on from, "" being the beginning."""
    return cursor_of(text) if text else None


def _version(request: ApiRequest, version_id: UUID) -> Version:
    """A visible version whose bytes we know the place of."""
    version = visible_version(request.auth, version_id)
    if version is None or version.evidence is None:
        raise not_found("version")
    return version


def _current(request: ApiRequest, utterance_id: UUID) -> UUID:
    row = visible_utterance(request.auth, utterance_id)
    if row is None:
        raise not_found("utterance")
    return row.current_id
