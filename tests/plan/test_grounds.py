"""Grounds: narrow, never a viewpoint, published before use, followed by new ones and never rewritten."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ordskifte.plan.errors import PlanError
from ordskifte.plan.grounds import add_ground, change_ground, publish_ground, withdraw_ground
from ordskifte.plan.models import Ground
from ordskifte.plan.queries import published_grounds
from ordskifte.plan.viewpoints import refusal
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
