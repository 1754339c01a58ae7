"""The deposit's pages: ordered, made by the job, followed from the bytes to the line and back."""

import re
import tarfile
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from ordskifte.archive.deposits import make_deposit, order_deposit
from ordskifte.archive.errors_journal import JournalError
from ordskifte.archive.models import Deposit, DepositLine
from ordskifte.base.keys import load_keys
from ordskifte.people.models import Person, Role
from tests.archive.office import enter, open_period, question_and_answer
from tests.factories import NOW, home_store, make_channel, make_person, make_unit, number_entries, say

pytestmark = pytest.mark.django_db
LIST = "/desk/archive/deposits/"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def made_by(person: Person) -> Deposit:
    deposit = order_deposit(
        person, start=date(2026, 1, 1), end=date(2026, 12, 31), profile="default", sip=False, at=NOW
    )
    make_deposit(deposit.id, home=settings.HOME.path, store=home_store(), keys=load_keys(settings.HOME), at=NOW)
    deposit.refresh_from_db()
    return deposit


def test_an_archivist_orders_a_period_and_a_job_waits() -> None:
    client = signed_in(make_person(Role.ARCHIVIST))
    home_store()
    answer = client.post(LIST, {"start": "2026-01-01", "end": "2026-12-31", "profile": "default"})
    deposit = Deposit.objects.get()
    assert answer.headers["Location"] == f"{LIST}{deposit.id}/"
    assert (deposit.state, deposit.start, deposit.end) == ("waiting", date(2026, 1, 1), date(2026, 12, 31))
    jobs = ProcrastinateJob.objects.filter(task_name="make_deposit").values_list("args", flat=True)
    assert list(jobs) == [{"deposit_id": str(deposit.id)}]
    assert client.post(LIST, {"profile": "default"}).status_code == 422  # one at a time


@pytest.mark.parametrize(
    ("given", "field"),
    [({"profile": "other"}, "profile"), ({"start": date(2026, 2, 1), "end": date(2026, 1, 1)}, "start")],
)
def test_what_cannot_be_made_is_refused(given: dict[str, object], field: str) -> None:
    wanted = {"start": None, "end": None, "profile": "default", "sip": False} | given
    with pytest.raises(JournalError) as refused:
        order_deposit(make_person(Role.ARCHIVIST), at=NOW, **wanted)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_comment_is_followed_from_bytes_to_the_line_and_back_by_links_alone() -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    number_entries()
    archivist = make_person(Role.ARCHIVIST)
    deposit = made_by(archivist)
    client = signed_in(archivist)

    def hrefs(path: str) -> list[str]:
        answer = client.get(path.partition("#")[0])
        assert answer.status_code == 200, path
        return re.findall(r'href="([^"]+)"', answer.content.decode())

    evidence = f"/desk/v/{asked.current_id}/evidence/"
    follow = next(one for one in hrefs(evidence) if "/follow/" in one)
    stations = hrefs(follow)
    assert evidence in stations
    assert any(one.startswith("/desk/ledger/") for one in stations)
    assert any("/archive/cases/" in one for one in stations)
    line = next(one for one in stations if f"/deposits/{deposit.id}/" in one)
    assert follow in hrefs(line)
    document = next(one for one in stations if "/archive/document/" in one)
    answer = client.get(document)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Når brøyter dere Strandgata?" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


def test_the_package_is_checked_kept_fetched_and_removed() -> None:
    open_period()
    asked, answered = question_and_answer()
    enter(asked, answered)
    archivist = make_person(Role.ARCHIVIST)
    deposit = made_by(archivist)
    assert deposit.report["ok"]
    assert set(DepositLine.objects.values_list("record_id", flat=True)) == {asked.id, answered.id}
    client = signed_in(archivist)
    assert client.get(f"{LIST}{deposit.id}/").status_code == 200
    answer = client.get(f"{LIST}{deposit.id}/file.tar")
    with tarfile.open(fileobj=BytesIO(answer.content)) as tar:
        structure = tar.extractfile("package/arkivstruktur.xml")
        assert structure is not None
        lines = structure.read().decode().splitlines()
    place = DepositLine.objects.get(record_id=asked.id).line
    assert lines[place - 1] == f"<systemID>{asked.id}</systemID>"
    client.post(f"{LIST}{deposit.id}/remove/")
    assert client.get(f"{LIST}{deposit.id}/file.tar").status_code == 404
    assert client.get(f"{LIST}{deposit.id}/").status_code == 200


def test_a_deposit_that_cannot_be_made_says_why() -> None:
    deposit = order_deposit(make_person(Role.ARCHIVIST), start=None, end=None, profile="default", sip=True, at=NOW)
    home_store()
    make_deposit(
        deposit.id, home=settings.HOME.path / "none", store=home_store(), keys=load_keys(settings.HOME), at=NOW
    )
    deposit.refresh_from_db()
    assert deposit.state == "failed"
    assert "schemas install" in deposit.failure


def test_doors() -> None:
    unit = make_unit(sensitive=True)
    hidden = say(make_channel(unit=unit), "Barnevernet")
    practice = say(make_channel(practice=True), "Øving")
    leader, archivist = make_person(Role.LEADER), make_person(Role.ARCHIVIST)
    deposit = made_by(archivist)
    for path in ("", f"{deposit.id}/"):
        assert signed_in(leader).get(LIST + path).status_code == 200
        assert signed_in(make_person(Role.EDITOR)).get(LIST + path).status_code == 403
        assert Client().get(LIST + path).status_code == 302
    assert signed_in(leader).get(f"{LIST}{deposit.id}/file.tar").status_code == 403
    assert signed_in(leader).post(LIST, {"profile": "default"}).status_code == 403
    for kind in ("follow", "document"):
        assert signed_in(leader).get(f"/desk/archive/{kind}/{hidden.id}/").status_code == 404
        assert signed_in(archivist).get(f"/desk/archive/{kind}/{hidden.id}/").status_code == 200
        assert signed_in(archivist).get(f"/desk/archive/{kind}/{practice.id}/").status_code == 404
        assert signed_in(archivist).get(f"/desk/archive/{kind}/{uuid4()}/").status_code == 404
    assert signed_in(archivist).get(f"{LIST}{uuid4()}/").status_code == 404
