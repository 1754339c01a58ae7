"""S1 to S13: whole or not at all, the same when read back, in three languages."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ordskifte.converse.moderation.statement import (
    LANGUAGES,
    Statement,
    carried_out_at,
    letter,
    paragraphs,
    put_back,
    short,
    statement_of,
)
from tests.factories import NOW

NAMES = {"nb": "Trusler", "nn": "Truslar", "en": "Threats"}
WHOLE = Statement(
    done="hide",
    to="comment",
    to_at=NOW,
    channel="Facebook-siden",
    at=NOW,
    until=None,
    ground="threat",
    ground_names=NAMES,
    ground_examples={"nb": "«Vent til jeg ser deg»", "nn": "", "en": ""},
    facts="Truer ansatte med juling.",
    reported=True,
    automated=False,
    legal_basis="straffeloven § 263",
    can_do=("rewrite",),
    complain_by=NOW + timedelta(days=21),
    answer_days=5,
    outside=("sivilombudet", "court"),
    archived=True,
    code="AAAAA-BBBBB-CCCCC-DDDDD",
)


def test_it_is_the_same_when_read_back() -> None:
    for one in (WHOLE, replace(WHOLE, done="block", until=NOW + timedelta(days=3), automated=True, reported=False)):
        assert statement_of(one.as_json()) == one
        assert one.missing() == ()


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"done": ""}, "S1"),
        ({"channel": ""}, "S2"),
        ({"done": "block"}, "S3"),
        ({"ground": ""}, "S4"),
        ({"ground_names": {"nb": "Trusler"}}, "S4"),
        ({"facts": ""}, "S5"),
        ({"can_do": ()}, "S9"),
        ({"answer_days": 0}, "S10"),
        ({"outside": ()}, "S11"),
        ({"archived": False}, "S12"),
        ({"code": ""}, "S13"),
    ],
)
def test_a_missing_part_is_named(changes: dict[str, object], part: str) -> None:
    assert replace(WHOLE, **changes).missing() == (part,)  # type: ignore[arg-type]


def test_the_letter_says_everything() -> None:
    said = letter(WHOLE, "nb", link="https://eksempel.example/b/", own_words="Dere skal få juling.")
    for part in (
        "Vi har skjult kommentaren din.",
        "12. mars 2026",
        "Facebook-siden",
        "«Dere skal få juling.»",
        "Grunn: Trusler. For eksempel: «Vent til jeg ser deg»",
        "Truer ansatte med juling.",
        "Noen sa fra til oss.",
        "Et menneske har avgjort dette.",
        "straffeloven § 263",
        "Kritikk er velkommen.",
        "2. april 2026",
        "5 arbeidsdager",
        "Sivilombudet",
        "domstolene",
        "arkivert",
        "AAAAA-BBBBB-CCCCC-DDDDD",
        "https://eksempel.example/b/",
    ):
        assert part in said, part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("done", ["hide", "remove", "block"])
@pytest.mark.parametrize("automated", [False, True])
def test_what_all_can_read_holds_no_facts(language: str, done: str, automated: bool) -> None:
    until = NOW + timedelta(days=3) if done == "block" else None
    statement = replace(WHOLE, done=done, until=until, automated=automated)
    public = [
        short(statement, language, link="https://e.example/"),
        put_back(statement, language, link="https://e.example/"),
        *paragraphs(statement, language, facts=False),
    ]
    assert all(public)
    assert all("juling" not in one for one in public)
    assert len(public[0]) < 280
    assert "https://e.example/" in public[0]


def test_the_three_languages_are_three() -> None:
    assert len({short(WHOLE, language, link="x") for language in LANGUAGES}) == 3


def test_times_run_from_the_second_yes() -> None:
    later = NOW + timedelta(days=2)
    moved = carried_out_at(replace(WHOLE, done="block", until=NOW + timedelta(days=30)), later)
    assert (moved.at, moved.until, moved.complain_by) == (
        later,
        later + timedelta(days=30),
        later + timedelta(days=21),
    )
