"""The arena's wire: what `channels.arena` speaks to. Only our own client knows the secret."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from ordskifte.arena import platform
from ordskifte.arena.models import Post, Resident
from ordskifte.arena.numbers import PLACEHOLDER, synthetic_number
from ordskifte.arena.places import link_to, public_path, secret
from ordskifte.arena.queries import channel_named
from ordskifte.base.clock import now, rfc3339
from ordskifte.plan.models import Channel

PAGE = 200
LARGEST = 64 * 1024

View = Callable[..., HttpResponse]


def our_client(view: View) -> View:
    """Let in who shows the channel's secret; everybody else sees no such page."""

    @csrf_exempt  # no cookie is read here: the secret is in the question itself
    @wraps(view)
    def inside(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        channel = channel_named(slug)
        shown = request.headers.get("authorization", "")
        if channel is None or not constant_time_compare(shown, f"Bearer {secret(channel)}"):
            return _problem(404)
        return view(request, channel, **kwargs)

    return inside


def _problem(status: int) -> HttpResponse:
    return HttpResponse(orjson.dumps({"error": status}), content_type="application/json", status=status)


def _answer(value: dict[str, Any]) -> HttpResponse:
    return HttpResponse(orjson.dumps(value), content_type="application/json")


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    try:
        found = json.loads(request.body[: LARGEST + 1]) if len(request.body) <= LARGEST else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


@require_http_methods(["GET", "POST"])
@our_client
def posts(request: HttpRequest, channel: Channel) -> HttpResponse:
    """GET: what is new since a cursor, or what has a mark. POST: a post of ours."""
    return _new_post(request, channel) if request.method == "POST" else _read(request, channel)


def _read(request: HttpRequest, channel: Channel) -> HttpResponse:
    rows = Post.objects.filter(channel=channel).select_related("resident", "scene").order_by("change")
    try:
        if mark := request.GET.get("mark", ""):
            rows, after = rows.filter(mark=UUID(mark)), 0
        else:
            after = int(request.GET.get("after", "0"))
            rows = rows.filter(change__gt=after)
    except ValueError:
        return _problem(400)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    head = {"cursor": page[-1].change if page else after, "more": len(found) > PAGE}
    lines = [orjson.dumps(head), *(orjson.dumps(as_given(post, channel)) for post in page)]
    return HttpResponse(b"\n".join(lines) + b"\n", content_type="application/x-ndjson")


def as_given(post: Post, channel: Channel) -> dict[str, Any]:
    """A post as the arena gives it, with the number where the citizen wrote one."""
    text = post.text
    if post.scene and PLACEHOLDER in text:
        text = text.replace(PLACEHOLDER, synthetic_number(post.scene.seed))
    return {
        "id": str(post.id),
        "change": post.change,
        "version": "deleted" if post.deleted_at else str(post.version),
        "parent": str(post.parent_id) if post.parent_id else None,
        "account": _account(post, channel),
        "ours": post.resident_id is None,
        "text": "" if post.deleted_at else text,
        "language": post.language,
        "created": rfc3339(post.created_at),
        "changed": _moment(post.deleted_at or post.changed_at),
        "deleted": post.deleted_at is not None,
        "hidden": post.hidden_at is not None,
        "private": False,
        "mark": str(post.mark) if post.mark else "",
        "url": link_to(channel, post.id),
    }


def _moment(moment: datetime | None) -> str | None:
    return rfc3339(moment) if moment else None


def _account(post: Post, channel: Channel) -> dict[str, str]:
    if post.resident is None:
        return {"id": "us", "handle": channel.handle, "name": channel.name, "url": public_path(channel)}
    one = post.resident
    return {"id": str(one.id), "handle": f"@{one.handle}", "name": one.name, "url": ""}


def _new_post(request: HttpRequest, channel: Channel) -> HttpResponse:
    asked = _asked(request)
    if asked is None:
        return _problem(400)
    text, parent = asked.get("text"), asked.get("parent")
    try:
        mark = UUID(str(asked.get("mark")))
        parent_id = int(str(parent)) if parent is not None else None
    except ValueError:
        return _problem(400)
    if not isinstance(text, str) or not text.strip() or len(text) > platform.LONGEST:
        return _problem(422)
    language = str(asked.get("language", ""))
    made = platform.post_as_us(channel, text, mark=mark, language=language, parent_id=parent_id, at=now())
    if made is None:
        return _problem(404)
    return _answer(as_given(made, channel))


@require_POST
@our_client
def on_post(request: HttpRequest, channel: Channel, post_id: int, verb: str) -> HttpResponse:
    """Hide, unhide, delete or edit one post."""
    asked = _asked(request)
    post = Post.objects.filter(channel=channel, pk=post_id).first()
    if asked is None or post is None:
        return _problem(404)
    if verb == "hide":
        platform.hide(post, at=now())
    elif verb == "unhide":
        platform.show_again(post)
    elif verb == "delete":
        platform.delete(post, at=now())
    elif verb == "edit" and post.resident_id is None and str(asked.get("text", "")).strip():
        platform.edit(post, str(asked["text"])[: platform.LONGEST], at=now())
    else:
        return _problem(422)
    found = Post.objects.select_related("resident", "scene").get(pk=post.pk)
    return _answer(as_given(found, channel))


@require_POST
@our_client
def on_account(request: HttpRequest, channel: Channel, account: UUID, verb: str) -> HttpResponse:
    """Block or unblock one citizen."""
    asked = _asked(request)
    resident = Resident.objects.filter(channel=channel, pk=account).first()
    if asked is None or resident is None:
        return _problem(404)
    if verb == "block":
        until = asked.get("until")
        platform.block(resident, until=datetime.fromisoformat(until) if until else None, at=now())
    elif verb == "unblock":
        platform.unblock(resident)
    else:
        return _problem(422)
    return _answer({"id": str(resident.id)})
