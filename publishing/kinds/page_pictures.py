"""The pictures among a page's text: files beside it in a package, images on the site, known by what they hold."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from wagtail.images import get_image_model

from publishing.attachments import Attachment, stored
from publishing.faults import BadContent, Fault
from publishing.markdown_writing import CannotSay

from .base import Parsed
from .film_parts import digest_of_image, poster_for, read_poster

Block = dict[str, Any]


def gathered(thing: Parsed, files: Mapping[str, Attachment]) -> Parsed:
    """The page with each picture's digest in the place of its file's name. Raises BadContent."""
    faults: list[Fault] = []
    held: dict[str, Attachment] = {}

    def known(name: str) -> str:
        path = (PurePosixPath(thing.path).parent / name).as_posix()
        if path not in files:
            faults.append(Fault(thing.path, 0, f"names “{name}”, which is not beside it."))
            return name
        read_poster(files[path])
        held[files[path].digest] = files[path]
        return files[path].digest

    body = _with_pictures(thing.state["body"], known)
    if faults:
        raise BadContent(faults)
    return replace(thing, state={**thing.state, "body": body}, files={**thing.files, **held})


def as_stored(thing: Parsed) -> dict[str, Any]:
    """The page's state as its stream keeps it: each picture an image of the site, stored if it is new."""

    def image(block: Block) -> Block:
        value = block["value"]
        made = poster_for(thing.files[value["picture"]], title=value["alt"][:255])
        return {**block, "value": {"image": made.pk, "alt": value["alt"], "caption": value["caption"]}}

    body = [image(block) if block["type"] == "picture" else block for block in thing.state["body"]]
    return {**thing.state, "body": body}


def said_by(value: dict[str, Any]) -> dict[str, str]:
    """A stored picture as a file says it: by the digest of its image, empty where that or its file is gone."""
    image = get_image_model().objects.filter(pk=value.get("image") or 0).first()
    words = {name: " ".join((value.get(name) or "").split()) for name in ("alt", "caption")}
    return {"picture": digest_of_image(image) if image else "", **words}


def files_of(bodies: Iterable[Any], folder: str) -> dict[str, Attachment]:
    """The images of a page's text by their digest, each under the path it takes in a package."""
    return files_of_images(_images(bodies), folder)


def files_of_images(images: Iterable[Any], folder: str) -> dict[str, Attachment]:
    """These images by their digest, each under the path it takes in a package; without any whose file is gone."""
    found = {}
    for image in images:
        digest = digest_of_image(image)
        if not digest:
            continue
        ending = PurePosixPath(image.file.name).suffix.lower().replace(".jpeg", ".jpg")
        found[digest] = stored(f"{folder}/{digest[:16]}{ending}", image.file, digest)
    return found


def _images(body: Iterable[Any]) -> Iterator[Any]:
    return (block.value["image"] for block in body if block.block_type == "picture" and block.value["image"])


def as_written(thing: Parsed) -> Parsed:
    """The page with each picture's file by its name, for its text. Raises CannotSay for one whose file is gone."""

    def named(digest: str) -> str:
        if digest not in thing.files:
            raise CannotSay("a picture whose file is gone has no form in a content file")
        return PurePosixPath(thing.files[digest].path).name

    return replace(thing, state={**thing.state, "body": _with_pictures(thing.state["body"], named)})


def _with_pictures(body: list[Block], named: Callable[[str], str]) -> list[Block]:
    return [
        {**block, "value": {**block["value"], "picture": named(block["value"]["picture"])}}
        if block["type"] == "picture"
        else block
        for block in body
    ]
