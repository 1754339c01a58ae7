"""Text that came from outside, made safe to store in a row."""

import re

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> str:
    """NUL and lone surrogates become U+FFFD: PostgreSQL and JSON cannot hold them. The evidence keeps them."""
    if text.isascii():
        return text.replace("\x00", "\ufffd") if "\x00" in text else text
    return _UNSTORABLE.sub("\ufffd", text)
