"""Text and elements as the files of a package have them: no empty elements, no characters that XML 1.0 has not."""

import re
from datetime import date, datetime
from typing import Final
from xml.sax.saxutils import escape

from ordskifte.records.noark5.codes import obligatory
from ordskifte.records.noark5.errors import ExportError

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL: Final = re.compile("[&<>\r]|" + _NOT_XML.pattern)
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Escaped; what XML cannot hold becomes U+FFFD. A carriage return is kept as one."""
    if _SPECIAL.search(value) is None:
        return value
    return escape(_NOT_XML.sub("\ufffd", value)).replace("\r", "&#13;")


def leaf(name: str, value: str) -> str:
    """An element with a text, on a line; nothing when there is no text."""
    return f"<{name}>{text(value)}</{name}>\n" if value and not value.isspace() else ""


def must(name: str, value: str, owner: object) -> str:
    """The same for one that is obligatory. ExportError when it has no value."""
    written = leaf(name, value)
    if not written:
        raise ExportError(f"{name} of {owner} has no value.", advice="Every obligatory element needs one.")
    return written


def code(name: str, value: str, owner: object) -> str:
    """An obligatory element whose value is from a list. ExportError when it is from no list that binds."""
    allowed = obligatory().get(name)
    if allowed is not None and value not in allowed:
        raise ExportError(
            f"{name} of {owner} is “{value}”, which is not in the standard's list.",
            advice=f"Use one of: {', '.join(sorted(allowed))}.",
        )
    return must(name, value, owner)


def moment(value: datetime, owner: object) -> str:
    """As XML Schema writes a dateTime; a time without its zone is refused."""
    if value.tzinfo is None:
        raise ExportError(f"A time of {owner} has no time zone.")
    return value.isoformat(timespec="seconds")


def when(name: str, value: datetime | None, owner: object) -> str:
    return f"<{name}>{moment(value, owner)}</{name}>\n" if value is not None else ""


def day(name: str, value: date | None) -> str:
    return f"<{name}>{value.isoformat()[:10]}</{name}>\n" if value is not None else ""


def number(name: str, value: int | None) -> str:
    return f"<{name}>{value}</{name}>\n" if value is not None else ""
