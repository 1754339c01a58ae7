"""How a citizen reads our answers: the same words always mean the same, and what they came with decides."""

from datetime import UTC, datetime

import pytest

from ordskifte.arena.numbers import synthetic_number
from ordskifte.arena.replies import Places, Seen, asks_for_data, is_content, is_long, reaction_to, read_reply
from ordskifte.arena.scripts import Opening, personas
from ordskifte.converse.checks.reply import PlaceWords

AT = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
NUMBER = synthetic_number(7)
RIGHT = PlaceWords(
    ("Byggesak",), "https://eksempel.example/byggesak", "22 33 44 55", "bygg@eksempel.example", dead=False
)
OTHER = PlaceWords(("Presse",), "https://eksempel.example/presse", "22 33 44 66", "", dead=False)


def opening(persona: str, code: str) -> Opening:
    return personas()[persona].openings[code]


def read(text: str, persona: str = "angry_neighbour", code: str = "brøyting") -> Seen:
    found = opening(persona, code)
    return read_reply(
        text, opening=found, places=Places((RIGHT,), (OTHER,)), number=NUMBER if found.number else "", at=AT
    )


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("Hei Rolf. Strandgata brøytes i dag før klokka 14. Vi skulle ha vært der i går.", "answered"),
        ("Plogen kommer til Strandgata i morgen tidlig.", "answered"),
        ("Hei! Takk for innspillet. Vi tar det til orientering.", "evaded"),
        ("Vi har dessverre mye å gjøre med snøen.", "evaded"),
        ("Vi sjekker med driften og gir deg svar innen klokka 12.", "holding"),
        ("Som allerede nevnt brøytes Strandgata i dag klokka 14.", "cold"),
        ("BARE SLAPP AV!! Plogen kommer i dag.", "cold"),
        (
            "Hei. Strandgata vert brøytt i dag før klokka 14. Me skulle ha vore der i går, og det er ikkje bra.",
            "wrong_form",
        ),
    ],
)
def test_the_angry_neighbour_wants_a_time(text: str, reaction: str) -> None:
    assert reaction_to(read(text)) == reaction


@pytest.mark.parametrize(
    ("text", "reaction"),
    [
        ("Dette må vi se på i saken din. Ring byggesak på 22 33 44 55.", "moved"),
        ("Skriv til oss på https://eksempel.example/byggesak, så ser en saksbehandler på det.", "moved"),
        ("Ta kontakt med presse: https://eksempel.example/presse", "wrong_place"),
        ("Ta kontakt med oss.", "evaded"),
        ("Sak 24/1182 er til behandling. Ring 22 33 44 55.", "repeated_number"),
        ("Kan du skrive saksnummeret ditt her, så ser vi på det?", "asked_number"),
        ("Ikke skriv saksnummeret ditt her. Ring byggesak på 22 33 44 55.", "moved"),
    ],
)
def test_a_case_wants_the_right_place_and_nothing_said_again(text: str, reaction: str) -> None:
    assert reaction_to(read(text, "own_case", "byggesak")) == reaction


@pytest.mark.parametrize(
    "text",
    [
        f"Søknaden til {NUMBER} er mottatt.",
        f"Du er født {NUMBER[:6]}, ikke sant?",
        f"Sifrene {NUMBER[:3]} {NUMBER[3:6]} er notert.",
        f"Nummeret som slutter på {NUMBER[6:]} er funnet.",
    ],
)
def test_a_number_is_said_again_however_it_is_cut(text: str) -> None:
    assert read(text, "number_writer", "bostøtte").repeated_number


def test_other_figures_are_not_the_number() -> None:
    assert not read("Ring 22 33 44 55 mellom 9 og 15.", "number_writer", "bostøtte").repeated_number


def test_the_name_of_the_child_is_said_again_only_as_a_word() -> None:
    assert read("Vi ser på saken til Emil.", "worried_mother", "barnehage").repeated_number
    assert not read("Emilie på kontoret svarer deg.", "worried_mother", "barnehage").repeated_number


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Send oss fødselsnummeret ditt.", True),
        ("Kan du oppgi fullt navn og adressen din?", True),
        ("Please reply with your case number.", True),
        ("Hva er saksnummeret?", True),
        ("Ikke skriv fødselsnummeret ditt her.", False),
        ("Ikkje send fødselsnummeret her.", False),
        ("Send saksnummeret på https://eksempel.example/byggesak.", False),
        ("Vi trenger ikke fødselsnummeret ditt.", False),
        ("Do not write your case number here.", False),
    ],
)
def test_asking_for_data_in_public(text: str, asks: bool) -> None:
    assert asks_for_data(text) is asks


def test_the_newcomer_wants_a_link_in_english() -> None:
    good = "Welcome! Register your child for school at https://eksempel.example/school, or call us for help."
    assert reaction_to(read(good, "newcomer", "school_start")) == "answered"
    norwegian = (
        "Velkommen! Meld barnet inn på https://eksempel.example/school. Ring oss gjerne om noe er uklart for dere."
    )
    assert read(norwegian, "newcomer", "school_start").wrong_form


def test_content_is_having_what_one_came_for_in_a_decent_way() -> None:
    assert is_content(Seen(answered=True, wrong_form=True))
    assert not is_content(Seen(answered=True, cold=True))
    assert not is_content(Seen(moved=True, repeated_number=True))
    assert not is_content(Seen(holding=True))


def test_long_is_a_sentence_one_reads_twice_or_a_text_nobody_reads() -> None:
    assert not is_long("Strandgata brøytes i dag. Det skulle vært gjort i går.")
    assert is_long(" ".join(["ord"] * 25) + ".")
    assert is_long("Et par ord. " * 40)
