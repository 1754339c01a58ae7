"""E-mail addresses of people; an office's own address (post@, postmottak@) is none."""

import re
from collections.abc import Iterator
from typing import Final

from ordskifte.language.personal.found import Found
from ordskifte.language.reading import Reading

EMAIL: Final = "A person's e-mail address."

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:\s?(?:@|\[at\]|\(at\)|\{at\}|<at>|\[alfakrøll\]|\(a\)|\[a\]|krøllalfa|alfakrøll)\s?)"
    r"(?:[a-z0-9æøå-]{1,63}(?:\.|\s?(?:\[dot\]|\(dot\)|\[punktum\]|\(punktum\)|\[prikk\])\s?)){1,5}[a-z]{2,12}(?![\w@])"
)
_SPOKEN = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64} (?:at|krøllalfa|alfakrøll) [a-z0-9-]{2,63} (?:dot|punktum|prikk) (?:no|com|org|net|se|dk)(?!\w)"
)
_OFFICE = re.compile(
    r"(?:post|postmottak|epost|firmapost|info|kontakt|contact|kundeservice|kundesenter|support|hei|hello|service\w*|innbygg\w*|bibliotek\w*|presse|personvern\w*|personvernombud|varsling|byggesak|plan|arkiv|faktura\w*|"
    r"booking|bestilling|resepsjon|no-?reply|ikke-?svar|admin|webmaster|redaksjon\w*|dokumentsenter\w*|kultur\w*|kommune\w*|office|mail|jobb|skole|rektor|legekontor|billett\w*|noreply|help|hjelp|salg|sales|teknisk\w*|sentralbord|servicetorg\w*|nav)(?:[.+_-]\w+)?"
)


def find(reading: Reading) -> Iterator[Found]:
    plain = reading.plain
    if "@" in plain or "at" in plain or "alfa" in plain or "(a" in plain or "[a" in plain:
        for pattern in (_ADDRESS, _SPOKEN):
            for found in pattern.finditer(plain):
                local = re.split(r"@|\s|\[|\(|\{|<", found[0], maxsplit=1)[0].strip(".")
                if not _OFFICE.fullmatch(local):
                    yield Found("epost", found.start(), found.end(), "personal.email")
