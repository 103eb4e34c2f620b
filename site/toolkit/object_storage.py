"""Files in an S3-style store instead of on this machine's disk (docs/decisions/0028-running-it.md).

Neither bucket is open to the public: visitors see pictures at this site's own addresses, so nobody else learns who
reads what, and the content policy stays as strict as on one machine.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

from botocore.exceptions import ClientError
from django.core.files.base import File
from django.core.files.storage import Storage
from storages.backends.s3 import S3Storage

CHUNK_BYTES = 64 * 1024


class PrivateObjects(S3Storage):
    """As a folder behaves: a name that is taken is never written over, and parts of a file can be read."""

    def read_part(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes from `first` to `last`, both counted from 0 and included; only they travel."""
        key = self._normalize_name(name)
        try:
            found = self.bucket.Object(key).get(Range=f"bytes={first}-{last}")
        except ClientError as error:
            raise FileNotFoundError(name) from error
        body = found["Body"]
        return iter(lambda: body.read(CHUNK_BYTES), b"")


class PublicObjects(PrivateObjects):
    """Pictures and documents, at addresses of this site."""

    def url(self, name: str, parameters: object = None, expire: object = None, http_method: object = None) -> str:
        from django.conf import settings

        return f"{settings.MEDIA_URL}{quote(re.sub(r'^/+', '', name.replace(chr(92), '/')))}"


def chunks_of(storage: Storage, name: str, first: int, length: int) -> Iterator[bytes]:
    """A part of a stored file, piece by piece; opened at once, so that a missing file is noticed before an answer."""
    if isinstance(storage, PrivateObjects):
        return storage.read_part(name, first, first + length - 1)
    return _chunks(storage.open(name, "rb"), first, length)


def _chunks(file: File, first: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = length
        while left and (chunk := file.read(min(CHUNK_BYTES, left))):
            left -= len(chunk)
            yield chunk
