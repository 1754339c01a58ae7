"""Addresses of the outbox, under /desk/."""

from django.urls import path

from ordskifte.publish import views

app_name = "publish"
urlpatterns = [
    path("outbox/", views.page, name="outbox"),
    path("outbox/<uuid:outbox_id>/<slug:name>/", views.act, name="act"),
]
