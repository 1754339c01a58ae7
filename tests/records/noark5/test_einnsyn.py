import json
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
import yaml

from ordskifte.records.noark5.einnsyn import journalpost_payload, saksmappe_payload
from ordskifte.records.noark5.public import HIDDEN, public_entry
from ordskifte.records.noark5.values import Klasse
from tests.records.noark5.shared import shared
from tests.records.noark5.world import BODY, PERSON, answer, archive, case, hidden, question

TODAY = date(2026, 4, 1)
LATER = date(2027, 3, 4)  # the day after a year for the answer, two for the question


def leaf() -> Klasse:
    return archive(()).arkivdel.klassifikasjonssystem.klasser[0].underklasser[0]


@cache
def components() -> dict[str, Any]:
    """The API's schemas as they hold for requests: what is read-only need not be sent (OpenAPI 3.0)."""
    path = shared("einnsyn") / "einnsyn.openapi.yml"
    schemas: dict[str, Any] = yaml.safe_load(path.read_text())["components"]["schemas"]
    for one in schemas.values():
        read_only = {name for name, about in one.get("properties", {}).items() if about.get("readOnly")}
        one["required"] = [name for name in one.get("required", []) if name not in read_only]
    return schemas


def validator(name: str) -> Any:
    return jsonschema_rs.validator_for(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": components()}}, validate_formats=False
    )


@pytest.mark.shared
@pytest.mark.parametrize("post", [question, answer, hidden])
@pytest.mark.parametrize("on", [TODAY, LATER])
def test_an_entry_is_valid(post: Any, on: date) -> None:
    payload = journalpost_payload(post(), case(), leaf(), on=on)
    assert [error.message for error in validator("Journalpost.JournalpostCreate").iter_errors(payload)] == []


@pytest.mark.shared
def test_a_case_is_valid() -> None:
    payload = saksmappe_payload(case(), public_entry(answer(), case(), leaf()))
    assert [error.message for error in validator("Saksmappe.SaksmappeCreate").iter_errors(payload)] == []


@pytest.mark.shared
def test_the_schema_refuses_what_is_wrong() -> None:
    payload = journalpost_payload(answer(), case(), leaf(), on=TODAY)
    checked = validator("Journalpost.JournalpostCreate")
    assert not checked.is_valid({**payload, "journalposttype": "Utgående dokument"})
    assert not checked.is_valid({name: value for name, value in payload.items() if name != "offentligTittel"})


def test_nothing_shielded_leaves() -> None:
    for on in (TODAY, LATER):
        said = json.dumps(journalpost_payload(question(), case(), leaf(), on=on), ensure_ascii=False)
        assert PERSON not in said
        assert "Storgata" not in said


def test_names_stand_only_in_the_field_that_is_searched_for_a_year() -> None:
    payload = journalpost_payload(answer(tittel="Svar til Per Aas"), case(), leaf(), on=TODAY)
    assert (payload["offentligTittel"], payload["offentligTittelSensitiv"]) == (
        f"Svar til {HIDDEN}",
        "Svar til Per Aas",
    )
    body, person = payload["korrespondansepart"]
    assert (body["korrespondansepartNavn"], body["korrespondansepartNavnSensitiv"]) == (BODY, BODY)
    assert (person["korrespondansepartNavn"], person["korrespondansepartNavnSensitiv"]) == (HIDDEN, "Per Aas")


@pytest.mark.parametrize(("on", "there"), [(date(2027, 3, 3), True), (date(2027, 3, 4), False)])
def test_after_the_year_they_stand_in_none(on: date, there: bool) -> None:
    said = json.dumps(journalpost_payload(answer(tittel="Svar til Per Aas"), case(), leaf(), on=on), ensure_ascii=False)
    assert ("Per Aas" in said) is there


def test_the_shielding_is_said_with_its_legal_basis() -> None:
    payload = journalpost_payload(question(), case(), leaf(), on=TODAY)
    assert payload["skjerming"]["tilgangsrestriksjon"] == "Unntatt offentlighet"
    assert "skjerming" not in journalpost_payload(answer(), case(), leaf(), on=TODAY)
