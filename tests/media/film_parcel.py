"""A film as content files: a page, captions, a transcript, and the film, as a package for the loader."""

from collections.abc import Mapping
from pathlib import Path

UUID = "00000000-0000-4000-8000-0000000000f1"
CHANNEL = "films/films.md"
PAGE = "films/second-look/film.md"
CAPTIONS = "films/second-look/captions.en.vtt"
TRANSCRIPT = "films/second-look/transcript.yaml"
FILM = "films/second-look/film.mp4"
POSTER = "films/second-look/poster.png"


def texts() -> dict[str, str]:
    """The text files of a channel and one film of forty seconds."""
    return {
        CHANNEL: """---
uuid: "00000000-0000-4000-8000-0000000000f0"
slug: films
title: Films to look twice
lead: Short films for anybody.
drafted_by: The project
drafted_on: 2026-11-22
sources: []
---

A paragraph.
""",
        PAGE: f"""---
uuid: "{UUID}"
key: second-look
slug: second-look
title: A second look
lead: One visit, told twice.
drafted_by: The project
drafted_on: 2026-11-22
sources: []
audience: [practitioners, boards]
topics: [hindsight, findings]
chapters:
  - at: "0:00"
    title: As the file tells it
  - at: "0:20"
    title: As it looked from the table
film: film.mp4
poster: poster.png
poster_alt: A kitchen table with a red book.
captions: captions.en.vtt
transcript: transcript.yaml
---

About the film.

## Messages for practice {{#messages}}

Ask what could be seen from the chair.
""",
        CAPTIONS: """WEBVTT

00:02.000 --> 00:06.000
<v Narrator>The file says: no answer.

00:20.000 --> 00:26.000
<v Health visitor>The kettle was on, and nobody was cross.
""",
        TRANSCRIPT: """- at: 0
  kind: visual
  text: A kitchen. A health visitor closes a red book.
- at: 2
  kind: speech
  speaker: Narrator
  text: "The file says: no answer."
- at: 9.5
  kind: visual
  text: The door, seen from the street.
- at: 20
  kind: speech
  speaker: Health visitor
  text: The kettle was on, and nobody was cross.
- at: 31
  kind: speech
  speaker: Narrator
  text: Both are true. Only one of them was written down.
""",
    }


def write_package(folder: Path, *, film: bytes, poster: bytes = b"", changed: Mapping[str, str] | None = None) -> Path:
    """The package as a folder, with the film and, if there is one, its poster."""
    for path, text in {**texts(), **(changed or {})}.items():
        if not poster and path == PAGE:
            text = text.replace("poster: poster.png\nposter_alt: A kitchen table with a red book.\n", "")
        _write(folder / path, text.encode())
    _write(folder / FILM, film)
    if poster:
        _write(folder / POSTER, poster)
    return folder


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
