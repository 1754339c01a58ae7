"""Addresses of threads, under /desk/."""

from django.urls import path

from ordskifte.threads import evidence_views, views

app_name = "threads"
urlpatterns = [
    path("threads/", views.threads, name="list"),
    path("threads/<uuid:thread_id>/", views.thread, name="thread"),
    path("u/<uuid:found_id>/", views.found, name="utterance"),
    path("v/<uuid:found_id>/", views.found, name="version"),
    path("u/<uuid:utterance_id>/versions/", views.versions, name="versions"),
    path("v/<uuid:version_id>/evidence/", evidence_views.evidence, name="evidence"),
    path("media/<uuid:version_id>/<slug:digest>", evidence_views.media, name="media"),
]
