"""`ordskifte person`: the first administrator, invitations, who has access, and the break-glass account."""

import sys
from typing import Any

import click
import orjson

from ordskifte.base.clock import now, rfc3339
from ordskifte.cli.session import opened

ROLES = (
    "administrator", "owner", "deputy", "editor", "approver", "publisher", "moderator", "caseworker",
    "complaint_handler", "crisis_lead", "archivist", "leader", "dpo", "auditor",
)  # fmt: skip  # people.models.Role, without loading Django for --help


@click.group()
def command() -> None:
    """Who may come in."""


@command.command("first-admin")
@click.argument("email")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of standard input.")
@click.option("--body", help="What the body is called.")
@click.pass_obj
def first_admin(home_option: str | None, email: str, name: str, password_stdin: bool, body: str | None) -> None:
    """Make the first administrator, who signs in with a password and invites the others."""
    with opened(home_option):
        from django.utils import translation

        from ordskifte.people.acts import create_first_administrator, name_body

        if password_stdin:
            password = sys.stdin.readline().rstrip("\n")
        else:
            password = click.prompt(
                "Password (12 letters or more)", hide_input=True, confirmation_prompt=True, err=True
            )
        with translation.override("en"):
            if body:
                name_body(body, actor="system:command", at=now())
            create_first_administrator(email, name, password, at=now())
    click.echo(f"{name} is the administrator and signs in as {email}.")


@command.command()
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="A role for the whole body.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def invite(home_option: str | None, email: str, name: str, role: str, as_json: bool) -> None:
    """Invite someone. Prints a link that works once, for 7 days."""
    with opened(home_option):
        from django.conf import settings
        from django.urls import reverse
        from django.utils import translation

        from ordskifte.people.acts import GivenRole, invite

        with translation.override("en"):
            person, secret = invite(email, name, roles=[GivenRole(role)], actor="system:command", at=now())
        link = settings.ORIGIN + reverse("invitation", args=[secret])
        said = {"id": str(person.id), "link": link}
    click.echo(orjson.dumps(said) if as_json else f"The link, shown only now: {link}")


@command.command("list")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def list_(home_option: str | None, as_json: bool) -> None:
    """Everyone, with their roles."""
    with opened(home_option):
        people = _people()
    if as_json:
        click.echo(orjson.dumps(people))
        return
    for person in people:
        state = "active" if person["active"] else "no access"
        click.echo(
            f"{person['email']}  {person['name']}  {state}  {', '.join(role['role'] for role in person['roles'])}"
        )


@command.command("break-glass")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def break_glass(home_option: str | None, as_json: bool) -> None:
    """Make or renew the break-glass account. Prints its password, once."""
    with opened(home_option):
        from ordskifte.people.break_glass import SHORT_NAME, seal

        password = seal(at=now())
    if as_json:
        click.echo(orjson.dumps({"account": SHORT_NAME, "password": password}))
        return
    click.echo(f"Account:  {SHORT_NAME}\nPassword: {password}")
    click.echo("Put it in a sealed envelope. It is shown only now, and its use alarms every administrator.", err=True)


def _people() -> list[dict[str, Any]]:
    from django.db.models import Prefetch

    from ordskifte.people.models import Grant, Person

    grants = Prefetch("grants", Grant.objects.filter(ended_at=None).order_by("role"), "open_grants")
    return [
        {
            "id": str(person.id),
            "email": person.email,
            "name": person.name,
            "active": person.is_active,
            "break_glass": person.break_glass,
            "last_signed_in": rfc3339(person.last_login) if person.last_login else None,
            "roles": [
                {
                    "role": grant.role,
                    "unit": str(grant.unit_id) if grant.unit_id else None,
                    "channel": str(grant.channel_id) if grant.channel_id else None,
                }
                for grant in person.open_grants
            ],
        }
        for person in Person.objects.order_by("name", "id").prefetch_related(grants)
    ]
