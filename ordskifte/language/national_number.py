"""Norwegian national numbers in text: fødselsnummer, D-number, H-number and their synthetic kin (design.md D11).

Eleven digits DDMMYY iii k1 k2. Day + 40 is a D-number; month + 40 an H-number or a synthetic number, + 80 a synthetic
one (Tenor), + 20 and + 60 an NPID. k1 is checked by today's rule and by the one that new numbers follow from 2032
(Skatteetaten, nytt fødselsnummer fra 2032): the weighted sum with k1 leaves 0, 1, 2 or 3 when divided by 11.

The account check of Norwegian banks is the check of k2, so every valid number is a valid account too: what tells them
apart is how the digits are grouped and which word stands before them. In doubt the number is hidden.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

_LONGEST_GAP = 24  # characters between two digits of one number, most of them invisible

_INVISIBLE = (
    "\u00ad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u20e3\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
)
_BLANK = "\\s\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164"
_JOINING = "./\\-·•‧․∙‐-―−⁃⁄∕。．／－"  # a dash, a dot or a slash inside a number
_LOOSE = ",;:_+*|'"  # only between date and personnummer, or where a word says what it is
_ESCAPED = "%(?:20|09|0[aAdD]|2[dDeEfF]|[cC]2%[aA][0dD]|[eE]2%80%[89aA][0-9a-fA-F])"  # in addresses


GAP = f"[{_BLANK}{_JOINING}{_LOOSE}{_INVISIBLE}]{{0,{_LONGEST_GAP}}}+"
_ADDRESS_GAP = f"{GAP}(?:{_ESCAPED}{GAP}){{0,3}}+"
_FIRST = r"\d(?<!\d\d)(?!\d{11})"  # opens a group that is not too long
_RUN = re.compile(rf"{_FIRST}(?>{GAP}\d){{10,}}+")
_ADDRESS_FIRST = r"\d(?:(?<!\d\d)|(?<=%[\da-fA-F]{2}\d))(?<!%\d)(?<!%[\da-fA-F]\d)(?!\d{11})"
_ADDRESS_RUN = re.compile(rf"{_ADDRESS_FIRST}(?>{_ADDRESS_GAP}\d){{10,}}+")
_GROUP = re.compile(rf"\d(?>[{_INVISIBLE}]{{0,{_LONGEST_GAP}}}+\d)*+")
_ADDRESS_GROUP = re.compile(rf"{_ESCAPED}|{_GROUP.pattern}")
_UNSEEN = re.compile(f"[{_INVISIBLE}]+")

_WRITTEN = {(11,), (6, 5), (2, 2, 2, 5), (6, 3, 2), (2, 2, 2, 3, 2), (8, 5), (2, 2, 4, 5)}
"""How a national number is written; the last two with a four-digit year."""

_ACCOUNT = (4, 2, 5)

_OTHER_FORM = re.compile(  # a case number, an IP address, a date with a time
    r"(?:(?:19|20)\d\d|\d\d)/\d{1,6}(?:-\d{1,4})?|\d{1,3}(?:\.\d{1,3}){3}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d.+"
)
_AMOUNT = re.compile(r"\s?(?:kr\b|kroner|nok\b|mill|mrd|,-|liter|tonn|kwh|eur|[€$£]|m[23²³])")

_PERSON_WORD = re.compile(
    r"f[øo]dsels?-?(?:nummer|nr|dato)|person-?(?:nummer|nr|num)|\bf\.?\s?nr|\bpnr|\b[dh][-.]?\s?(?:nummer|nr)"
    r"|\bf[øo]d[dt]\b|\bborn\b|identitetsnummer|hjelpenummer|\bfh-?n|national id|\bssn\b"
)
_OTHER_LABEL = re.compile(
    r"(?:konto\w*|\bkto|\biban|\bbban|\bkid(?:-?(?:nr|nummer)\w*)?|\bfaktura\w*|\bordre\w*|\border|\btlf|\btelefon\w*"
    r"|\bmobil(?:nr|nummer\w*)?|\bphone|\borg(?:anisasjons)?[-. ]?(?:nr|nummer\w*)"
    r"|\b(?:saks?|kunde|medlems?|vare|pakke|sporings|prosjekt|avtale|måler|ref(?:eranse)?)[-. ]?(?:nr|nummer\w*))"
    r"(?:[\W_]{1,3}(?:er|mitt|min|vårt|vår|deres|nr|nummer|no|no\d\d|på|is|my))*[\W_]{0,3}$"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A number in a text, from `start` up to `end` in code points. `type`: fnr, dnr, hnr, npid or fh."""

    start: int
    end: int
    type: str


