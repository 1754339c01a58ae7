"""Addresses of figures: the desk's and the public ones."""

from django.urls import path

from ordskifte.measure import views

app_name = "measure"
urlpatterns = [
    path("desk/measure/", views.desk_figures, name="figures"),
    path("moderering/", views.public_figures, name="public"),
    path("moderering/figures.json", views.open_figures, name="open"),
]
