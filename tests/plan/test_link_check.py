"""Links of places are tried as a person's browser would meet them; when nothing answers, the fault is ours."""

from collections.abc import Callable
from datetime import timedelta

import httpx
import pytest

from ordskifte.base.http import Door
from ordskifte.plan.link_check import check_places
from ordskifte.plan.models import Place
from ordskifte.plan.queries import live_places
from tests.factories import NOW

pytestmark = pytest.mark.django_db
Answers = Callable[[httpx.Request], httpx.Response]
DAY = timedelta(days=1)


def a_place(url: str, **more: object) -> Place:
    return Place.objects.create(purpose="casework", names={"nb": url}, url=url, **more)


def answers(**status: int) -> Answers:
    """By the first word of the host; 0 is a connection that fails."""

    def answer(request: httpx.Request) -> httpx.Response:
        code = status[request.url.host.partition(".")[0]]
        if not code:
            raise httpx.ConnectError("no")
        return httpx.Response(code, headers={"location": "https://a.kommune.no/ny"} if code == 301 else None)

    return answer


def check(answer: Answers, *, days: int = 0) -> tuple[int, list[str], list[str], bool]:
    with Door(transport=httpx.MockTransport(answer)) as door:
        found = check_places(door, at=NOW + days * DAY)
    names = {place.id: place.url for place in Place.objects.all()}
    return found.tried, [names[one] for one in found.died], [names[one] for one in found.revived], found.own_trouble


def test_what_is_gone_dies_at_once_and_what_is_silent_the_next_day() -> None:
    a, b, c = (a_place(f"https://{name}.kommune.no/") for name in "abc")
    assert check(answers(a=200, b=404, c=0)) == (3, [b.url], [], False)
    assert check(answers(a=200, b=410, c=503), days=1) == (3, [c.url], [], False)
    assert [place.url for place in live_places()] == [a.url]
    assert check(answers(a=200, b=200, c=200), days=2) == (
        3,
        [],
        [b.url, c.url] if b.id < c.id else [c.url, b.url],
        False,
    )
    assert len(live_places()) == 3


@pytest.mark.parametrize("status", [200, 204, 401, 403, 405, 429])
def test_a_page_that_answers_in_its_own_way_is_there(status: int) -> None:
    a_place("https://a.kommune.no/")
    assert check(answers(a=status)) == (1, [], [], False)
    assert Place.objects.get().checked_at == NOW


def test_redirects_are_followed_to_what_is_there() -> None:
    a_place("https://old.kommune.no/")
    assert check(answers(old=301, a=404)) == (1, ["https://old.kommune.no/"], [], False)


def test_when_nothing_answers_nothing_is_marked() -> None:
    for name in "ab":
        a_place(f"https://{name}.kommune.no/")
    assert check(answers(a=0, b=503)) == (2, [], [], True)
    assert set(Place.objects.values_list("checked_at", "failing_since")) == {(None, None)}


def test_the_same_link_is_asked_once_and_some_never() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(404)

    for _ in range(2):
        a_place("https://a.kommune.no/")
    a_place("https://eksempel.example/")
    a_place("https://closed.kommune.no/", dead_since=NOW, dead_why="person")
    a_place("", phone="1")
    tried, died, _revived, _trouble = check(answer)
    assert (asked, tried, len(died)) == (["https://a.kommune.no/"], 1, 2)


def test_a_link_into_a_private_network_is_left_as_it_is() -> None:
    place = a_place("http://127.0.0.1:1/")
    with Door() as door:
        assert check_places(door, at=NOW).died == ()
    place.refresh_from_db()
    assert (place.failing_since, place.checked_at) == (None, None)
