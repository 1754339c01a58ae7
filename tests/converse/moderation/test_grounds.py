"""What may never be a ground, and what carries one."""

import pytest

from ordskifte.converse.moderation.grounds import Seen, carried, refused_facts, refused_ground


@pytest.mark.parametrize(
    "facts",
    [
        "Truer ansatte med vold, midt i kritikk som kan stå.",
        "Kaller saksbehandleren et svin; det er sjikane.",
        "Reklame for klokker, lagt ut 40 ganger.",
        "Fødselsnummeret til et barn står i teksten.",
        "Deler helseopplysninger om naboen.",
        "Skriv gjerne på nytt.",
    ],
)
def test_facts_that_can_carry_a_ground_pass(facts: str) -> None:
    assert refused_facts(facts) == ""


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ("Kritikk av kommunen", "criticism"),
        ("Dette er bare kritisk til ordføreren", "criticism"),
        ("Negative kommentarer om oss", "criticism"),
        ("Klager på brøytinga igjen", "criticism"),
        ("Han er uenig i vedtaket", "criticism"),
        ("Criticises the mayor", "criticism"),
        ("Irrelevant for saken", "irrelevant"),
        ("Innlegget er ikke relevant", "irrelevant"),
        ("Utanfor temaet", "irrelevant"),
        ("Off-topic", "irrelevant"),
        ("Politisk budskap", "political"),
        ("politiske ytringar høyrer ikkje heime her", "political"),
        ("Partipolitisk innlegg", "political"),
        ("Political message", "political"),
        ("Skader omdømmet vårt", "reputation"),
        ("Setter oss i dårlig lys", "reputation"),
    ],
)
def test_opinions_are_no_facts_under_a_ground(facts: str, reason: str) -> None:
    assert refused_facts(facts) == reason


@pytest.mark.parametrize(
    ("code", "names", "reason"),
    [
        ("threat", {"nb": "Trusler mot personer", "nn": "Truslar mot personar", "en": "Threats"}, ""),
        ("harassment", {"nb": "Hets og sjikane", "nn": "Hets og sjikane", "en": "Harassment"}, ""),
        ("personal_data", {"nb": "Personopplysninger om andre", "nn": "", "en": "Personal data of others"}, ""),
        ("criticism", {"nb": "Annet", "nn": "Anna", "en": "Other"}, "criticism"),
        ("other", {"nb": "Usaklig kritikk", "nn": "Usakleg kritikk", "en": "Other"}, "criticism"),
        ("off-topic", {"nb": "Annet", "nn": "Anna", "en": "Other"}, "irrelevant"),
        ("x", {"nb": "Politiske budskap", "nn": "Politiske bodskap", "en": "Other"}, "political"),
        ("political", {"nb": "Valg", "nn": "Val", "en": "Elections"}, "political"),
    ],
)
def test_a_ground_may_not_be_an_opinion(code: str, names: dict[str, str], reason: str) -> None:
    assert refused_ground(code, names) == reason


@pytest.mark.parametrize(
    ("code", "seen", "expected"),
    [
        ("threat", Seen("threat", "escalate"), True),
        ("harassment", Seen("harassment", "remove"), True),
        ("spam", Seen("spam", "remove"), True),
        ("personal_number", Seen("question", numbers=1), True),
        ("personal_data", Seen("criticism", personal=frozenset({"phone"})), True),
        ("threat", Seen("criticism", formal=frozenset({"threat"})), True),
        ("harassment", Seen("criticism", "remove"), True),
        ("harassment", Seen("criticism", parts=frozenset({"criticism", "harassment"})), True),
        ("threat", Seen("question", parts=frozenset({"threat"})), True),
        ("harassment", Seen("criticism"), False),
        ("harassment", Seen("criticism", parts=frozenset({"criticism", "spam"})), False),
        ("threat", Seen("question"), False),
        ("spam", Seen("praise", "remove"), False),
        ("personal_data", Seen("complaint"), False),
        ("illegal", Seen("other"), False),
        ("harassment", Seen("casework", "escalate"), False),  # escalate: somebody must answer it
        ("personal_data", Seen("casework", "escalate", personal=frozenset({"sak"})), False),
    ],
)
def test_a_ground_is_carried_by_the_words(code: str, seen: Seen, expected: bool) -> None:
    assert carried(code, seen) is expected
