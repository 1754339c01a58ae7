"""The tables of publishing: what leaves, what is written to leave, and the plans it stands in."""

from ordskifte.publish.models.drafts import Asked, Comment, Draft, DraftState, Edition, LinkTried, Picture, Variant
from ordskifte.publish.models.outbox import Kind, Outbox, Receipt, State
from ordskifte.publish.models.plans import Campaign, Crisis, Figure

__all__ = [
    "Asked",
    "Campaign",
    "Comment",
    "Crisis",
    "Draft",
    "DraftState",
    "Edition",
    "Figure",
    "Kind",
    "LinkTried",
    "Outbox",
    "Picture",
    "Receipt",
    "State",
    "Variant",
]
