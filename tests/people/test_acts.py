"""Persons and roles: each act changes its rows and writes one entry, or refuses and writes none."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from ordskifte.people import acts
from ordskifte.people.acts import GivenRole
from ordskifte.people.break_glass import ACCOUNT, acknowledge, alarm, seal
from ordskifte.people.errors import PeopleError
from ordskifte.people.models import Body, BreakGlassUse, Grant, Invitation, Passkey, Person, Role, Session, Unit
from ordskifte.people.viewer import viewer_of
from tests.people.conftest import AT, PASSWORD, colleague_of, entries

pytestmark = pytest.mark.django_db
COMMAND = "system:command"


def last_entry() -> tuple[str, str, object]:
    """(kind, actor, details) of the newest entry."""
    kind, body = entries()[-1]
    return kind, body["actor"], body["details"]


def test_the_first_administrator_has_a_password_and_the_role_for_the_whole_body(administrator: Person) -> None:
    assert administrator.check_password(PASSWORD)
    assert viewer_of(administrator).body_roles == {Role.ADMINISTRATOR}
    assert last_entry() == ("person.first_administrator", COMMAND, {})


def test_there_is_one_first_administrator(administrator: Person) -> None:
    before = len(entries())
    with pytest.raises(PeopleError):
        acts.create_first_administrator("bo@eksempel.no", "Bo", PASSWORD, at=AT)
    assert (Person.objects.count(), len(entries())) == (1, before)


@pytest.mark.parametrize("password", ["", "short", "elleve tegn", "1q2w3e4r5t6y"])
def test_a_weak_first_password_is_refused(db: None, password: str) -> None:
    with pytest.raises(PeopleError):
        acts.create_first_administrator("ada@eksempel.no", "Ada", password, at=AT)
    assert (Person.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize(
    ("email", "name"), [("no address", "Ada"), ("", "Ada"), ("ada@eksempel.no", " "), ("a\x00@b.no", "A")]
)
def test_a_person_needs_an_address_and_a_name(db: None, email: str, name: str) -> None:
    with pytest.raises(PeopleError):
        acts.create_first_administrator(email, name, PASSWORD, at=AT)
    assert Person.objects.count() == 0


def test_what_a_name_cannot_hold_is_replaced(db: None) -> None:
    person = acts.create_first_administrator("ada@eksempel.no", "A\x00da\ud800", PASSWORD, at=AT)
    person.refresh_from_db()
    assert person.name == "A\ufffdda\ufffd"


def test_an_installation_belongs_to_one_body(administrator: Person) -> None:
    with pytest.raises(PeopleError):
        acts.create_body("Another", at=AT)
    acts.name_body(" Ny kommune ", actor=COMMAND, at=AT)
    assert Body.objects.get().name == "Ny kommune"
    assert last_entry() == ("body.renamed", COMMAND, {})


def test_an_invited_person_comes_in_once_by_the_link(administrator: Person) -> None:
    roles = [GivenRole(Role.EDITOR), GivenRole(Role.ARCHIVIST)]
    person, secret = acts.invite("kim@eksempel.no", "Kim", roles=roles, actor=f"person:{administrator.id}", at=AT)
    assert last_entry() == (
        "person.invited",
        f"person:{administrator.id}",
        {"roles": [{"role": "editor"}, {"role": "archivist"}]},
    )
    assert (person.is_active, person.has_usable_password(), viewer_of(person).may_enter) == (False, False, False)
    found = acts.open_invitation(secret, at=AT)
    assert found is not None
    acts.accept_invitation(found, way="passkey", at=AT)
    assert last_entry() == ("invitation.accepted", f"person:{person.id}", {"way": "passkey"})
    person.refresh_from_db()
    assert viewer_of(person).body_roles == {Role.EDITOR, Role.ARCHIVIST}
    assert acts.open_invitation(secret, at=AT) is None
    with pytest.raises(PeopleError):
        acts.accept_invitation(found, way="passkey", at=AT)


def test_the_link_s_secret_is_not_kept(administrator: Person) -> None:
    _, secret = acts.invite("kim@eksempel.no", "Kim", roles=[], actor=COMMAND, at=AT)
    kept = Invitation.objects.values().get()
    assert secret.encode() not in b"".join(str(value).encode() for value in kept.values())
    assert len(bytes(kept["digest"])) == 32


@pytest.mark.parametrize(("days", "usable"), [(0, True), (6.99, True), (7, False), (400, False)])
def test_an_invitation_lasts_seven_days(administrator: Person, days: float, usable: bool) -> None:
    _, secret = acts.invite("kim@eksempel.no", "Kim", roles=[], actor=COMMAND, at=AT)
    assert (acts.open_invitation(secret, at=AT + timedelta(days=days)) is not None) is usable


@pytest.mark.parametrize("secret", ["", "x", "\x00", "æ" * 1000])
def test_no_other_secret_opens_an_invitation(administrator: Person, secret: str) -> None:
    acts.invite("kim@eksempel.no", "Kim", roles=[], actor=COMMAND, at=AT)
    assert acts.open_invitation(secret, at=AT) is None


def test_inviting_again_ends_the_first_link_and_keeps_the_person(administrator: Person) -> None:
    first, old = acts.invite("kim@eksempel.no", "Kim", roles=[GivenRole(Role.EDITOR)], actor=COMMAND, at=AT)
    again, new = acts.invite("KIM@eksempel.no", "Kim K", roles=[GivenRole(Role.EDITOR)], actor=COMMAND, at=AT)
    assert (first.id, again.name) == (again.id, "Kim K")
    assert (acts.open_invitation(old, at=AT), acts.open_invitation(new, at=AT) is not None) == (None, True)
    assert Grant.objects.filter(person=first).count() == 1
    renewed = acts.renew_invitation(again, actor=COMMAND, at=AT)
    assert (acts.open_invitation(new, at=AT), acts.open_invitation(renewed, at=AT) is not None) == (None, True)


def test_a_user_is_not_invited_again(colleague: Person) -> None:
    before = len(entries())
    with pytest.raises(PeopleError):
        acts.invite("Kim@Eksempel.no", "Kim", roles=[], actor=COMMAND, at=AT)
    with pytest.raises(PeopleError):
        acts.renew_invitation(colleague, actor=COMMAND, at=AT)
    assert len(entries()) == before


def test_removing_ends_roles_sessions_keys_and_links_at_once(administrator: Person, colleague: Person) -> None:
    client = Client()
    client.force_login(colleague)
    Passkey.objects.create(person=colleague, name="phone", credential_id=b"1", credential=b"2", added_at=AT)
    assert client.get("/desk/me/").status_code == 200
    acts.remove_person(colleague, actor=f"person:{administrator.id}", at=AT)
    assert client.get("/desk/me/").status_code == 302
    assert last_entry() == ("person.removed", f"person:{administrator.id}", {"ended": [{"role": "editor"}]})
    left = (
        Session.objects.count(),
        Passkey.objects.count(),
        Grant.objects.filter(person=colleague, ended_at=None).count(),
    )
    assert left == (0, 0, 0)
    assert Person.objects.filter(id=colleague.id, is_active=False).exists()


def test_a_removed_person_can_be_invited_again_with_nothing_of_before(colleague: Person) -> None:
    acts.remove_person(colleague, actor=COMMAND, at=AT)
    person, secret = acts.invite("kim@eksempel.no", "Kim", roles=[GivenRole(Role.AUDITOR)], actor=COMMAND, at=AT)
    found = acts.open_invitation(secret, at=AT)
    assert (person.id, found is not None) == (colleague.id, True)
    assert found is not None
    acts.accept_invitation(found, way="oidc", at=AT)
    person.refresh_from_db()
    assert viewer_of(person).roles == {Role.AUDITOR}


def test_the_last_administrator_stays(administrator: Person) -> None:
    seal(at=AT)  # the sealed account does not count
    before = len(entries())
    with pytest.raises(PeopleError):
        acts.remove_person(administrator, actor=COMMAND, at=AT)
    with pytest.raises(PeopleError):
        acts.end_role(Grant.objects.get(person=administrator), actor=COMMAND, at=AT)
    acts.invite("kim@eksempel.no", "Kim", roles=[GivenRole(Role.ADMINISTRATOR)], actor=COMMAND, at=AT)
    with pytest.raises(PeopleError):  # one who has not come in yet does not count either
        acts.remove_person(administrator, actor=COMMAND, at=AT)
    assert len(entries()) == before + 1
    assert viewer_of(administrator).body_roles == {Role.ADMINISTRATOR}


def test_of_two_administrators_one_may_go(administrator: Person) -> None:
    other = colleague_of("Bo Begge", Role.ADMINISTRATOR)
    acts.remove_person(administrator, actor=f"person:{other.id}", at=AT)
    with pytest.raises(PeopleError):
        acts.remove_person(other, actor=f"person:{other.id}", at=AT)


def test_roles_are_given_and_ended_with_their_reach(colleague: Person) -> None:
    unit = acts.add_unit("Barnevern", sensitive=True, actor=COMMAND, at=AT)
    given = GivenRole(Role.MODERATOR, unit=unit.id)
    grant = acts.give_role(colleague, given, actor=COMMAND, at=AT)
    assert last_entry() == ("role.given", COMMAND, {"role": "moderator", "unit": str(unit.id)})
    viewer = viewer_of(colleague)
    assert viewer.units == {unit.id}
    assert viewer.body_roles == {Role.EDITOR}
    acts.end_role(grant, actor=COMMAND, at=AT)
    assert last_entry() == ("role.ended", COMMAND, {"role": "moderator", "unit": str(unit.id)})
    assert viewer_of(colleague).units == frozenset()
    with pytest.raises(PeopleError):
        acts.end_role(grant, actor=COMMAND, at=AT)


def test_the_same_role_twice_and_roles_that_are_none_are_refused(colleague: Person) -> None:
    unit = acts.add_unit("Teknisk", sensitive=False, actor=COMMAND, at=AT)
    before = len(entries())
    for given in (GivenRole(Role.EDITOR), GivenRole("king"), GivenRole(Role.ADMINISTRATOR, unit=unit.id)):
        with pytest.raises(PeopleError):
            acts.give_role(colleague, given, actor=COMMAND, at=AT)
    assert len(entries()) == before


def test_units_are_named_once_and_marked(administrator: Person) -> None:
    unit = acts.add_unit(" Barnevern ", sensitive=False, actor=COMMAND, at=AT)
    for name in ("barnevern", " "):
        with pytest.raises(PeopleError):
            acts.add_unit(name, sensitive=False, actor=COMMAND, at=AT)
    acts.mark_unit(unit, sensitive=True, actor=COMMAND, at=AT)
    assert last_entry() == ("unit.marked", COMMAND, {"sensitive": True})
    before = len(entries())
    acts.mark_unit(unit, sensitive=True, actor=COMMAND, at=AT)
    assert (len(entries()), Unit.objects.get().sensitive) == (before, True)


def test_no_entry_holds_a_name_or_an_address(administrator: Person, colleague: Person) -> None:
    acts.rename_person(colleague, "Kim Nyttnavn", actor=f"person:{colleague.id}", at=AT)
    acts.add_unit("Hemmelig kontor", sensitive=True, actor=COMMAND, at=AT)
    acts.remove_person(colleague, actor=COMMAND, at=AT)
    said = str(entries())
    assert [word for word in ("Kim", "Ada", "eksempel.no", "Hemmelig", "Eksempel") if word in said] == []


def test_an_act_that_fails_leaves_no_entry(administrator: Person) -> None:
    @transaction.atomic
    def invite_and_fail() -> None:
        acts.invite("kim@eksempel.no", "Kim", roles=[], actor=COMMAND, at=AT)
        raise RuntimeError

    before = len(entries())
    with pytest.raises(RuntimeError):
        invite_and_fail()
    assert (len(entries()), Person.objects.filter(email="kim@eksempel.no").exists()) == (before, False)


def test_the_sealed_account_is_renewed_with_a_new_password(administrator: Person) -> None:
    first, second = seal(at=AT), seal(at=AT)
    account = Person.objects.get(email=ACCOUNT)
    assert (account.check_password(first), account.check_password(second)) == (False, True)
    assert viewer_of(account).body_roles == {Role.ADMINISTRATOR}
    assert [body["details"] for _, body in entries("person.break_glass_sealed")] == [
        {"renewed": False},
        {"renewed": True},
    ]


def test_the_sealed_account_cannot_be_given_roles_removed_or_see_its_own_alarm(administrator: Person) -> None:
    seal(at=AT)
    account = Person.objects.get(email=ACCOUNT)
    with pytest.raises(PeopleError):
        acts.give_role(account, GivenRole(Role.ARCHIVIST), actor=COMMAND, at=AT)
    with pytest.raises(PeopleError):
        acts.remove_person(account, actor=COMMAND, at=AT)
    use = alarm(account, address="192.0.2.1", at=AT)
    assert last_entry() == ("person.break_glass_used", f"person:{account.id}", {"use": str(use.id)})
    acknowledge(use, account, at=AT)
    assert BreakGlassUse.objects.get().acknowledged_at is None
    acknowledge(use, administrator, at=AT)
    acknowledge(use, administrator, at=AT + timedelta(days=1))
    assert BreakGlassUse.objects.get().acknowledged_at == AT
    assert len(entries("person.break_glass_acknowledged")) == 1
