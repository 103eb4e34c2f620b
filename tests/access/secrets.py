"""Words that give somebody away: each private thing of the world holds one, and each says to whom it may appear."""

import gzip
import io
import zipfile
from dataclasses import dataclass

import pypdf
from django.http import HttpResponse
from django.http.response import HttpResponseBase


@dataclass(frozen=True)
class Canary:
    """One such word. `of` is the person it is about, or the side of the world it belongs to; `kind` is what it is."""

    word: str
    kind: str
    of: str

    def __str__(self) -> str:
        return f"{self.kind} of {self.of}"


def said(response: HttpResponseBase) -> str:
    """All an answer says, in small letters: its body as text, every header, every cookie."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    cookies = "\n".join(morsel.OutputString() for morsel in response.cookies.values())
    return f"{headers}\n{cookies}\n{as_text(body_of(response))}".lower()


def body_of(response: HttpResponseBase) -> bytes:
    """The body, whole, whether it comes in one piece or in a stream."""
    if isinstance(response, HttpResponse):
        return response.content
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def as_text(content: bytes) -> str:
    """What a reader can get out of a file: the words of a PDF, and what lies in archives and workbooks."""
    plain = content.decode("utf-8", "replace")
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        pages = "\n".join(page.extract_text() for page in reader.pages)
        return f"{plain}\n{reader.metadata}\n{pages}"
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(f"{name}\n{as_text(archive.read(name))}" for name in archive.namelist())
    if content.startswith(b"\x1f\x8b"):
        return as_text(gzip.decompress(content))
    return plain
