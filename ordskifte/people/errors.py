"""What people's acts refuse, in the language of the one who asked."""

from ordskifte.base.errors import OrdskifteError


class PeopleError(OrdskifteError):
    """An act on persons, roles or sign-in that cannot be done. `str(error)` is translated text for a page."""


class SignInError(PeopleError):
    """Someone could not be let in."""
