"""Files that come with a form, in memory and never on disk: what is too large is let go, the form is not."""

from collections.abc import Collection
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class BoundedUploadHandler(FileUploadHandler):
    """Takes one file for each of some fields, up to a number of bytes.

    A file that is larger is read to its end and thrown away, so that the other answers of the form arrive;
    `too_large` holds the names of those fields. Anything for another field is thrown away too.
    """

    def __init__(self, request: HttpRequest, *, fields: Collection[str], most_bytes: int) -> None:
        super().__init__(request)
        self.fields, self.most_bytes = set(fields), most_bytes
        self.too_large: set[str] = set()
        self.kept = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        if self.field_name not in self.fields:
            raise SkipFile
        self.fields.discard(self.field_name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self.most_bytes:
            self.too_large.add(self.field_name or "")
            self.kept = BytesIO()
            raise SkipFile
        self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type or "",
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
