"""What can go wrong with schemas, packages and messages."""

from ordskifte.base.errors import OrdskifteError


class SchemaError(OrdskifteError):
    """Official schema files are missing, changed or not what they should be."""


class PackageError(OrdskifteError):
    """A folder that cannot be looked at as a Noark 5 package."""


class ExportError(OrdskifteError):
    """Values that make no lawful package, or a place where none can be written."""


class MessageError(OrdskifteError):
    """A message of Fiks Arkiv that cannot be made or read."""
