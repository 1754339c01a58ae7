"""Every live channel is reached through the guarded door: an address inside is asked nothing unless it is named."""

import ast
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import override_settings

import ordskifte
from ordskifte.channels.errors import NotSent
from ordskifte.publish.sending import outgoing
from ordskifte.worker.reach import Roads
from tests.factories import home_store
from tests.loopback import Platform
from tests.publish.conftest import channel_on, english, platform, put

__all__ = ["english", "platform"]
pytestmark = pytest.mark.django_db
ASKERS = ("Client", "AsyncClient", "HTTPTransport", "AsyncHTTPTransport", "get", "post", "request", "stream")


def test_an_address_inside_is_asked_nothing(platform: Platform) -> None:
    store = home_store()  # makes the home's keys, which reaching a channel reads
    channel = channel_on(platform)
    row = put(channel)
    with override_settings(INSIDE_HOSTS=frozenset()), Roads() as roads:
        live = roads.reach(channel)
        with pytest.raises(NotSent):
            live.send(outgoing(row, store))
        with pytest.raises(NotSent):
            live.fetch("")
    assert (platform.texts(), sum(platform.tries.values())) == ({}, 0)


def test_one_that_the_operator_has_named_is_asked(platform: Platform) -> None:
    store = home_store()  # makes the home's keys, which reaching a channel reads
    channel = channel_on(platform)
    row = put(channel)
    named = frozenset({urlsplit(platform.address).hostname})
    with override_settings(INSIDE_HOSTS=named), Roads() as roads:
        assert roads.reach(channel).send(outgoing(row, store)).external_id == "1"
    assert platform.texts() == {row.text: 1}


def test_no_channel_makes_a_way_out_of_its_own() -> None:
    """A protocol gets its client handed in; what it imports of httpx is names for errors and types."""
    made = []
    for path in sorted((Path(ordskifte.__file__).parent / "channels").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of = node.func.value
                if isinstance(of, ast.Name) and of.id in ("httpx", "requests") and node.func.attr in ASKERS:
                    made.append(f"{path.name}:{node.lineno}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
                if names & {"socket", "requests", "urllib.request", "http.client", "smtplib"}:
                    made.append(f"{path.name}:{node.lineno}")
    assert made == []
