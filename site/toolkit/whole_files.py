"""Files on this machine's disk that are there whole or not at all.

Django writes a file under its name and leaves what there is of it when the disk is full. Here it is written beside, and
has its name once it is whole.
"""

import os
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A folder; a name that is taken is never written over."""

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{uuid4().hex}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]  # not public, and what a storage is to give
            return self._named(part, name)
        finally:
            self.delete(part)

    def _named(self, part: str, name: str) -> str:
        """Give it the name, or another like it if somebody was first; what it is called now."""
        while True:
            try:
                os.link(self.path(part), self.path(name))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
