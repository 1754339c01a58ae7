"""The fixed sentences that say why something did not leave, or is not known to have. Pages translate them.

Those of channels (`channels.reasons`) stand in the same column.
"""

from typing import Final

LOST: Final = "The worker ended while it was sending."
NOT_SEEN: Final = "The channel took it, but it has not been seen there."
NEVER_SHOWN: Final = "It is not on the channel after several tries."
TIRED: Final = "It was tried many times and could not be sent."
REFUSED: Final = "Another person said no to it."
CHANGED: Final = "It is not what was put in and approved, so it was not sent."
CLOSED: Final = "The channel is closed."
LOOKED_NOT_THERE: Final = "It was not there when we looked, so it is sent again."
PERSON_SAW: Final = "A person looked, and it is there."
PERSON_SAW_NOT: Final = "A person looked, and it is not there."
TOO_SLOW: Final = "The worker was held up and sent nothing."
CANNOT_LOOK: Final = "The channel cannot be looked at just now."
NO_MAIL_SERVER: Final = "No mail server is set up (ORDSKIFTE_SMTP_URL)."
MAIL_REFUSED: Final = "The mail server refuses this message or its address."
MAIL_UNREACHABLE: Final = "The mail server could not be reached, or did not let us in."
MAIL_CUT: Final = "The connection was cut before the mail server said that it had the message."
MAIL_BUSY: Final = "The mail server asks us to come back later."
