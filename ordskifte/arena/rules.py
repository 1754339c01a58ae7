"""Who may practise: everybody who may answer. Who may open a practice channel: owner and administrator."""

from typing import Final

from ordskifte.people.models import Role

OPENERS: Final = (Role.OWNER, Role.ADMINISTRATOR)
