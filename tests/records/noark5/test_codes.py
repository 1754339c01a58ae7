import json
from pathlib import Path

import pytest

from ordskifte.records.noark5 import codes
from ordskifte.records.noark5.codes import code_lists, is_allowed
from tests.records.noark5.shared import shared


@pytest.mark.parametrize(
    ("element", "value", "allowed"),
    [
        ("saksstatus", "Avsluttet", True),
        ("saksstatus", "avsluttet", False),
        ("avskrivningsmaate", "Besvart i sosiale medier", False),
        ("dokumenttype", "Innlegg i sosiale medier", True),  # a free list
        ("tittel", "Hva som helst", True),  # no list
    ],
)
def test_only_obligatory_lists_bind(element: str, value: str, allowed: bool) -> None:
    assert is_allowed(element, value) is allowed


def test_the_data_is_dated_and_names_its_source() -> None:
    data = json.loads(Path(codes.__file__).with_name("codes.json").read_text())
    assert data["source"]
    assert (data["valid_from"], data["valid_to"]) == ("2018-12-18", None)


@pytest.mark.shared
def test_every_obligatory_list_of_the_catalogue_is_ours() -> None:
    catalogue = json.loads((shared("noark5/5.5") / "metadatakatalog-5.5.0.json").read_text())["elementer"]
    theirs = {one["nr"]: tuple(one["verdier"]) for one in catalogue if one["verdierObligatoriske"]}
    ours = {one.number: one.values for one in code_lists().values() if one.obligatory}
    assert ours == theirs
