"""Papers made from the actual set-up, to be read or printed."""

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ordskifte.archive import papers
from ordskifte.archive.pages.common import page
from ordskifte.archive.rules import OVERSEERS, keeps
from ordskifte.base.clock import now
from ordskifte.people.access import DeskRequest, desk


@never_cache
@require_safe
@desk(*OVERSEERS)
def paper_list(request: DeskRequest) -> HttpResponse:
    rows = [(code, title, basis) for code, (title, basis) in papers.TITLES.items()]
    return page(
        request,
        "papers",
        "papers",
        rows=rows,
        storage=papers.storage(),
        warnings=papers.warnings(),
        may=keeps(request.viewer),
    )


@never_cache
@require_safe
@desk(*OVERSEERS)
def paper(request: DeskRequest, code: str) -> HttpResponse:
    at = now()
    found = papers.paper(code, at=at)
    if found is None:
        raise Http404
    return page(request, "paper", "papers", paper=found, sections=found.made(at))
