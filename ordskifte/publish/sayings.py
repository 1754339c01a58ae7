"""What a state means and what one does about it, in the reader's words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ordskifte.publish.models import Kind, Outbox, State
from ordskifte.publish.outbox import HAND_OFF

ACTS: Final[dict[str, str | Promise]] = {
    "outbox.put": gettext_lazy("Put in the outbox"),
    "outbox.approved": gettext_lazy("Approved"),
    "outbox.refused": gettext_lazy("Not approved"),
    "outbox.withdrawn": gettext_lazy("Taken back before it left"),
    "outbox.given_up": gettext_lazy("Undone while it was on its way: never sent again"),
    "outbox.stopped": gettext_lazy("Held back"),
    "outbox.started_again": gettext_lazy("Let go again"),
    "outbox.missed": gettext_lazy("The time was missed"),
    "outbox.sent": gettext_lazy("Sent"),
    "outbox.confirmed": gettext_lazy("Seen on the channel"),
    "outbox.failed": gettext_lazy("Could not be sent"),
    "outbox.unknown": gettext_lazy("Nobody knows whether it arrived"),
    "outbox.sent_again": gettext_lazy("Not there when we looked: sent again"),
    "outbox.looked_at": gettext_lazy("A person looked whether it arrived"),
    "outbox.waits_for_hand": gettext_lazy("Waits to be posted by hand"),
    "outbox.taken_in_hand": gettext_lazy("Taken to be posted by hand"),
    "outbox.put_back": gettext_lazy("Not posted by hand after all"),
    "outbox.handed_off": gettext_lazy("Posted by hand, with its link"),
    "draft.made": gettext_lazy("Draft begun"),
    "draft.saved": gettext_lazy("Draft saved"),
    "draft.went_back": gettext_lazy("Older words of the draft taken back"),
    "draft.picture_added": gettext_lazy("Picture added to the draft"),
    "draft.picture_removed": gettext_lazy("Picture taken out of the draft"),
    "draft.captions_added": gettext_lazy("Captions added"),
    "draft.translated": gettext_lazy("Draft translated by a machine"),
    "draft.commented": gettext_lazy("Draft commented on"),
    "draft.dropped": gettext_lazy("Draft dropped"),
    "draft.taken_up": gettext_lazy("Draft taken up again"),
    "draft.check_passed": gettext_lazy("A check was passed, with a reason"),
    "draft.asked": gettext_lazy("Asked for approval"),
    "draft.approved": gettext_lazy("Draft approved"),
    "draft.refused": gettext_lazy("Draft not approved"),
    "draft.placed": gettext_lazy("Draft put in the outbox"),
    "draft.pulled_back": gettext_lazy("Taken back to be corrected"),
    "draft.moved": gettext_lazy("Moved to another time"),
    "draft.missed": gettext_lazy("A draft did not leave in time"),
    "draft.expired": gettext_lazy("A post is no longer true"),
    "draft.sent_alone": gettext_lazy("Sent alone in a crisis"),
    "draft.reviewed": gettext_lazy("Reviewed after the crisis"),
    "campaign.begun": gettext_lazy("Campaign begun"),
    "campaign.closed": gettext_lazy("Campaign closed"),
    "crisis.started": gettext_lazy("Crisis: everything scheduled stopped"),
    "crisis.ended": gettext_lazy("Crisis over"),
    "figures.taken": gettext_lazy("Figures taken from the channels"),
}
"""The entries of the outbox in words, for the record of a thread."""


def kind_name(kind: str) -> str:
    """What leaves, in a word."""
    names = {
        Kind.POST: _("Post"),
        Kind.REPLY: _("Reply"),
        Kind.EDIT: _("Edit"),
        Kind.HIDE: _("Hide"),
        Kind.UNHIDE: _("Show again"),
        Kind.DELETE: _("Remove"),
        Kind.BLOCK: _("Block"),
        Kind.UNBLOCK: _("Unblock"),
        Kind.PROFILE: _("Profile text"),
        Kind.EMAIL: _("E-mail"),
    }
    return names.get(Kind(kind), kind)


def state_name(row: Outbox) -> str:
    """Where it is, in a word or two."""
    if row.state == State.CLAIMED and row.claimed_by == HAND_OFF:
        return _("Waits to be posted by hand")
    if row.state == State.CLAIMED and row.claimed_by.startswith("person:"):
        return _("Is being posted by hand")
    names = {
        State.WAITING: _("Waits for approval"),
        State.SCHEDULED: _("Scheduled"),
        State.CLAIMED: _("Being sent"),
        State.SENT: _("Sent, not seen yet"),
        State.CONFIRMED: _("Sent and confirmed"),
        State.UNKNOWN: _("Unknown"),
        State.FAILED: _("Not sent"),
        State.STOPPED: _("Stopped"),
        State.WITHDRAWN: _("Taken back"),
    }
    return names[State(row.state)]


def what_to_do(row: Outbox, *, can_look: bool) -> str:
    """One sentence: what happens next, or what a person does."""
    if row.state == State.UNKNOWN and can_look:
        return _("We don't know if it arrived. We look on the channel before anything is sent again.")
    if row.state == State.UNKNOWN and row.kind == Kind.EMAIL:
        return _("We don't know if it arrived. Ask the receiver, then say here what they answered.")
    if row.given_up_at is not None and row.state in (State.CLAIMED, State.UNKNOWN, State.FAILED):
        return _("What wanted this was undone. It is not sent again.")
    if row.state == State.CLAIMED and row.claimed_by == HAND_OFF:
        return _("This channel has no way in for programs. Take it, post it there, and paste the link here.")
    if row.state == State.CLAIMED and row.claimed_by.startswith("person:"):
        return _("When it is posted: paste the link to the post itself.")
    said = {
        State.WAITING: _("Another person than the writer must approve it."),
        State.SCHEDULED: _("It leaves by itself. Until then it can be taken back."),
        State.CLAIMED: _("It is on its way."),
        State.SENT: _("The channel took it. We look whether it stands there."),
        State.CONFIRMED: "",
        State.UNKNOWN: _("We don't know if it arrived. Look on the channel, then say here what you saw."),
        State.FAILED: _("Mend what is wrong, then let it be sent again, or leave it."),
        State.STOPPED: _("A person stopped it. It leaves when a person starts it again."),
        State.WITHDRAWN: "",
    }
    return said[State(row.state)]
