"""`ordskifte collect` and `ordskifte channels`, against a server on loopback."""

import pytest
from click.testing import CliRunner
from django.conf import settings

from ordskifte.base.clock import now
from ordskifte.base.keys import load_keys
from ordskifte.channels import reasons
from ordskifte.cli import channels, collect
from ordskifte.cli.session import Session
from ordskifte.plan.connections import Given, connect_channel
from ordskifte.plan.models import Channel
from ordskifte.plan.reaching import try_access, way_out
from ordskifte.threads.models import Utterance
from tests.factories import home_store, make_channel
from tests.wire.mastodon_server import Server, mastodon

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Session:
    store = home_store()
    keys = load_keys(settings.HOME)
    return Session(home=settings.HOME, keys=keys, store=store, server=None, new=False, demo=False)


def connected(server: Server) -> Channel:
    given = Given("mastodon", server.address, secret="our-token", name="Kommunen")
    with way_out() as client:
        checked = try_access(given, client, clock=now)
    return connect_channel(given, checked, actor="system:test", at=now(), keys=load_keys(settings.HOME))


def test_a_connected_channel_is_read_now_and_its_fault_is_said(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "INSIDE_HOSTS", frozenset({"127.0.0.1"}))
    with mastodon() as server:
        channel = connected(server)
        server.say("2", {"status": "@kommunen Når brøyter dere?"})
        (one,) = collect._chosen("")
        assert collect._collect(one, session) == {
            "channel": "Kommunen", "id": str(channel.id), "new": 1, "problem": "",
        }  # fmt: skip
        assert Utterance.objects.get().external_id.startswith(f"{server.address}/users/kari/statuses/")
        server.fault = (401, {}, "{}")
        assert collect._collect(one, session)["problem"] == reasons.EXPIRED


def test_a_channel_is_chosen_by_name_or_id_and_must_be_connected() -> None:
    home_store()
    channel = make_channel("Bloggen", kind="wordpress")
    Channel.objects.filter(pk=channel.pk).update(connected_at=now())
    make_channel("Siden", kind="facebook")
    assert collect._chosen("Bloggen") == collect._chosen(str(channel.id)) == [channel]
    for wanted, why in (("Ingen", "no channel called"), ("Siden", "not connected")):
        with pytest.raises(Exception, match=why):
            collect._chosen(wanted)


def test_the_verbs_refuse_where_there_is_no_home(tmp_path: object) -> None:
    for command in (collect.command, channels.command):
        done = CliRunner().invoke(command, ["--json"], obj=str(tmp_path))
        assert done.exit_code != 0
