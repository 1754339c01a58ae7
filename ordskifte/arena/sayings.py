"""The fixed sentences of the arena's checks, kept with a run and translated when it is shown."""

from typing import Final

from django.utils.translation import gettext_noop as _

NO_ANSWER: Final = _("You did not answer.")
IN_TIME: Final = _("Your first answer came within what the body has promised.")
TOO_LATE: Final = _("Your first answer came later than the body has promised.")
ANSWERED: Final = _("You answered what was asked.")
NOT_ANSWERED: Final = _("The question was not answered. Give the time, reason or link that was asked for.")
MOVED: Final = _("You named the right place to go.")
NOT_MOVED: Final = _("The right place to go was not named. Take it from the register of places.")
CALM: Final = _("The tone was calm.")
COLD: Final = _("Something in it can be read as blame or shouting.")
THEIR_FORM: Final = _("You wrote the language they wrote.")
OTHER_FORM: Final = _("You answered in another language or written form than theirs.")
SHORT: Final = _("It was short and easy to read.")
LONG: Final = _("It was too long, or had a sentence that must be read twice.")
NOT_REPEATED: Final = _("You repeated nothing that was personal.")
REPEATED: Final = _("You repeated something personal where everyone can read it.")
DID_NOT_ASK: Final = _("You did not ask for personal data in public.")
ASKED: Final = _("You asked for personal data where everyone can read it.")
HIDDEN: Final = _("It was hidden from others.")
NOT_HIDDEN: Final = _("It still stands where everyone can read it.")
HIDDEN_IN_TIME: Final = _("It was hidden within an hour.")
HIDDEN_LATE: Final = _("It was not hidden within an hour.")
KEPT: Final = _("Their words still stand.")
NOT_KEPT: Final = _("Their words were hidden or removed. Criticism is never a ground.")
REMOVED: Final = _("All of it was cleared away.")
NOT_REMOVED: Final = _("Some of it still stands.")
LEFT_SPAM: Final = _("You did not answer it.")
ANSWERED_SPAM: Final = _("You answered. An answer tells the sender that somebody reads.")
