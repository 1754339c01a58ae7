"""A full disk and a missing database have pages of their own, made without either."""

import errno

import psycopg.errors
import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from ordskifte.base.errors import StoreError
from ordskifte.web.faults import status_of


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


FULL = OSError(errno.ENOSPC, "No space left on device")
RAISED = {
    "store-full": caused(StoreError("The store cannot write."), FULL),
    "store-missing": StoreError("evidence/1 is missing from the store."),
    "database-full": caused(OperationalError("could not extend file"), psycopg.errors.DiskFull()),
    "away": OperationalError("connection refused"),
    "closed": InterfaceError("connection already closed"),
    "ours": ValueError("a fault of ours"),
}


def broken(request: HttpRequest, name: str) -> HttpResponse:
    raise RAISED[name]


urlpatterns = [path("broken/<str:name>/", broken), path("api/broken/<str:name>/", broken)]
handler500 = "ordskifte.web.faults.fault"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RAISED["store-full"], 507),
        (RAISED["store-missing"], None),
        (RAISED["database-full"], 507),
        (RAISED["away"], 503),
        (RAISED["closed"], 503),
        (caused(OperationalError("canceled"), psycopg.errors.QueryCanceled()), None),
        (caused(IntegrityError("taken"), psycopg.errors.UniqueViolation()), None),
        (FULL, 507),
        (OSError(errno.EACCES, "Permission denied"), None),
        (RAISED["ours"], None),
        (None, None),
    ],
)
def test_what_is_at_fault_is_told_apart(error: BaseException | None, status: int | None) -> None:
    assert status_of(error) == status


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("store-full", 507, "There is no room left on the disk."),
        ("database-full", 507, "There is no room left on the disk."),
        ("away", 503, "The database does not answer."),
        ("ours", 500, "Something went wrong with us"),
    ],
)
def test_the_page_needs_no_database_and_says_what_to_do(name: str, status: int, title: str) -> None:
    client = Client(raise_request_exception=False, headers={"Accept-Language": "en"})
    answer = client.get(f"/broken/{name}/")  # no database mark: a query would fail this test
    assert answer.status_code == status
    assert title in answer.content.decode()


@pytest.mark.urls(__name__)
def test_the_api_gets_the_same_as_json() -> None:
    answer = Client(raise_request_exception=False, headers={"Accept-Language": "en"}).get("/api/broken/away/")
    assert (answer.status_code, answer.json()["detail"].split(".")[0]) == (503, "The database does not answer")
