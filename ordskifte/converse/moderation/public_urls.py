"""The public address of reasons and complaint."""

from django.urls import path

from ordskifte.converse.moderation import public

app_name = "reasons"
urlpatterns = [
    path("", public.ask, name="ask"),
    path("<str:code>/", public.reasons, name="reasons"),
]
