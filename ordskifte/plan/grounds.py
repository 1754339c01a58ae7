"""The published reasons for moderation (R94, R105-R107): written, published, withdrawn, followed by better ones."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ordskifte.plan.errors import PlanError
from ordskifte.plan.models import Ground
from ordskifte.plan.viewpoints import ground_refusal
from ordskifte.plan.words import SENTENCES, in_languages, one_line
from ordskifte.records.entry import record_act

_CODE: Final = re.compile(r"[a-z][a-z0-9_-]{1,39}")


@transaction.atomic
def add_ground(
    *,
    names: Mapping[str, str],
    examples: Mapping[str, str],
    legal_basis: str,
    code: str = "",
    actor: str,
    at: datetime,
) -> Ground:
    """A ground that is not in use yet. PlanError when it is a viewpoint, or too wide."""
    clean = _clean(names, examples, legal_basis)
    code = code or slugify(clean["names"]["en"]).replace("-", "_")[:40]
    if not _CODE.fullmatch(code):
        raise PlanError(_("Give a short name of letters a to z."), field="code")
    if Ground.objects.filter(code=code, withdrawn_at=None).exists():
        raise PlanError(_("There is a ground with this name already."), field="names-nb")
    ground = Ground.objects.create(code=code, **clean)
    record_act("ground.added", actor=actor, at=at, record=ground.id, details={"code": code})
    return ground


@transaction.atomic
def change_ground(
    ground_id: UUID,
    *,
    names: Mapping[str, str],
    examples: Mapping[str, str],
    legal_basis: str,
    actor: str,
    at: datetime,
) -> Ground:
    """Write a ground anew. One that is published is withdrawn, and a new one with its code is published at once.

    Old measures keep pointing at the words they were made with. Gives the ground that stands.
    """
    ground = _standing(ground_id)
    clean = _clean(names, examples, legal_basis)
    if clean == {"names": ground.names, "examples": ground.examples, "legal_basis": ground.legal_basis}:
        return ground
    if ground.published_at is None:
        for name, value in clean.items():
            setattr(ground, name, value)
        ground.save(update_fields=list(clean))
        record_act("ground.changed", actor=actor, at=at, record=ground.id, details={"code": ground.code})
        return ground
    ground.withdrawn_at = at
    ground.save(update_fields=["withdrawn_at"])
    new = Ground.objects.create(code=ground.code, published_at=at, **clean)
    details = {"code": ground.code, "follows": str(ground.id)}
    record_act("ground.replaced", actor=actor, at=at, record=new.id, details=details)
    return new


@transaction.atomic
def publish_ground(ground_id: UUID, *, actor: str, at: datetime) -> None:
    """From now on a measure may rest on it, and the public page shows it."""
    ground = _standing(ground_id)
    if ground.published_at is not None:
        raise PlanError(_("This ground is published already."))
    ground.published_at = at
    ground.save(update_fields=["published_at"])
    record_act("ground.published", actor=actor, at=at, record=ground.id, details={"code": ground.code})


@transaction.atomic
def withdraw_ground(ground_id: UUID, *, actor: str, at: datetime) -> None:
    """No new measure may rest on it. Those that do, still do."""
    ground = _standing(ground_id)
    ground.withdrawn_at = at
    ground.save(update_fields=["withdrawn_at"])
    record_act("ground.withdrawn", actor=actor, at=at, record=ground.id, details={"code": ground.code})


def _standing(ground_id: UUID) -> Ground:
    ground = Ground.objects.select_for_update().filter(pk=ground_id, withdrawn_at=None).first()
    if ground is None:
        raise PlanError(_("This ground has been withdrawn."))
    return ground


def _clean(names: Mapping[str, str], examples: Mapping[str, str], legal_basis: str) -> dict[str, Any]:
    clean: dict[str, Any] = {
        "names": in_languages(names, field="names"),
        "examples": in_languages(examples, field="examples", longest=SENTENCES),
        "legal_basis": one_line(legal_basis, field="legal_basis", longest=300),
    }
    if refused := ground_refusal(**clean):
        word, why, where = refused
        raise PlanError(_("“%(word)s” cannot be a ground. %(why)s") % {"word": word, "why": why}, field=where)
    return clean
