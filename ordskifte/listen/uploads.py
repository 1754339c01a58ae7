"""Files sent to the import page: streamed to the home's folder for uploads, whatever their size."""

import errno
import os
import re
import shutil
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.utils.translation import gettext as _

from ordskifte.language.personal_data import mask

MARGIN: Final = 256 * 1024 * 1024
"""Bytes of free disk that an upload must leave."""

_UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f/\\<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def safe_name(name: str) -> str:
    """A file name without folders, control or direction characters, not hidden, at most 150 bytes; its ending is kept.

    A personal number in it is masked: the name goes into paths and job arguments (design.md D11).
    """
    name = mask(name)[0]
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    ending = ending.encode()[:20].decode(errors="ignore")
    stem = (stem if dot else plain).encode()[:120].decode(errors="ignore")
    return (f"{stem}.{ending}" if dot else stem) or "upload"


class StreamToHome(FileUploadHandler):
    """Writes each file of a request into one new folder of `home.uploads`; memory holds one chunk (64 KiB).

    `problem` says what went wrong, in the reader's language; then nothing is left behind.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.paths: list[Path] = []
        self.problem = ""
        self._handle: Any = None
        self._coming = 0

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        self._coming = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if not self.file_name:
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.paths and shutil.disk_usage(self.folder).free < self._coming + MARGIN:
            self._refuse(_("The disk is too full for this file. Nothing was stored. Make room, then try again."))
        path = self.folder / safe_name(self.file_name)
        while path.exists():
            path = path.with_name(f"{uuid4().hex[:6]}-{path.name}")
        self._handle = path.open("xb")
        self.paths.append(path)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            self._handle.write(raw_data)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            self._refuse(_("The disk is full. Nothing was stored. Make room, then try again."))

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        handle, self._handle = self._handle, None
        if handle is None:
            return None
        handle.flush()
        os.fsync(handle.fileno())
        handle.close()
        return UploadedFile(file=None, name=self.paths[-1].name, size=file_size)

    def upload_interrupted(self) -> None:
        self.discard()

    def discard(self) -> None:
        """Take away what was written."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
        shutil.rmtree(self.folder, ignore_errors=True)
        self.paths.clear()

    def _refuse(self, why: str) -> None:
        self.problem = why
        self.discard()
        raise StopUpload(connection_reset=False)


def new_upload_folder() -> Path:
    """Where the files of one request go; made when the first file comes."""
    folder: Path = settings.HOME.uploads / uuid4().hex
    return folder
