"""Settings of one's own and of the body: how mail comes, and the local rules of triage."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ordskifte.base.clock import now
from ordskifte.converse import corrections
from ordskifte.converse.errors import ConverseError
from ordskifte.converse.models import Correction, LocalRule, MailWay
from ordskifte.converse.names import KINDS
from ordskifte.converse.pages.common import me_of
from ordskifte.converse.rules import ANSWERING, standing_of
from ordskifte.people.access import DeskRequest, desk

WAYS = (
    ("at_once", gettext_lazy("At once"), gettext_lazy("A mail for each thing, when it happens.")),
    ("digest", gettext_lazy("Once a day"), gettext_lazy("One mail in the morning. Emergencies still come at once.")),
    ("none", gettext_lazy("On the desk only"), gettext_lazy("No mail. Emergencies still come at once.")),
)


@desk()
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: DeskRequest) -> HttpResponse:
    """How one wants to hear of things."""
    person = me_of(request)
    if request.method == "POST":
        way = request.POST.get("way", "")
        if way in {code for code, _name, _help in WAYS}:
            MailWay.objects.update_or_create(person=person, defaults={"way": way})
            messages.success(request, _("Saved."))
        return redirect("converse:mail")
    chosen = MailWay.objects.filter(person=person).values_list("way", flat=True).first() or "at_once"
    return render(request, "converse/mail.html", {"ways": WAYS, "chosen": chosen})


@desk()
@require_safe
def rules(request: DeskRequest) -> HttpResponse:
    """The body's own rules: proposed, in use, ended; and the corrections they grow out of."""
    rows = list(LocalRule.objects.select_related("proposed_by", "confirmed_by").order_by("-proposed_at"))
    context = {
        "waiting": [one for one in rows if one.confirmed_at is None and one.ended_at is None],
        "used": [one for one in rows if one.confirmed_at is not None and one.ended_at is None],
        "ended": [one for one in rows if one.ended_at is not None],
        "corrections": list(Correction.objects.select_related("by", "assessment__utterance").order_by("-at")[:50]),
        "kinds": {code: name for code, name in KINDS.items() if code not in ("spam", "harassment", "threat")},
        "names": KINDS,
        "may_confirm": standing_of(request.viewer).confirms_rules,
        "may_propose": request.viewer.has(*ANSWERING),
    }
    return render(request, "converse/rules.html", context)


@desk()
@require_POST
def propose(request: DeskRequest) -> HttpResponse:
    """A new rule, for an owner to confirm."""
    if not request.viewer.has(*ANSWERING):
        raise PermissionDenied
    given = {name: request.POST.get(name, "") for name in ("name", "words", "kind")}
    try:
        corrections.propose_rule(given["name"], given["words"], given["kind"], by=me_of(request).id, at=now())
        messages.success(request, _("Proposed. An owner must confirm it before it is used."))
    except ConverseError as error:
        messages.error(request, str(error))
    return redirect("converse:rules")


@desk()
@require_POST
def decide(request: DeskRequest, rule_id: UUID, act: str) -> HttpResponse:
    """An owner confirms a rule, or ends it."""
    if not standing_of(request.viewer).confirms_rules:
        raise PermissionDenied
    if act not in ("confirm", "end") or not LocalRule.objects.filter(pk=rule_id).exists():
        raise Http404
    try:
        if act == "confirm":
            corrections.confirm_rule(rule_id, by=me_of(request).id, at=now())
            messages.success(request, _("In use from now on."))
        else:
            corrections.end_rule(rule_id, by=me_of(request).id, at=now())
            messages.success(request, _("No longer in use."))
    except ConverseError as error:
        messages.error(request, str(error))
    return redirect("converse:rules")
