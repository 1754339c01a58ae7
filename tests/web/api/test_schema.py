"""The API against its own description: schemathesis asks what it can think of, in this process."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation

from ordskifte.web.api.routes import api as described
from tests.factories import edit, number_entries
from tests.web.api.conftest import World, token_for

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_dict(
    orjson.loads(orjson.dumps(described.get_openapi_schema(), option=orjson.OPT_NON_STR_KEYS))
)
schema.app = WSGIHandler()


@pytest.fixture
def token(world: World) -> Iterator[str]:
    """A token, in a world with numbered entries whose connection stays open, as Django's own test client keeps it."""
    edit(world.open, "Når blir stien brøytet?")
    number_entries()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield token_for(world.colleague)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case: Any, token: str, world: World) -> None:
    """No fault of ours and no answer that is not in the description, whatever is asked. Half the ids are real ones."""
    world.open.refresh_from_db()
    real = {"threads": world.open.thread_id, "evidence": world.open.current_id}
    wrong = {place for place, made in case.meta.components.items() if made.mode.is_negative}
    for name, asked in {} if ParameterLocation.PATH in wrong else case.path_parameters.items():
        if str(asked)[-1:] in "02468ace":
            case.path_parameters[name] = str(real.get(case.path.split("/")[2], world.open.id))
    headers = {} if ParameterLocation.HEADER in wrong else {"Authorization": f"Bearer {token}"}
    case.call_and_validate(headers=headers)
