"""What each answer of a channel means for the thing that was sent."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from ordskifte.channels import reasons
from ordskifte.channels.errors import ChannelFault, NotSent, Refused, Unsure
from ordskifte.channels.wire import LARGEST, ask, waited

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def answered(*, raises: Exception | None = None, **response: object) -> httpx.Client:
    def handler(request: httpx.Request) -> httpx.Response:
        if raises:
            raise raises
        return httpx.Response(**response)  # type: ignore[arg-type]  # as the test says

    return httpx.Client(transport=httpx.MockTransport(handler))


@pytest.mark.parametrize(
    ("status", "fault", "why"),
    [
        (302, Unsure, reasons.NOT_UNDERSTOOD),
        (400, Refused, reasons.NOT_TAKEN),
        (401, Refused, reasons.NO_ACCESS),
        (403, Refused, reasons.NO_ACCESS),
        (404, Refused, reasons.GONE),
        (410, Refused, reasons.GONE),
        (422, Refused, reasons.NOT_TAKEN),
        (429, NotSent, reasons.BUSY),
        (500, Unsure, reasons.SERVER_FAULT),
        (503, Unsure, reasons.SERVER_FAULT),
    ],
)
def test_a_status_says_whether_anything_may_have_left(status: int, fault: type[ChannelFault], why: str) -> None:
    with answered(status_code=status) as client, pytest.raises(fault, match=why):
        ask(client, "POST", "https://a.example/posts", headers={}, json={})


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (httpx.ConnectError("x"), NotSent),
        (httpx.ConnectTimeout("x"), NotSent),
        (httpx.LocalProtocolError("x"), NotSent),
        (httpx.ReadTimeout("x"), Unsure),
        (httpx.ReadError("x"), Unsure),
        (httpx.WriteError("x"), Unsure),
        (httpx.RemoteProtocolError("x"), Unsure),
    ],
)
def test_before_the_connection_nothing_left_and_after_it_may_have(error: Exception, fault: type[ChannelFault]) -> None:
    with answered(raises=error) as client, pytest.raises(fault):
        ask(client, "POST", "https://a.example/posts", headers={}, json={})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<html>", reasons.A_PAGE),
        (b"\n<!DOCTYPE html><title>Log in</title>", reasons.A_PAGE),
        (b"", reasons.NOT_UNDERSTOOD),
        (b'{"id": ', reasons.NOT_UNDERSTOOD),
    ],
)
def test_what_is_no_json_may_have_come_after_the_thing_was_posted(content: bytes, why: str) -> None:
    with answered(status_code=200, content=content) as client, pytest.raises(Unsure, match=why):
        ask(client, "POST", "https://a.example/posts", headers={}, json={})


def test_an_answer_without_end_is_not_read_to_the_end() -> None:
    with answered(status_code=200, content=b"x" * (LARGEST + 1)) as client, pytest.raises(Unsure):
        ask(client, "GET", "https://a.example/posts", headers={})


def test_the_exchange_is_kept_as_it_was_but_for_credentials() -> None:
    with answered(status_code=200, json={"id": "1"}, headers={"set-cookie": "a=b", "x-one": "1"}) as client:
        answer = ask(
            client, "POST", "https://a.example/posts?x=1", headers={"authorization": "Bearer q"}, json={"a": 1}
        )
    assert answer.data == {"id": "1"}
    assert answer.exchange.request.startswith(b"POST /posts?x=1 HTTP/1.1\r\nHost: a.example\r\n")
    assert answer.exchange.request.endswith(b'\r\n\r\n{"a":1}')
    assert b"Bearer" not in answer.exchange.request
    assert answer.exchange.response.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"x-one: 1\r\n" in answer.exchange.response
    assert b"a=b" not in answer.exchange.response


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("7", 7.0),
        ("999999999", 21600.0),
        ("Thu, 12 Mar 2026 09:01:00 GMT", 60.0),
        ("Thu, 12 Mar 2026 08:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("٣", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(said: str, seconds: float | None) -> None:
    found = waited(said, NOW)
    assert found == (None if seconds is None else timedelta(seconds=seconds))
