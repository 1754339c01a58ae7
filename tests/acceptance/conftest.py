"""Homes for the acceptance tests: made once, copied for each."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.command import MAKE, Serving, environment, processes_of, start_serve


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home made once; `home` copies it."""
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-made-"))  # pytest's own folders are private
    folder.chmod(0o711)
    home = folder / "home"
    subprocess.run([sys.executable, "-c", MAKE, str(home)], env=environment(), check=True, capture_output=True)
    yield home
    shutil.rmtree(folder)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for homes, that the database's own user can reach when root runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-"))
    folder.chmod(0o711)
    yield folder
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder)


@pytest.fixture
def home(place: Path, made: Path) -> Path:
    """A new home, made and stopped."""
    subprocess.run(["cp", "-a", str(made), str(place / "home")], check=True)
    return place / "home"


@pytest.fixture(scope="module")
def serving(made: Path) -> Iterator[Serving]:
    """One `serve` for the tests of a module, each of which leaves it running."""
    folder = Path(tempfile.mkdtemp(prefix="ordskifte-served-"))
    folder.chmod(0o711)
    subprocess.run(["cp", "-a", str(made), str(folder / "home")], check=True)
    running = start_serve(folder / "home")
    yield running
    running.process.send_signal(signal.SIGKILL)
    running.process.wait()
    for pid in processes_of(folder):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
