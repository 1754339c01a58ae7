"""The demo's practice channel: filled once, and things happen when the worker comes."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from ordskifte.arena.models import Post, Scene
from ordskifte.arena.scenes import step
from ordskifte.arena.scripts import personas
from ordskifte.web.demo.arena import fill_arena
from tests.factories import NOW, make_unit

pytestmark = pytest.mark.django_db


def test_everyone_in_the_scripts_comes_and_nobody_twice() -> None:
    unit = make_unit()
    channel = fill_arena(unit, actor="system:demo", at=NOW)
    fill_arena(unit, actor="system:demo", at=NOW)
    assert (channel.practice, channel.kind) == (True, "arena")
    assert set(Scene.objects.values_list("resident__persona", flat=True)) == set(personas())
    openings = list(Scene.objects.values_list("resident__persona", "opening"))
    assert len(openings) == len(set(openings))


def test_those_who_have_waited_stand_there_at_once_with_their_own_time() -> None:
    fill_arena(make_unit(), actor="system:demo", at=NOW)
    step(at=NOW)
    first = Post.objects.order_by("created_at")[0]
    assert first.created_at == NOW - timedelta(days=3)
    assert Post.objects.count() == 10
    step(at=NOW + timedelta(minutes=2))
    assert Post.objects.filter(created_at__gt=NOW).exists()
    assert ProcrastinateJob.objects.filter(task_name="collect").exists()
