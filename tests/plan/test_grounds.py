"""Grounds: narrow, never a viewpoint, published before use, followed by new ones and never rewritten."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ordskifte.plan.defaults import lay_defaults
from ordskifte.plan.errors import PlanError
from ordskifte.plan.grounds import add_ground, change_ground, publish_ground, withdraw_ground
from ordskifte.plan.models import Ground
from ordskifte.plan.queries import published_grounds
from ordskifte.plan.viewpoints import example_refusal, ground_refusal, refusal
from ordskifte.records.queries import entries_of_record
from tests.factories import NOW

pytestmark = pytest.mark.django_db
ACTOR = "person:11111111-1111-4111-8111-111111111111"
LATER = NOW + timedelta(days=1)
EXAMPLE = {"nb": "«Jeg vet hvor du bor.»"}


def a_ground(name: str = "Trusler", **more: str) -> Ground:
    return add_ground(
        names={"nb": name}, examples=EXAMPLE, legal_basis="straffeloven § 263", actor=ACTOR, at=NOW, **more
    )


STAYS = (
    """
Trusler|Truslar|Threats|Trakassering og personhets|Hets mot ansatte|Hatefulle ytringer|Hatefulle ytringar|Hate speech
Rasisme|Diskriminering|Reklame, svindel og masseutsending|Spam|Bannerreklame|Personopplysninger om andre
Personopplysningar|Fødselsnummer|Taushetsbelagte opplysninger|Ærekrenkelser|Pornografi|Oppfordring til vold
Brudd på opphavsretten|Falske profiler|Bilder av barn uten samtykke|Ulovlig innhold|Ulovleg innhald|Doxing
Illegal content|Defamation|Personal data about others|Fraud|Skadelig programvare|Seksuell trakassering
Politianmeldte forhold|Netthets|Gjentatte like innlegg
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("name", STAYS)
def test_a_narrow_ground_is_no_viewpoint(name: str) -> None:
    assert refusal(name) is None


