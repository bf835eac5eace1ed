"""Receives uploaded files in memory, up to a bound for the whole request; never on the disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Keeps a file in memory; of one that is too big, it keeps only how big it is.

    Django's own handler steps aside for large requests, and the file is then silently missing:
    the person could not be told that it was too big.
    """

    kept = 0  # bytes, of all the files in this request
    content: BytesIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep this piece, or let go of a file that has grown too big."""
        if self.content is None:
            return
        self.kept += len(raw_data)
        if self.kept > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self.kept -= start + len(raw_data)
            self.content = None
        else:
            self.content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file and its size. One that was too big is empty inside: look at its size first."""
        content = self.content or BytesIO()
        content.seek(0)
        return InMemoryUploadedFile(
            file=content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
