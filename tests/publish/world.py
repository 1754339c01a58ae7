"""Drafts for tests: a channel to write on, a draft with a text, who writes and who approves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ordskifte.people.models import Person, Role
from ordskifte.people.viewer import viewer_of
from ordskifte.plan.models import Channel
from ordskifte.publish.drafting import VariantWritten, Written, new_draft, save_draft
from ordskifte.publish.models import Draft
from ordskifte.publish.rules import Holds, holds_of
from tests.factories import make_channel, make_person
from tests.publish.conftest import AT

TEXT = "Vi brøyter Strandgata i kveld. Flytt bilen før klokka 18."


def writer(**more: Any) -> Person:
    return make_person(Role.EDITOR, Role.PUBLISHER, name="Ingrid Solli", language="en", **more)


def approver(name: str = "Aisha Rahman") -> Person:
    return make_person(Role.APPROVER, name=name, language="en")


def holds(person: Person) -> Holds:
    return holds_of(viewer_of(person))


def who(person: Person) -> dict[str, Any]:
    return {"by": person.id, "actor": f"person:{person.id}"}


def written(
    *channels: Channel, text: str = TEXT, variants: dict[UUID, VariantWritten] | None = None, **more: Any
) -> Written:
    given: dict[str, Any] = {"title": "Brøyting", "texts": {"nb": text}}
    every = {channel.id: VariantWritten() for channel in channels} | (variants or {})
    return Written(**(given | {"variants": every} | more))


def draft_of(person: Person, *channels: Channel, at: datetime = AT, **more: Any) -> Draft:
    """A draft with a text on these channels; on one channel served by hand when none is given."""
    draft = new_draft(at=at, **who(person))
    there = channels or (make_channel(kind="facebook", name=f"Facebook {draft.id}"),)
    return save_draft(draft.id, written(*there, **more), serial=draft.serial, at=at, **who(person))
