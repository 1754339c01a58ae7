"""Addresses of the archivist's desk, under /desk/archive/."""

from django.urls import URLPattern

app_name = "archive"
urlpatterns: list[URLPattern] = []
