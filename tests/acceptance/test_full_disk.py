"""On a full disk a verb says so and stores nothing by half; with room again everything goes on."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import MAKE, environment, ordskifte, start_serve
from tests.exports import archive, note


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """A disk of 220 MB."""
    folder = place / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=220m,mode=711", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here: not root, or a container without that right")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path) -> None:
    room = os.open(folder / "filler", os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(room, bytes(65536)):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
    finally:
        os.close(room)


def test_an_import_on_a_full_disk_is_refused_whole_and_succeeds_with_room_again(small_disk: Path) -> None:
    home = small_disk / "home"
    subprocess.run([sys.executable, "-c", MAKE, str(home)], env=environment(), check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as folder:
        export = archive(Path(folder), [note(number, f"Melding {number} " + "x" * 300) for number in range(1000)])
        serving = start_serve(home)
        fill(small_disk)
        refused = ordskifte("--home", home, "import", export, "--json")
        assert refused.returncode == 2
        assert "no room left" in refused.stderr or "No space left" in refused.stdout + refused.stderr
        assert "Traceback" not in refused.stderr
        doctor = ordskifte("--home", home, "doctor")
        assert (doctor.returncode, "Full: 0.0 GB free" in doctor.stdout) == (1, True)
        assert serving.health()["ok"] is True

        (small_disk / "filler").unlink()
        done = ordskifte("--home", home, "import", export, "--json")
        assert (done.returncode, json.loads(done.stdout)["utterances"]) == (0, 1000)
    verified = json.loads(ordskifte("--home", home, "verify", "--json").stdout)
    assert (verified["ok"], verified["findings"], verified["evidence_objects"]) == (True, [], 1)
    assert serving.end() == 0
