"""Addresses of the pages that combine packages: the public ones, and the desk's search, channels and ledger."""

from django.urls import path

from ordskifte.web import channels, checkpoints, connect, ledger, rules, search, start

app_name = "web"
urlpatterns = [
    path("", start.public_start, name="start"),
    path("rules/", rules.rules, name="rules"),
    path("checkpoints/", checkpoints.page, name="checkpoints"),
    path("checkpoints/feed.atom", checkpoints.feed, name="checkpoint-feed"),
    path("checkpoints/latest", checkpoints.latest, name="latest-checkpoint"),
    path("checkpoints/key", checkpoints.key, name="ledger-key"),
    path("checkpoints/<int:size>", checkpoints.one, name="checkpoint"),
    path("desk/search/", search.search_page, name="search"),
    path("desk/channels/", channels.channels, name="channels"),
    path("desk/channels/health/", connect.health, name="channel-health"),
    path("desk/channels/connect/<slug:kind>/", connect.connect, name="connect"),
    path("desk/channels/<uuid:channel_id>/test/", connect.test, name="test-channel"),
    path("desk/channels/<uuid:channel_id>/disconnect/", connect.disconnect, name="disconnect"),
    path("desk/channels/<uuid:channel_id>/", channels.change, name="change-channel"),
    path("desk/ledger/", ledger.ledger, name="ledger"),
    path("desk/ledger/<int:number>/", ledger.entry, name="entry"),
    path("desk/ledger/<int:number>/proof.json", ledger.proof, name="proof"),
]
