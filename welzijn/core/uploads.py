"""Take files that a form sends: in memory only, and no more of each than may be stored.

Django's own handlers write what is large to a folder of temporary files, unencrypted. This one
drops what is too big while it arrives, and goes on: the rest of the form, with what was typed in
it, reaches its view, which says at the field what is wrong.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MAX_FILE = 10 * 1024 * 1024  # bytes of one file
MAX_REQUEST = 40 * 1024 * 1024  # bytes kept of all files of one request


class MemoryUploadHandler(FileUploadHandler):
    """Keep each file of at most MAX_FILE in memory; of a larger one only that it was too big."""

    kept = 0  # bytes of the files before, in this request

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **kwargs)
        self.buffer = BytesIO()
        self.too_big = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of the file, while it fits."""
        if self.too_big:
            return
        if start + len(raw_data) > MAX_FILE or self.kept + start + len(raw_data) > MAX_REQUEST:
            self.too_big, self.buffer = True, BytesIO()
            return
        self.buffer.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Return the file under a name of ours; `was_too_big` where it is empty for that."""
        self.kept += self.buffer.tell()
        self.buffer.seek(0)
        sent = InMemoryUploadedFile(
            file=self.buffer,
            field_name=self.field_name,
            # What somebody called it stands in no log, page or address.
            name="file",
            content_type="application/octet-stream",
            size=file_size,
            charset=None,
        )
        sent.was_too_big = self.too_big  # type: ignore[attr-defined]
        return sent
