"""What every template may ask about the one who is looking."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from ordskifte.people.access import viewer_for
from ordskifte.people.models import BreakGlassUse, Person, Role


def person(request: HttpRequest) -> dict[str, Any]:
    """`break_glass`: this session is the sealed account's. `alarms`: its uses that nobody has seen yet, for
    administrators, read only when a template asks."""

    def alarms() -> list[BreakGlassUse]:
        if Role.ADMINISTRATOR not in viewer_for(request).body_roles:
            return []
        return list(BreakGlassUse.objects.filter(acknowledged_at=None).order_by("at"))

    desk = request.path.startswith("/desk/") and isinstance(request.user, Person)
    return {
        "break_glass": desk and getattr(request.user, "break_glass", False),
        "alarms": SimpleLazyObject(alarms) if desk else (),
    }
