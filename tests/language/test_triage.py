"""One text assessed: what comes out, what outweighs what, and what hostile text cannot do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ordskifte.language.triage import RULES_VERSION, Assessment, LocalRule, Reason, Span, assess, explain
from tests.language.test_personal_data import PLAIN

KINDS = set(
    "question praise criticism complaint report casework spam harassment threat offtopic other".split()  # noqa: SIM905 - as words
)
FORMAL = {"klage", "innsynskrav", "horingsuttalelse", "varsel", "threat", "child_welfare", "emergency"}


def test_an_ordinary_question_stays() -> None:
    assert assess("Når åpner biblioteket?") == Assessment(
        lang="nb",
        lang_sure=True,
        kind="question",
        personal_data=(),
        journal_candidate=False,
        moderation="keep",
        why=(
            Reason("question.word", 0, 3, "Når"),
            Reason("question.wonders", 0, 9, "Når åpner"),
        ),
        rules_version=RULES_VERSION,
    )


@pytest.mark.parametrize(
    ("text", "kind", "formal", "journal", "moderation"),
    [
        ("Jeg klager på avslaget på barnehageplass", "complaint", ("klage",), True, "escalate"),
        ("Jeg godtar ikke vedtaket, se på saken igjen", "complaint", ("klage",), True, "escalate"),
        ("Ber om innsyn i kontrakten", "casework", ("innsynskrav",), True, "escalate"),
        ("Høringsuttalelse til kommuneplanen: bevar jordet", "casework", ("horingsuttalelse",), True, "escalate"),
        ("Jeg vil varsle om at sjefen jukser med timelister", "report", ("varsel",), True, "escalate"),
        ("Naboen slår barna sine hver kveld", "report", ("child_welfare",), True, "escalate"),
        ("Det brenner i garasjen!", "report", ("emergency",), False, "escalate"),
        ("Jeg skal drepe deg", "threat", ("threat",), True, "escalate"),
        ("Gå og heng deg, din rotte", "harassment", (), False, "remove"),
        ("Tjen 9000 kr dagen, klikk på lenken i profilen min", "spam", (), False, "remove"),
        ("Ordføreren er en udugelig klovn", "criticism", (), False, "keep"),
        ("Faen ta hele eiendomsskatten", "criticism", (), False, "keep"),
        ("Gatelyset ved kirka er knust", "report", (), False, "keep"),
        ("Tusen takk for god hjelp!", "praise", (), False, "keep"),
        ("Når får jeg svar på søknaden min?", "casework", (), True, "escalate"),
    ],
)
def test_what_a_text_is(text: str, kind: str, formal: tuple[str, ...], journal: bool, moderation: str) -> None:
    found = assess(text)
    assert (found.kind, found.formal, found.journal_candidate, found.moderation) == (kind, formal, journal, moderation)


def test_a_national_number_is_hidden_whatever_else_the_text_is() -> None:
    found = assess(f"Jeg klager på parkeringsgebyret, fnr {PLAIN}")
    assert (found.formal, found.moderation) == (("klage",), "hide_pii")
    assert found.personal_data == (Span("fnr", 37, 48),)
    assert Reason("personal.national", 37, 48, PLAIN) in found.why


def test_formal_things_have_their_reasons_first() -> None:
    why = assess("Er det lov? Jeg ber om innsyn i kontrakten. 98 76 54 32").why
    assert why[0].rule == "innsynskrav.innsyn"
    assert why[-1] == Reason("personal.phone", 44, 55, "98 76 54 32")


def test_every_reason_is_cut_from_the_text_and_explained() -> None:
    for text in (
        "Hva er vitsen?",
        "Selger sofa",
        "Mor har demens og ble glemt på sykehjemmet",
        "Korttenkt, rett og slett",
    ):
        found = assess(text)
        assert found.why
        for reason in found.why:
            assert text[reason.start : reason.end] == reason.text
            assert explain(reason.rule).endswith(".")


def test_an_unknown_rule_has_no_explanation() -> None:
    assert explain("nobody.knows") == ""


def test_somebody_elses_words_are_not_the_writers() -> None:
    found = assess("Noen ropte «jeg skal drepe deg» til sønnen min på bussen. Hva gjør skolen?")
    assert "threat" not in found.formal
    assert found.moderation != "remove"


def test_a_local_rule_names_ordinary_things() -> None:
    rule = LocalRule(("isbanen",), "question", "local.1")
    found = assess("Isbanen på Myra", local_rules=[rule])
    assert found.kind == "question"
    assert found.why[0] == Reason("local.1", 0, 7, "Isbanen")


def test_a_local_rule_wants_all_its_words() -> None:
    rule = LocalRule(("isbanen", "i kveld"), "question", "local.1")
    assert assess("Isbanen på Myra", local_rules=[rule]).kind != "question"
    assert assess("Isbanen er åpen i kveld", local_rules=[rule]).kind == "question"


@pytest.mark.parametrize(
    "text", ["Jeg skal drepe deg på isbanen", "Jeg klager på vedtaket om isbanen", "Du på isbanen er en rotte"]
)
def test_a_local_rule_never_overrules_what_is_formal(text: str) -> None:
    rule = LocalRule(("isbanen",), "praise", "local.1")
    assert assess(text, local_rules=[rule]) == assess(text)


def test_a_local_rule_alone_never_proposes_removal() -> None:
    rule = LocalRule(("isbanen",), "spam", "local.1")
    found = assess("Isbanen på Myra", local_rules=[rule])
    assert (found.kind, found.moderation) == ("spam", "escalate")


@pytest.mark.parametrize("text", ["jævla faen dritt helvete", "fitte", "neger", "idiot idiot idiot", "drittsekk"])
def test_a_word_alone_never_proposes_removal(text: str) -> None:
    assert assess(text).moderation != "remove"


hostile = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\ud800\udfff\u200b\u202e\u0301\ufb01«»“”123456789@.-/ \n"),
        st.sampled_from("abcdeæøå"),
    ),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(
    hostile,
    st.sampled_from(["", "jeg klager på vedtaket ", "far har demens ", "ring 98 76 54 32 ", "bor i Testgata 5 "]),
)
def test_hostile_text_gives_places_inside_the_text(noise: str, words: str) -> None:
    text = noise + words + noise
    found = assess(text)
    assert found.kind in KINDS
    assert found.lang in {"nb", "nn", "se", "en", "other"}
    assert found.moderation in {"keep", "hide_pii", "remove", "escalate"}
    assert set(found.formal) <= FORMAL
    assert all(0 <= span.start < span.end <= len(text) for span in found.personal_data)
    assert all(text[reason.start : reason.end] == reason.text for reason in found.why)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "1" * 300_000,
        "1 " * 100_000,
        "a@" * 100_000,
        "a.b" * 100_000 + "@",
        "ikke " * 100_000,
        "null " * 100_000,
        "Testgata 5 " * 30_000,
        "«" * 100_000,
        "\u0301" * 300_000,
        "født " * 50_000 + "1",
        "pass " * 50_000,
        "http://" * 50_000,
        "e-post: " + "a" * 100_000 + "@example.no",
        "klage på " * 40_000 + "vedtak",
        "98765432 " * 30_000,
        "født 1.1.2000 " * 30_000,
        "+47 " * 100_000,
        " ".join(f"ord{at}x" for at in range(60_000)),
    ],
    ids=lambda text: text[:8],
)
def test_a_very_long_text_comes_to_an_end(text: str) -> None:
    assert assess(text).rules_version == RULES_VERSION


def test_disguised_words_are_read() -> None:
    assert assess("Jeg kla\u200bger på ved\u00adtaket om sky\u0301ss").formal == ("klage",)
    assert assess("ＪＥＧ ＫＬＡＧＥＲ ＰÅ ＶＥＤＴＡＫＥＴ").formal == ("klage",)


@pytest.mark.parametrize(
    "text",
    [
        "Plogen kommer til Strandgata i morgen tidlig.",
        "Vi sjekker med driften og gir deg svar innen klokka 12.",
        "Jeg kommer på møtet i kveld",
        "Vi ses på torsdag, ta med deg barna",
    ],
)
def test_everyday_words_are_no_threat(text: str) -> None:
    assert "threat" not in assess(text).formal
    assert assess(text).kind != "threat"
