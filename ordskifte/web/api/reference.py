"""The API's reference for people: a plain page made from the same description that programs read."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ordskifte.web.api.routes import api


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing an address can be asked with."""

    name: str
    place: str  # path or query
    form: str
    description: str


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the API."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    fields: tuple[tuple[str, str, str], ...]  # name, form, description of what it answers with


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """All addresses, what they take and what they answer."""
    schema = api.get_openapi_schema()
    addresses = [_address(path, operations["get"], schema) for path, operations in schema["paths"].items()]
    return render(request, "web/api.html", {"addresses": addresses})


def _address(path: str, operation: dict[str, Any], schema: dict[str, Any]) -> Address:
    parameters = tuple(
        Parameter(
            one["name"], one["in"], _form(one["schema"]), one.get("description") or one["schema"].get("description", "")
        )
        for one in operation.get("parameters", [])
    )
    content = operation["responses"].get(200, {}).get("content", {}).get("application/json", {})
    return Address(path, operation["summary"], parameters, tuple(_fields(content.get("schema", {}), schema)))


def _fields(answer: dict[str, Any], schema: dict[str, Any]) -> list[tuple[str, str, str]]:
    name = answer.get("$ref", "").rsplit("/", 1)[-1]
    known = schema["components"]["schemas"].get(name, {})
    return [(field, _form(one), one.get("description", "")) for field, one in known.get("properties", {}).items()]


def _form(one: dict[str, Any]) -> str:
    """A field's form in words: `uuid`, `date-time or null`, `list of ThreadOut`."""
    if "anyOf" in one:
        return " or ".join(_form(each) for each in one["anyOf"])
    if "$ref" in one:
        return str(one["$ref"]).rsplit("/", 1)[-1]
    if one.get("type") == "array":
        return f"list of {_form(one['items'])}"
    if "enum" in one:
        return ", ".join(f'"{each}"' for each in one["enum"])
    return str(one.get("format") or one.get("type") or one.get("const", ""))