GOES = (
    """
Kritikk|kritikk av kommunen|KRITIKK|Usaklig kritikk|Samfunnskritikk|Kritiske kommentarer|Kritiske innlegg|Criticism
Critical comments|Negative kommentarer|Negativ omtale|Misnøye|Klaging|Klager på ansatte|Complaints|Uenighet|Ueinigheit
Disagreement|Skader kommunens omdømme|Reputation|Irrelevant|Irrelevante innlegg|Irrelevant innhald|Ikke relevant
Ikke relevante innlegg|Utenfor tema|Utanfor tema|Utenom saken|Off-topic|off topic|Avsporing|Politisk budskap
Politiske bodskap|Partipolitikk|partipolitiske innlegg|Political messages|Politics|Valgkamp|Underskriftskampanjer
Meninger vi ikke deler|Meiningar|Holdninger|Opinions|Sarkasme|Ironi|Dialekt|Usaklig|Usakleg|Upassende språk
Inappropriate|Støtende|Offensive language|Banning|Bannskap|Swearing|Provoserende|Dårlig språkbruk|Feilinformasjon
Desinformasjon|Fake news|Falske påstander|Løgn|Konspirasjonsteorier|Spam og irrelevant innhold|Uønsket innhold
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("name", GOES)
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_viewpoint_is_refused_with_an_explanation_in_whatever_field(name: str, language: str) -> None:
    names = {"nb": "Noe", "nn": "Noko", "en": "Something"} | {language: name}
    with pytest.raises(PlanError) as error:
        add_ground(names=names, examples=EXAMPLE, legal_basis="", actor=ACTOR, at=NOW)
    assert error.value.field == f"names-{language}"
    assert len(str(error.value)) > 40
    assert Ground.objects.count() == 0


EXAMPLES_THAT_GO = """
Innlegg som kritiserer kommunen|Kritikk av ansatte|Skarp kritikk som ikke bygger på fakta|Kritikk er ikke tillatt her
Innlegg som ikke er relevante for saken|Ting som er irrelevant for tråden|Kommentarar utanfor tema|Off-topic comments
Politiske budskap og partipolitikk|Politiske bodskap|Political messages before an election|Criticism is not allowed
Critical comments that are not factual|Posts that harm our reputation|Det som skader kommunens omdømme
Hets. Misnøye med tjenestene våre|Kritikk blir ikkje godteke|Ytringer vi mener er usaklige|Meiningar vi ikkje deler
Sarcasm|Kritikk er ikke noe vi vil ha|Criticism is not nice|Kritikk er ikke greit
Banning og stygt språk|Løgn om kommunen
Kritikk står, men ikke når den er politisk|Klager på ansatte
"""
EXAMPLES_THAT_STAY = """
Skarp kritikk av arbeidet vårt er ikke trakassering.|Skarp kritikk av arbeidet vårt er ikkje trakassering.
Sharp criticism of our work is not harassment.|Kritikk får stå.|Kritikk fjernes ikke.|Political messages stay.
«Jeg er uenig, og jeg vet hvor du bor»|“You lies, I will find you”|Hets på grunn av politisk syn
Å kalle noen nedsettende ting igjen og igjen. Kritikk er alltid velkommen.|En nabos helse eller adresse
"""


def _each(texts: str) -> list[str]:
    return texts.strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("text", _each(EXAMPLES_THAT_GO))
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_viewpoint_is_refused_as_an_example_in_whatever_language(text: str, language: str) -> None:
    examples = {"nb": "Noe", "nn": "Noko", "en": "Something"} | {language: text}
    with pytest.raises(PlanError) as error:
        add_ground(names={"nb": "Trusler"}, examples=examples, legal_basis="", actor=ACTOR, at=NOW)
    assert (error.value.field, Ground.objects.count()) == (f"examples-{language}", 0)


@pytest.mark.parametrize("text", _each(EXAMPLES_THAT_STAY))
def test_an_example_may_say_what_the_ground_is_not(text: str) -> None:
    assert example_refusal(text) is None


@pytest.mark.parametrize(
    "basis", ["kommunens omdømme", "våre regler mot kritikk", "lojalitet; illojale ytringer", "politics"]
)
def test_a_viewpoint_is_no_legal_basis(basis: str) -> None:
    with pytest.raises(PlanError) as error:
        add_ground(names={"nb": "Trusler"}, examples=EXAMPLE, legal_basis=basis, actor=ACTOR, at=NOW)
    assert error.value.field == "legal_basis"


def test_what_a_body_starts_with_is_no_viewpoint() -> None:
    lay_defaults(actor=ACTOR, at=NOW)
    grounds = list(Ground.objects.all())
    assert len(grounds) > 5
    assert [one.code for one in grounds if ground_refusal(one.names, one.examples, one.legal_basis)] == []


def test_a_ground_is_in_use_when_it_is_published() -> None:
    ground = a_ground()
    assert (ground.code, ground.names["nn"], ground.examples["en"]) == ("trusler", "Trusler", EXAMPLE["nb"])
    assert published_grounds() == []
    publish_ground(ground.id, actor=ACTOR, at=NOW)
    assert published_grounds() == [ground]
    with pytest.raises(PlanError):
        publish_ground(ground.id, actor=ACTOR, at=NOW)
    withdraw_ground(ground.id, actor=ACTOR, at=LATER)
    assert published_grounds() == []
    for again in (publish_ground, withdraw_ground):
        with pytest.raises(PlanError):
            again(ground.id, actor=ACTOR, at=LATER)
    assert [entry.kind for entry in entries_of_record(ground.id)] == [
        "ground.added",
        "ground.published",
        "ground.withdrawn",
    ]


def change(ground: Ground, name: str) -> Ground:
    return change_ground(
        ground.id, names={"nb": name}, examples=EXAMPLE, legal_basis="straffeloven § 263", actor=ACTOR, at=LATER
    )


def test_a_ground_that_is_not_published_is_changed_as_it_stands() -> None:
    ground = a_ground()
    assert change(ground, "Grove trusler").pk == ground.pk
    assert change(ground, "Grove trusler").names["nb"] == "Grove trusler"
    assert [entry.kind for entry in entries_of_record(ground.id)] == ["ground.added", "ground.changed"]


def test_a_published_ground_is_followed_by_another_and_its_words_stay() -> None:
    old = a_ground()
    publish_ground(old.id, actor=ACTOR, at=NOW)
    new = change(old, "Grove trusler")
    old.refresh_from_db()
    assert (old.names["nb"], old.withdrawn_at, new.code, new.published_at) == ("Trusler", LATER, old.code, LATER)
    assert published_grounds() == [new]
    assert change(new, "Grove trusler") == new
    assert entries_of_record(new.id)[0].details == {"code": "trusler", "follows": str(old.id)}
    with pytest.raises(PlanError):
        change(old, "Noe annet")
    with pytest.raises(PlanError):
        change(new, "Kritikk")
    with pytest.raises(PlanError):
        change_ground(uuid4(), names={}, examples={}, legal_basis="", actor=ACTOR, at=NOW)


def test_a_code_is_one_standing_ground() -> None:
    a_ground(code="threat")
    with pytest.raises(PlanError):
        a_ground("Andre trusler", code="threat")
    with pytest.raises(PlanError):
        a_ground("123")
    for missing in ({"names": {}, "examples": EXAMPLE}, {"names": {"nb": "x"}, "examples": {"nb": "  "}}):
        with pytest.raises(PlanError):
            add_ground(**missing, legal_basis="", actor=ACTOR, at=NOW)
