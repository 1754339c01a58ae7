"""The citizens' scripts and the exercises, read from our data files. A file that does not fit is an error at once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Final

DATA: Final = "ordskifte.arena"
EXPECTED: Final = ("answer", "keep", "move_out", "hide_number", "hide", "remove")
NEEDS: Final = ("time", "reason", "link", "figure", "thanks")
REACTIONS: Final = (
    "answered",
    "moved",
    "holding",
    "evaded",
    "repeated_number",
    "asked_number",
    "wrong_place",
    "cold",
    "wrong_form",
    "hidden",
    "number_hidden",
    "nag",
    "gone",
)
CHECKS: Final = (
    "in_time",
    "answered",
    "moved",
    "tone",
    "form",
    "short",
    "no_number",
    "not_asked",
    "hidden",
    "hidden_in_time",
    "kept",
    "removed",
    "no_answer",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a citizen comes with, and what a good answer to it has."""

    code: str
    language: str
    text: str
    expect: str
    patience: timedelta
    about: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    place: str = ""  # the purpose of the place that must be named
    number: bool = False
    secrets: tuple[str, ...] = ()  # what must not be said again
    more: tuple[str, ...] = ()  # what comes after it unasked


@dataclass(frozen=True, slots=True)
class Persona:
    """One citizen: who they are, what they come with, how they react."""

    code: str
    name: str
    handle: str
    label: Mapping[str, str]
    openings: Mapping[str, Opening]
    reactions: Mapping[str, Mapping[str, tuple[str, ...]]]

    def says(self, reaction: str, language: str, before: int) -> str:
        """Their words for a reaction that has come `before` times already: the next of them, then the last again."""
        found = self.reactions.get(reaction, {}).get(language) or common()[reaction][language]
        return found[min(before, len(found) - 1)]


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to practise."""

    code: str
    persona: str
    openings: Mapping[str, str]
    checks: tuple[str, ...]
    title: Mapping[str, str]
    about: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edition:
    """The set of exercises a certificate is about."""

    name: str
    valid: timedelta
    exercises: Mapping[str, Exercise]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(DATA).joinpath("data", *name.split("/")).read_text(encoding="utf-8"))


def _texts(table: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    found = {kind: {language: tuple(texts) for language, texts in by.items()} for kind, by in table.items()}
    if unknown := set(found) - set(REACTIONS):
        raise ValueError(f"no such reaction: {sorted(unknown)}")
    return found


@cache
def common() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """What anyone may say, in every language, for every reaction."""
    found = _texts(_read("common.toml"))
    for reaction in REACTIONS:
        if set(found.get(reaction, {})) != {"nb", "nn", "en"}:
            raise ValueError(f"{reaction} needs words in nb, nn and en")
    return found


@cache
def personas() -> Mapping[str, Persona]:
    """Every citizen, by code."""
    folder = files(DATA).joinpath("data", "personas")
    names = sorted(one.name for one in folder.iterdir() if one.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): _persona(name.removesuffix(".toml"), _read(f"personas/{name}")) for name in names
    }


def _persona(code: str, table: dict[str, Any]) -> Persona:
    openings = {one["code"]: _opening(one) for one in table["openings"]}
    reactions = _texts(table.get("reactions", {}))
    return Persona(code, table["name"], table["handle"], table["label"], openings, reactions)


def _opening(table: dict[str, Any]) -> Opening:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
    given["patience"] = timedelta(minutes=given["patience"])
    given["text"] = given["text"].strip()
    made = Opening(**given)
    if made.expect not in EXPECTED or not set(made.needs) <= set(NEEDS) or made.number != ("{fnr}" in made.text):
        raise ValueError(f"the opening {made.code} does not fit")
    return made


@cache
def edition() -> Edition:
    """The exercises there are."""
    table = _read("exercises.toml")
    made = {one["code"]: Exercise(**(one | {"checks": tuple(one["checks"])})) for one in table["exercises"]}
    for exercise in made.values():
        known = personas()[exercise.persona].openings
        if not set(exercise.checks) <= set(CHECKS) or not set(exercise.openings.values()) <= set(known):
            raise ValueError(f"the exercise {exercise.code} does not fit")
    return Edition(table["edition"], timedelta(days=table["valid_days"]), made)
