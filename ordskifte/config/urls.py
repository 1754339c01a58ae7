"""Which address leads where: composition only."""

from uuid import UUID

from django.urls import URLPattern, URLResolver, include, path

from ordskifte.people import urls as people
from ordskifte.plan.models import Channel
from ordskifte.web.health import health


def channel_names() -> dict[UUID, str]:
    """The channels that roles can be given for, by id."""
    return dict(Channel.objects.order_by("name").values_list("id", "name"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    *people.urlpatterns(channel_names),
    path("", include("ordskifte.web.urls")),
    path("desk/settings/", include("ordskifte.plan.urls")),
    path("desk/", include("ordskifte.converse.urls")),
    path("desk/", include("ordskifte.publish.urls")),
    path("desk/", include("ordskifte.threads.urls")),
    path("desk/", include("ordskifte.listen.urls")),
    path("desk/", include("ordskifte.converse.moderation.urls")),
    path("begrunnelse/", include("ordskifte.converse.moderation.public_urls")),
    path("desk/archive/", include("ordskifte.archive.urls")),
    path("", include("ordskifte.archive.public_urls")),
    path("", include("ordskifte.measure.urls")),
    path("desk/tokens/", include("ordskifte.web.api.desk_urls")),
    path("api/", include("ordskifte.web.api.urls")),
    path("", include("ordskifte.arena.urls")),
]

handler403 = "ordskifte.web.errors.forbidden"
handler404 = "ordskifte.web.errors.not_found"
handler500 = "ordskifte.web.faults.fault"
