"""Addresses under /desk/tokens/."""

from django.urls import path

from ordskifte.web.api import pages

urlpatterns = [
    path("", pages.tokens, name="tokens"),
    path("<uuid:token_id>/end/", pages.end, name="end-token"),
]