DIGIT_LEADS = frozenset(b"0123456789\xd9\xdb\xdf\xe0\xe1\xea\xef\xf0")
GAP_BYTES = frozenset(b" \t\n\r\v\f\x1c\x1d\x1e\x1f./\\-,;:_+*|'\xc2\xcc\xcd\xd8\xe2\xe3\xf3") | frozenset(
    range(0x80, 0xC0)
)
_AS_ZERO = bytes(0x30 if byte in DIGIT_LEADS else 0x78 for byte in range(256))
_GAPS = bytes(sorted(GAP_BYTES))
_AS_CHUNKS = bytes(0x30 if byte in DIGIT_LEADS else 0x2D if byte in GAP_BYTES else 0x20 for byte in range(256))
_CHUNK = re.compile(rb"0[-0]{10,}")


def _may_have_eleven(text: str) -> bool:
    """Whether eleven digits may stand together: never wrongly no.

    This runs on every text we take in, so it works in C over the UTF-8 bytes: drop what may stand between digits, call
    every byte that may begin a digit 0, look for eleven 0 in a row. Long ids pass that, so look again at each chunk.
    """
    encoded = text.encode("utf-8", "surrogatepass")
    if b"00000000000" not in encoded.translate(_AS_ZERO, _GAPS):
        return False
    for chunk in _CHUNK.findall(encoded.translate(_AS_CHUNKS)):
        digits = chunk.rstrip(b"-")
        if len(digits) == 11 or (b"-" in digits and digits.count(b"0") > 10):
            return True
    return False


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where eleven digits or more stand together, as (start, end)."""
    escaped = "%" in text
    if escaped or _may_have_eleven(text):
        for run in (_ADDRESS_RUN if escaped else _RUN).finditer(text):
            yield run.span()


def worth_a_look(text: str) -> bool:
    """Whether a quick look cannot tell that no number is in a text. Few texts are."""
    return "%" in text or _may_have_eleven(text)


def find_numbers(text: str) -> list[Span]:
    """The national numbers in a text as people write it, in order, never overlapping."""
    spans: list[Span] = []
    for start, end in _runs(text):
        for span in _spans_in(text, start, end):
            if spans and span.start < spans[-1].end:  # two readings of the same digits: hide both
                spans[-1] = Span(spans[-1].start, max(spans[-1].end, span.end), spans[-1].type)
            else:
                spans.append(span)
    return spans


def may_hold_number(text: str) -> bool:
    """Whether anything in a text can be read as a national number, whatever stands around it."""
    return worth_a_look(text) and any(
        _is_personal(text, window) or (window.lengths != (3, 3, 3, 2) and not window.loose)
        for start, end in _runs(text)
        for window in _windows(text, start, end)
    )


@dataclass(frozen=True, slots=True)
class _Window:
    """Some digit groups in a row that together are a valid number: how long each is, what lies between them."""

    kind: str
    lengths: tuple[int, ...]
    start: int
    end: int
    gaps: tuple[str, ...]  # what is seen of each gap inside
    alone: bool  # nothing that could belong to the same number stands before or after

    @property
    def loose(self) -> bool:
        return any(mark in gap for gap in self.gaps for mark in _LOOSE)


def _spans_in(text: str, start: int, end: int) -> list[Span]:
    return [
        Span(window.start, window.end, window.kind)
        for window in _windows(text, start, end)
        if _is_personal(text, window)
    ]


def _windows(text: str, start: int, end: int) -> Iterator[_Window]:
    """Every way to read a valid number out of whole groups of a run."""
    pattern = _ADDRESS_GROUP if text.find("%", start, end) >= 0 else _GROUP
    groups = [found.span() for found in pattern.finditer(text, start, end) if found[0][0] != "%"]
    digits = [_plain(text[a:b]) for a, b in groups]
    for first, last in _long_enough([len(group) for group in digits]):
        lengths = tuple(len(group) for group in digits[first : last + 1])
        eleven = "".join(digits[first : last + 1])
        if len(eleven) == 13 and lengths in _WRITTEN:  # with a whole year
            eleven = eleven[:4] + eleven[6:]
        if len(eleven) == 11 and (kind := _kind(eleven)):
            gaps = [_gap(text, groups, i) for i in range(first - 1, last + 1)]
            yield _Window(
                kind=kind,
                lengths=lengths,
                start=groups[first][0],
                end=groups[last][1],
                gaps=tuple(gap for gap in gaps[1:-1] if gap is not None),
                alone=_parts(gaps[0]) and _parts(gaps[-1]),
            )


def _plain(group: str) -> str:
    """ASCII digits only, whatever script they were written in."""
    if group.isascii():
        return group
    return "".join(str(int(char)) for char in _UNSEEN.sub("", group))


def _long_enough(lengths: list[int]) -> Iterator[tuple[int, int]]:
    """First and last group of everything that is eleven or thirteen digits long, from left to right."""
    first = total = 0
    for last, length in enumerate(lengths):
        total += length
        while total > 13:
            total -= lengths[first]
            first += 1
        inside, at = total, first
        while inside >= 11:
            if inside in (11, 13):
                yield at, last
            inside -= lengths[at]
            at += 1


def _gap(text: str, groups: list[tuple[int, int]], left: int) -> str | None:
    """What is seen between group `left` and the next; None at either end of the run."""
    if not 0 <= left < len(groups) - 1:
        return None
    return unquote(_UNSEEN.sub("", text[groups[left][1] : groups[left + 1][0]]))


def _parts(gap: str | None) -> bool:
    """Whether a gap is wide enough to part two numbers: a new line, a comma, a dash with room about it."""
    return gap is None or len(gap) > 1 or (gap != "" and gap in _LOOSE + "\n\r\v\f")


_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_K1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_K2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def _kind(digits: str) -> str:
    """What kind of number eleven digits are by date and check digits; "" when none."""
    values = [ord(digit) - 48 for digit in digits]
    if sum(map(int.__mul__, values, _K2)) % 11 or sum(map(int.__mul__, values, _K1)) % 11 > 3:
        return ""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    kind = {0: "fnr", 1: "npid", 2: "hnr", 3: "npid", 4: "fnr"}[month // 20]
    if day > 40:
        day, kind = day - 40, "dnr"
    month %= 20
    if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and not (month == 2 and day == 29 and year % 4):
        return kind
    return "fh" if digits[0] in "89" else ""


def valid_only_from_2032(written: str) -> bool:
    """Whether a number that was found passes by the rule of 2032 and not by today's."""
    digits = _plain("".join(char for char in written if char.isdigit()))
    if len(digits) == 13:
        digits = digits[:4] + digits[6:]
    values = [ord(digit) - 48 for digit in digits]
    return len(values) == 11 and sum(map(int.__mul__, values, _K1)) % 11 != 0


def _is_personal(text: str, window: _Window) -> bool:
    """Whether what stands around eleven valid digits, and how they are grouped, lets them be a national number."""
    before = text[max(0, window.start - 48) : window.start].lower()
    after = text[window.end : window.end + 16].lower()
    named = _PERSON_WORD.search(before) is not None or _PERSON_WORD.search(after) is not None
    if _OTHER_LABEL.search(before) or before.endswith("+"):
        return _PERSON_WORD.search(after[:8]) is not None
    if named:
        return True
    if window.kind == "fh" or window.lengths == _ACCOUNT:
        return False
    if window.lengths in _WRITTEN:
        return True
    return window.alone and not window.loose and not _is_other_form(text[window.start : window.end], window, after)


def _is_other_form(written: str, window: _Window, after: str) -> bool:
    return _OTHER_FORM.fullmatch(written) is not None or (
        window.lengths == (2, 3, 3, 3) and _AMOUNT.match(after) is not None
    )
