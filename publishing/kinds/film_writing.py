"""The way back of `film_files`: a film's folder, with its film and poster as they lie in the site's stores."""

from pathlib import PurePosixPath
from typing import Any

from media.films import digest_of_file
from media.models import FilmPage
from publishing.attachments import stored
from publishing.yaml_writing import write_fields

from .base import Parsed
from .page_writing import page_text, suffix


def film_thing(kind: str, page: FilmPage, state: dict[str, Any]) -> Parsed:
    """A film's page with its files, each under the path it takes in the package."""
    folder, end = f"films/{page.film.key}", suffix(page.language)
    files = {}
    if page.film_file:
        one = page.film_file
        files["film"] = stored(f"{folder}/film{end}.{one.suffix}", one.file, one.digest)
    if page.poster:
        kept = page.poster.file
        ending = PurePosixPath(kept.name).suffix.lower().replace(".jpeg", ".jpg")
        files["poster"] = stored(f"{folder}/poster{end}{ending}", kept, digest_of_file(kept))
    return Parsed(kind, f"{page.film.uuid}:{page.language}", f"{folder}/film{end}.md", state, files)


def film_texts(thing: Parsed) -> dict[str, str]:
    """The page, the captions and the transcript. Pure. Raises CannotSay."""
    state, path = thing.state, PurePosixPath(thing.path)
    language = thing.key.split(":")[1]
    captions, transcript = f"captions.{language}.vtt", f"transcript{suffix(language)}.yaml"
    texts = {
        thing.path: page_text(thing, _own(thing, captions, transcript)),
        f"{path.parent}/{transcript}": write_fields([_line(one) for one in state["transcript"]]),
    }
    return texts | ({f"{path.parent}/{captions}": state["captions"]} if state["captions"] else {})


def _own(thing: Parsed, captions: str, transcript: str) -> dict[str, Any]:
    state = thing.state
    names = {name: PurePosixPath(one.path).name for name, one in thing.files.items()}
    embed = {"embed": state["embed_address"], "embed_seconds": state["embed_seconds"]}
    return {
        "key": state["key"],
        "audience": state["audience"],
        "topics": state["topics"],
        **({"activity": state["activity"]} if "activity" in state else {}),
        "chapters": state["chapters"],
        **(embed if state["embed_address"] else {"film": names.get("film")}),
        **({"embed_captioned": True} if state["embed_captioned"] else {}),
        "poster": names.get("poster"),
        "poster_alt": state["poster_alt"] or None,
        **({"captions": captions} if state["captions"] else {}),
        "transcript": transcript,
    }


def _line(line: dict[str, Any]) -> dict[str, Any]:
    """A line of a transcript, its fields in one order and none that is empty."""
    return {name: line[name] for name in ("at", "kind", "speaker", "text") if line.get(name) not in (None, "")}
