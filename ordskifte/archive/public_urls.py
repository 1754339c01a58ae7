"""Addresses that anyone may open: the public journal and access requests."""

from django.urls import URLPattern

app_name = "public_journal"
urlpatterns: list[URLPattern] = []
