"""All settings on one page: what each says now, and what needs a person."""

from django.http import HttpResponse

from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest
from ordskifte.plan.pages import desk
from ordskifte.plan.queries.overview import overview


@desk.reading
def settings(request: DeskRequest) -> HttpResponse:
    return desk.show(request, "overview", {"found": overview(now())})
