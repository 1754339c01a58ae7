"""Addresses of the arena: its own small side, the wire of our client, and the rooms where staff practise."""

from django.urls import path

from ordskifte.arena import api, views

app_name = "arena"
urlpatterns = [
    path("desk/arena/", views.exercises, name="exercises"),
    path("desk/arena/open/", views.open_channel, name="open"),
    path("desk/arena/certificate/", views.certificate, name="certificate"),
    path("desk/arena/runs/<uuid:run_id>/", views.run, name="run"),
    path("desk/arena/runs/<uuid:run_id>/end/", views.end, name="end"),
    path("desk/arena/<slug:exercise>/start/", views.start, name="start"),
    path("ovelse/<slug:slug>/", views.front, name="front"),
    path("ovelse/<slug:slug>/<int:post_id>/", views.thread, name="thread"),
    path("ovelse/<slug:slug>/api/posts", api.posts, name="api-posts"),
    path("ovelse/<slug:slug>/api/posts/<int:post_id>/<slug:verb>", api.on_post, name="api-on-post"),
    path("ovelse/<slug:slug>/api/accounts/<uuid:account>/<slug:verb>", api.on_account, name="api-on-account"),
]
