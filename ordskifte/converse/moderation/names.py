"""Acts of moderation in words, for the record of a thread."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Final[Mapping[str, str | Promise]] = {
    "measure.proposed": _("A measure is proposed, and waits for another person"),
    "measure.withdrawn": _("The proposal is taken back"),
    "measure.refused": _("Another person refused the measure"),
    "measure.done": _("A measure is carried out"),
    "measure.reversed": _("A measure is put back"),
    "measure.ended": _("A block has ended by itself"),
    "complaint.made": _("Somebody complains about a measure"),
    "complaint.answered": _("A complaint is answered"),
    "number.seen": _("A personal number is masked"),
    "number.reviewed": _("A person has looked at a hidden number"),
    "original.opened": _("Opened the original"),
    "police_report.made": _("A report to the police is made"),
}
