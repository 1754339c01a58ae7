"""What Eksempel kommune has decided: hours, promises, places, topics with owners, and a roster with one gap in it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction

from ordskifte.people.models import Person, Unit
from ordskifte.plan.defaults import lay_defaults, shipped
from ordskifte.plan.models import Channel, Place, Shift, Topic
from ordskifte.plan.opening_hours import set_opening_hours
from ordskifte.plan.places import add_place, change_place
from ordskifte.plan.promises import make_promise
from ordskifte.plan.shifts import add_shifts
from ordskifte.plan.topics import add_topic, change_topic
from ordskifte.plan.working_time import OSLO

ACTOR: Final = "system:demo"
WEEKS: Final = 4
SITE: Final = "https://eksempel.example"
PHONE: Final = "12 34 56 78"  # no Norwegian number of eight digits begins with 1
DAY: Final = (time(8), time(15, 30))
SPLIT: Final = ((time(8), time(11, 30)), (time(12, 30), time(15, 30)))

# shipped without an address: purpose -> web address, phone, e-mail, hours
ADDRESSES: Final = {
    "casework": (f"{SITE}/kontakt", PHONE, "", "hverdager 8–15.30"),
    "press": ("", PHONE, "presse@eksempel.example", "hverdager 8–15.30"),
    "privacy": ("", "", "personvernombud@eksempel.example", ""),
}
# our own places: bokmål, nynorsk, English -> unit, web address, phone, hours
PLACES: Final = (
    (("Vakt for vei og vann", "Vakt for veg og vatn", "Road and water duty"), "Teknisk", "/vakt", PHONE, "hele døgnet"),
    (("Byggesak", "Byggesak", "Building cases"), "Teknisk", "/byggesak", "", ""),
    (("Barnehagekontoret", "Barnehagekontoret", "Nursery office"), "Oppvekst", "/barnehage", PHONE, "hverdager 9–15"),
    (("Skolekontoret", "Skulekontoret", "School office"), "Oppvekst", "/skole", PHONE, "hverdager 9–15"),
    (("Barnevernvakta", "Barnevernsvakta", "Child welfare duty"), "Barnevern", "/barnevern", "116 111", "hele døgnet"),
)
# bokmål name of a shipped topic -> unit, place
OWNERS: Final = {
    "Vei, brøyting og gatelys": ("Teknisk", "Vakt for vei og vann"),
    "Vann og avløp": ("Teknisk", "Vakt for vei og vann"),
    "Avfall": ("Teknisk", "Servicetorget"),
    "Bygg og plan": ("Teknisk", "Byggesak"),
    "Barnehage": ("Oppvekst", "Barnehagekontoret"),
    "Skole og SFO": ("Oppvekst", "Skolekontoret"),
    "Helse og omsorg": ("Kommunikasjon", "Servicetorget"),
    "Skatt og gebyr": ("Kommunikasjon", "Servicetorget"),
}
CHILD_WELFARE: Final = ("Barnevern", "Barnevern", "Child welfare")


@transaction.atomic
def lay_plan(units: Mapping[str, Unit], *, today: datetime) -> None:
    """All of it, once; what somebody has changed since is left alone. Decided a month ago: clocks run already."""
    at = today - timedelta(days=30)
    lay_defaults(actor=ACTOR, at=at)
    if Topic.objects.filter(names__nb=CHILD_WELFARE[0]).exists():
        return
    set_opening_hours(units["Oppvekst"].id, dict.fromkeys(range(5), SPLIT), actor=ACTOR, at=at)
    set_opening_hours(units["Teknisk"].id, dict.fromkeys(range(5), ((time(7), time(15)),)), actor=ACTOR, at=at)
    places = _places(units, at)
    _topics(units, places, at)
    _promise(at)
    if not Shift.objects.exists():
        _roster(today)


def _places(units: Mapping[str, Unit], at: datetime) -> dict[str, Place]:
    for place in Place.objects.filter(dead_why="address"):
        url, phone, email, hours = ADDRESSES[place.purpose]
        change_place(
            place.id,
            purpose=place.purpose,
            names=place.names,
            unit_id=None,
            url=url,
            phone=phone,
            email=email,
            hours=hours,
            actor=ACTOR,
            at=at,
        )
    for names, unit, path, phone, hours in PLACES:
        add_place(
            purpose="casework",
            names=_in_languages(names),
            unit_id=units[unit].id,
            url=SITE + path,
            phone=phone,
            email="",
            hours=hours,
            actor=ACTOR,
            at=at,
        )
    return {place.names["nb"]: place for place in Place.objects.all()}


def _topics(units: Mapping[str, Unit], places: Mapping[str, Place], at: datetime) -> None:
    words = {row["names"]["nb"]: ", ".join(row["words"]) for row in shipped()["topics"]}
    for topic in Topic.objects.filter(names__nb__in=OWNERS):
        unit, place = OWNERS[topic.names["nb"]]
        change_topic(
            topic.id,
            names=topic.names,
            words=words[topic.names["nb"]],
            unit_id=units[unit].id,
            place_id=places[place].id,
            four_eyes=topic.names["nb"] == "Bygg og plan",
            actor=ACTOR,
            at=at,
        )
    add_topic(
        names=_in_languages(CHILD_WELFARE),
        words="barnevern, bekymringsmelding, omsorgssvikt, omsorgsovertak, fosterhjem, fosterheim",
        unit_id=units["Barnevern"].id,
        place_id=places["Barnevernvakta"].id,
        four_eyes=True,
        actor=ACTOR,
        at=at,
    )


def _promise(at: datetime) -> None:
    for channel in Channel.objects.filter(kind__in=("facebook", "arena")).exclude(unit__name="Barnevern"):
        make_promise(
            channel.id,
            "comment",
            value=4,
            unit_of_time="hours",
            clock="working",
            condition="spørsmål om tjenestene våre",
            holding_counts=False,
            valid_from=at,
            actor=ACTOR,
            at=at,
        )


def _roster(at: datetime) -> None:
    """Ingrid, and Aisha on Fridays but the next one: the gap that is warned of. Tarjei is on the duty list."""
    people = {person.name: person for person in Person.objects.all()}
    today = at.astimezone(OSLO).date()
    last = today + timedelta(weeks=WEEKS)
    fridays = _next_friday(today + timedelta(days=1)) + timedelta(days=7)
    for name, first, weekdays, hours, urgent in (
        ("Ingrid Solli", today, range(4), DAY, False),
        ("Aisha Rahman", fridays, [4], DAY, False),
        ("Tarjei Moen", today, range(7), (DAY[1], DAY[0]), True),
    ):
        add_shifts(
            people[name].id,
            unit_id=None,
            first=first,
            last=last,
            weekdays=weekdays,
            begins=hours[0],
            ends=hours[1],
            urgent=urgent,
            actor=ACTOR,
            at=at,
        )


def _next_friday(day: date) -> date:
    return day + timedelta(days=(4 - day.weekday()) % 7)


def _in_languages(names: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("nb", "nn", "en"), names, strict=True))
