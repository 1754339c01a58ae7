"""Addresses of imports, under /desk/."""

from django.urls import path

from ordskifte.listen import views

app_name = "listen"
urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<uuid:import_id>/", views.one_import, name="import"),
    path("imports/<uuid:import_id>/stop/", views.stop, name="stop"),
]
