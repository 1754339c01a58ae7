"""Names of those who did something, as the ledger knows them: `person:<id>`, `system:command`."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from ordskifte.people.models import Person


def actor_names(actors: Iterable[str]) -> dict[str, str]:
    """The name of each actor. One query."""
    wanted = set(actors)
    ids = {actor: found for actor in wanted if (found := _person(actor))}
    names = dict(Person.objects.filter(id__in=ids.values()).values_list("id", "name"))
    return {
        actor: names.get(ids[actor], _("someone who worked here")) if actor in ids else _("Ordskifte")
        for actor in wanted
    }


def _person(actor: str) -> UUID | None:
    kind, _colon, found = actor.partition(":")
    try:
        return UUID(found) if kind == "person" else None
    except ValueError:
        return None
