"""`python -m ordskifte.web.demo FOLDER`: write the example body's export files, to try the import with."""

import sys
from pathlib import Path

from ordskifte.web.demo.exports import CHANNELS


def main(arguments: list[str]) -> int:
    """Write every file to the folder; 2 when none is named."""
    if len(arguments) != 1:
        print("Usage: python -m ordskifte.web.demo FOLDER", file=sys.stderr)  # noqa: T201 - a command
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for channel in CHANNELS:
        for name, made in channel.files:
            (folder / name).write_bytes(made())
            print(f"{folder / name}  ({channel.name})")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
