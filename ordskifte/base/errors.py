"""The base of every error of ours: what happened, and what to do about it."""


class OrdskifteError(Exception):
    """Something a person can act on. `str(error)` is a whole sentence in English; `advice` says what to do."""

    advice: str = ""

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        if advice:
            self.advice = advice


class HomeError(OrdskifteError):
    """The home folder is missing, is not ours or cannot be used."""


class DatabaseError(OrdskifteError):
    """The database cannot be started, reached or used."""


class StoreError(OrdskifteError):
    """An object in the content store is missing, changed or cannot be written."""


class ObjectMissing(StoreError):
    """An object is not in the content store, which answered."""

    advice = "Restore it from a backup."

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is missing from the store.")
