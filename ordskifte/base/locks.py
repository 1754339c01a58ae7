"""Numbers of the database's advisory locks that more than one package knows."""

STORE_REMOVAL = 0x6F72_6473_0001
"""Held shared while a backup reads the store; taken by whoever removes an object that rows have named
(records.removal)."""
