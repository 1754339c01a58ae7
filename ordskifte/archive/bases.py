"""Legal bases for shielding: dated data (D12), so that a new law needs no code."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Basis:
    """One basis as it was worded from a day on. `restriction`: the standard's tilgangsrestriksjon."""

    code: str
    basis: str
    restriction: str
    names: dict[str, str]
    valid_from: date
    valid_to: date | None

    def name(self, language: str) -> str:
        return self.names.get(language[:2]) or self.names["nb"]


@cache
def _all() -> tuple[Basis, ...]:
    data = json.loads((Path(__file__).parent / "data" / "bases.json").read_text(encoding="utf-8"))
    return tuple(
        Basis(
            code=one["code"],
            basis=one["basis"],
            restriction=one["restriction"],
            names=one["names"],
            valid_from=date.fromisoformat(one["valid_from"]),
            valid_to=date.fromisoformat(one["valid_to"]) if one["valid_to"] else None,
        )
        for one in data["bases"]
    )


def bases_on(day: date) -> tuple[Basis, ...]:
    """What may be chosen on a day."""
    return tuple(one for one in _all() if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to))


def basis_of(code: str, day: date) -> Basis | None:
    return next((one for one in bases_on(day) if one.code == code), None)
