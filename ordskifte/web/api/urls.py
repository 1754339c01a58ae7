"""Addresses under /api/: the API, its description for programs, and its reference for people."""

from django.urls import URLPattern, path, re_path

from ordskifte.web.api.errors import nothing_here, one_shape
from ordskifte.web.api.reference import reference
from ordskifte.web.api.routes import api

app_name = "api"
urlpatterns: list[URLPattern] = [path("", reference, name="api-root")]
for found in api.urls[0]:
    if isinstance(found, URLPattern) and found.name != "api-root":
        urlpatterns.append(path(str(found.pattern), one_shape(found.callback), name=found.name))
urlpatterns.append(re_path("", one_shape(nothing_here)))
