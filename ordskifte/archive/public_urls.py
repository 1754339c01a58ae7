"""Addresses that anyone may open: the public journal and access requests."""

from django.urls import path

from ordskifte.archive.pages import access, public

app_name = "public_journal"
urlpatterns = [
    path("journal/", public.journal, name="journal"),
    path("journal/feed.atom", public.feed, name="feed"),
    path("journal/offentligJournal.xml", public.xml, name="xml"),
    path("journal/journal.csv", public.as_csv, name="csv"),
    path("journal/einnsyn.json", public.einnsyn, name="einnsyn"),
    path("journal/<uuid:entry_id>/", public.entry, name="entry"),
    path("innsyn/", access.innsyn, name="innsyn"),
]
