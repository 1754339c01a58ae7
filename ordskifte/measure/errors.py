"""What figures cannot be made of."""

from ordskifte.base.errors import OrdskifteError


class MeasureError(OrdskifteError):
    """A report that cannot be made. `str(error)` is translated text for a page."""
