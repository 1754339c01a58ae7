"""Every test runs on the embedded PostgreSQL, in a home of this run's own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

# A home directly under the temporary folder: as root the database's own user must be able to reach it.
_home = Path(tempfile.mkdtemp(prefix="ordskifte-test-"))
os.chmod(_home, 0o700)
os.environ["ORDSKIFTE_HOME"] = str(_home)
os.environ["DJANGO_SETTINGS_MODULE"] = "ordskifte.config.settings"
os.environ["ORDSKIFTE_DB_ROLE"] = "owner"
os.environ.pop("DATABASE_URL", None)

from ordskifte.base.home import Home  # noqa: E402 - the home must be chosen first
from ordskifte.base.keys import Keys, create_keys, load_keys  # noqa: E402
from ordskifte.base.postgres import Embedded  # noqa: E402
from ordskifte.base.recent import Recent  # noqa: E402
from ordskifte.base.store import FolderStore  # noqa: E402

_database = Embedded(_home, settings={"fsync": "off"})
_database.__enter__()


def _end() -> None:
    _database.__exit__(None, None, None)
    shutil.rmtree(_home, ignore_errors=True)


atexit.register(_end)

django.setup()


@pytest.fixture(autouse=True)
def nothing_recent() -> None:
    """What was read a moment ago was another test's."""
    Recent.forget_all()


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """Keys of a home of this test's own."""
    home = Home(tmp_path / "home")
    create_keys(home, origin="eksempel.example/ordskifte")
    return load_keys(home)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    """A content store of this test's own."""
    return FolderStore(tmp_path / "store")
