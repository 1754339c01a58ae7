"""A body with grounds and people, and what somebody wrote, read by triage as the product does it."""

from datetime import timedelta

from django.conf import settings

from ordskifte.base.keys import load_keys
from ordskifte.converse.models import Measure
from ordskifte.converse.moderation.measures import Wish, take_measure
from ordskifte.converse.moderation.snapshot import Evidence
from ordskifte.people.models import Person
from ordskifte.plan.models import Ground, OpeningHours
from ordskifte.threads.models import Utterance
from tests.factories import NOW, home_store

THREAT = "Dere på teknisk skal få juling, jeg vet hvor bilene deres står."
HARASSMENT = "Du er et svin!"
CRITICISM = "Elendig brøyting i Strandgata, kommunen gjør en dårlig jobb!"
SPAM = "Tjen 50 000 kr i måneden hjemmefra! Klikk her https://x.example"
NUMBER = "02013299997"  # invented, by the rules of 2032


def evidence() -> Evidence:
    return Evidence(home_store(), load_keys(settings.HOME))


def make_ground(code: str = "harassment", *, published: bool = True, **names: str) -> Ground:
    """A ground of the body, published a year ago."""
    said = {"nb": code.title(), "nn": code.title(), "en": code.title()} | names
    examples = {"nb": f"Eksempel på {code}.", "nn": f"Døme på {code}.", "en": f"An example of {code}."}
    at = NOW - timedelta(days=365) if published else None
    return Ground.objects.create(code=code, names=said, examples=examples, published_at=at)


def open_weekdays() -> None:
    """Monday to Friday 8 to 15.30."""
    for weekday in range(5):
        OpeningHours.objects.create(weekday=weekday, opens="08:00", closes="15:30")


def wish(utterance: Utterance, ground: Ground, **more: object) -> Wish:
    """Hide it, with everything answered; `more` changes that."""
    given: dict[str, object] = {
        "kind": "hide",
        "ground_id": ground.id,
        "version_id": utterance.current_id,
        "facts": "Et menneske kalles et dyr; det er sjikane.",
        "neutral": True,
    }
    return Wish(**(given | more))  # type: ignore[arg-type]  # the fields of a wish


def take(utterance: Utterance, ground: Ground, by: Person, **more: object) -> Measure:
    """Take the measure, now."""
    return take_measure(wish(utterance, ground, **more), by=by, actor=f"person:{by.id}", at=NOW, evidence=evidence())
