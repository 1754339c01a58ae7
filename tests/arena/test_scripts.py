"""The citizens' scripts are whole, and no real person's number stands in our files."""

from importlib.resources import files

import pytest

from ordskifte.arena.numbers import synthetic_number
from ordskifte.arena.scripts import REACTIONS, common, edition, personas
from ordskifte.language.personal_data import find_numbers
from ordskifte.language.written_form import written_form


def test_every_citizen_has_words_for_everything_in_every_language_they_write() -> None:
    for persona in personas().values():
        for opening in persona.openings.values():
            for reaction in REACTIONS:
                assert persona.says(reaction, opening.language, 0), (persona.code, reaction)
                assert persona.says(reaction, opening.language, 99)


def test_the_first_time_they_say_the_first_thing_and_never_run_out() -> None:
    rolf = personas()["angry_neighbour"]
    said = [rolf.says("evaded", "nb", before) for before in range(5)]
    assert len(set(said[:3])) == 3
    assert said[3] == said[4] == said[2]


@pytest.mark.parametrize("code", sorted(personas()))
def test_an_opening_is_written_in_the_form_it_says(code: str) -> None:
    for opening in personas()[code].openings.values():
        if opening.expect not in ("remove",):
            assert written_form(opening.text).lang == opening.language, opening.code


def test_there_are_both_written_forms_and_some_english() -> None:
    languages = [opening.language for persona in personas().values() for opening in persona.openings.values()]
    assert {"nb", "nn", "en"} == set(languages)
    assert len(personas()) >= 9


def test_no_number_stands_in_our_files_and_the_invented_ones_are_found_as_numbers() -> None:
    for path in files("ordskifte.arena").joinpath("data", "personas").iterdir():
        assert not find_numbers(path.read_text(encoding="utf-8"))
    for seed in range(1, 400):
        number = synthetic_number(seed)
        assert len(find_numbers(number)) == 1
        assert int(number[2:4]) > 80


def test_every_exercise_has_its_words_in_three_languages() -> None:
    for exercise in edition().exercises.values():
        assert set(exercise.title) == set(exercise.about) == {"nb", "nn", "en"}
        assert set(exercise.openings) >= {"nb", "nn"}
    assert set(common()) == set(REACTIONS)
