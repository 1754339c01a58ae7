"""A draft translation between bokmål and nynorsk by Apertium, where Debian has put it on the machine.

It runs here, so nothing leaves the body. Words it does not know are marked with a star, and nothing it wrote is sent
before a person has edited it (`drafting.take_machine_words`).
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from ordskifte.publish.errors import DraftError

PAIRS: Final = {("nb", "nn"): "nob-nno", ("nn", "nb"): "nno-nob"}
PATIENCE: Final = 20  # seconds


@dataclass(frozen=True, slots=True)
class Machine:
    """A translation, and the words the machine did not know. They keep their star in the text."""

    text: str
    unknown: tuple[str, ...]


def installed() -> bool:
    """Whether this machine has Apertium at all."""
    return shutil.which("apertium") is not None


def translate(text: str, source: str, target: str) -> Machine:
    """DraftError says what to do when it cannot be done."""
    pair = PAIRS.get((source, target))
    program = shutil.which("apertium")
    if pair is None:
        raise DraftError(_("Only bokmål and nynorsk are translated here."))
    if program is None:
        raise DraftError(_("Apertium is not installed. The operator installs it: apt install apertium-nno-nob."))
    if not text.strip():
        raise DraftError(_("There is no text to translate yet."))
    try:
        done = subprocess.run([program, pair], input=text, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (subprocess.SubprocessError, OSError, UnicodeDecodeError) as error:
        raise DraftError(_("The translation failed. Write it yourself, or try again.")) from error
    words = tuple(dict.fromkeys(re.findall(r"\*(\w+)", done.stdout)))
    return Machine(done.stdout.strip(), words)
