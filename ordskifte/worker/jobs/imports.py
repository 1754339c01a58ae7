"""Jobs of imports: carry one out that a page asked for, and tidy up its uploads."""

import logging
from pathlib import Path
from uuid import UUID

import django.db
from django.conf import settings
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from ordskifte.base.clock import now
from ordskifte.base.home import Home
from ordskifte.base.keys import load_keys
from ordskifte.base.store import store_of
from ordskifte.listen.models import Import
from ordskifte.worker.retry import AFTER_TROUBLE

log = logging.getLogger(__name__)
WRONG_INSIDE = gettext_noop(
    "Something is wrong inside Ordskifte. Tell whoever runs it. The file can be brought in again."
)


@app.task(name="run_import", queue="imports", retry=AFTER_TROUBLE)
def run_import(import_id: str, paths: list[str]) -> None:
    """Carry out an import that a page asked for, then take away the uploads: the evidence holds the bytes."""
    from ordskifte.listen.imports import discard_upload
    from ordskifte.listen.imports import run_import as carry_out

    home: Home = settings.HOME
    run = Import.objects.get(pk=UUID(import_id))
    if run.ended_at is not None:  # its worker was killed between the last row and the job's end
        return
    try:
        run = carry_out(run, [Path(path) for path in paths], store=store_of(home), keys=load_keys(home), clock=now)
    except (django.db.OperationalError, django.db.InterfaceError):
        raise  # the database went away; tried again
    except Exception as error:  # whatever it was, the person who waits must see that it ended
        log.exception("import %s failed", import_id)
        Import.objects.filter(pk=run.pk).update(
            state="failed", ended_at=now(), failure=f"{WRONG_INSIDE}\n{type(error).__name__}"
        )
        return
    for folder in {upload for path in paths if (upload := upload_folder(home, Path(path)))}:
        discard_upload(folder)


def upload_folder(home: Home, path: Path) -> Path | None:
    """The folder or file directly in the home's uploads that `path` lies in; None for a path elsewhere."""
    if not path.is_relative_to(home.uploads) or path == home.uploads:
        return None
    return home.uploads / path.relative_to(home.uploads).parts[0]


def sweep_uploads(home: Home, *, before: float) -> int:
    """Take away uploads last touched before a moment (seconds since 1970), unless an import still waits or runs."""
    from ordskifte.listen.imports import discard_upload

    if not home.uploads.is_dir() or Import.objects.filter(ended_at=None).exists():
        return 0
    old = [path for path in home.uploads.iterdir() if path.lstat().st_mtime < before]
    for path in old:
        if path.is_dir() and not path.is_symlink():
            discard_upload(path)
        else:
            path.unlink(missing_ok=True)
    return len(old)
