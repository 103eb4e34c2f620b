"""The pictures a question shows: files of its module in a package, images on the site, known by what they hold."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from wagtail.images import get_image_model

from assessments.items import picture_values
from publishing.attachments import Attachment
from publishing.faults import BadContent, Fault
from publishing.markdown_writing import CannotSay

from .base import Parsed
from .film_parts import digest_of_image, poster_for, read_poster
from .page_pictures import files_of_images

Json = dict[str, Any]


def gathered(thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
    """The question with each picture's digest in the place of its file's name. Raises BadContent."""
    faults: list[Fault] = []
    held: dict[str, Attachment] = {}

    def known(value: Json) -> Json:
        found = next((files[path] for path in _paths(thing, value["picture"]) if path in files), None)
        if found is None:
            line = _line_of(value["picture"], texts.get(thing.path, ""))
            sentence = f"shows “{value['picture']}”, which is neither beside it nor among the files of its module."
            faults.append(Fault(thing.path, line, sentence))
            return value
        read_poster(found)
        held[found.digest] = found
        return {**value, "picture": found.digest}

    state = {**thing.state, "texts": _with(thing.state["texts"], known)}
    if faults:
        raise BadContent(faults)
    return replace(thing, state=state, files={**thing.files, **held})


def _paths(thing: Parsed, name: str) -> list[str]:
    beside = PurePosixPath(thing.path).parent / name
    return [beside.as_posix(), f"{_folder(thing.state)}/{name}"]


def _folder(state: Json) -> str:
    """Where the files of a question's module lie, its lessons' pictures among them."""
    return f"courses/{state['course']}/m{state['module']}"


def _line_of(name: str, text: str) -> int:
    return next((at for at, line in enumerate(text.split("\n"), start=1) if f"]({name}" in line), 1)


def as_stored(thing: Parsed) -> Json:
    """The texts as a version keeps them: each picture an image of the site, stored if it is new."""

    def image(value: Json) -> Json:
        made = poster_for(thing.files[value["picture"]], title=(value["alt"] or value["caption"] or "–")[:255])
        return {"image": made.pk, "alt": value["alt"], "caption": value["caption"]}

    return _with(thing.state["texts"], image)


def said_by(texts: Json) -> Json:
    """The texts of a version as a file says them: each picture by its digest, empty where its file is gone."""
    images = get_image_model().objects.in_bulk({one["image"] for one in picture_values(texts)})

    def said(value: Json) -> Json:
        image = images.get(value["image"])
        return {"picture": digest_of_image(image) if image else "", "alt": value["alt"], "caption": value["caption"]}

    return _with(texts, said)


def files_of(texts: Json, state: Json) -> dict[str, Attachment]:
    """The images of a version by their digest, each under the path it takes in a package."""
    images = get_image_model().objects.in_bulk({one["image"] for one in picture_values(texts)})
    return files_of_images(images.values(), _folder(state))


def as_written(thing: Parsed) -> Parsed:
    """The question with each picture's file by its name. Raises CannotSay for one whose file is gone."""

    def named(value: Json) -> Json:
        if value["picture"] not in thing.files:
            raise CannotSay("a picture whose file is gone has no form in a content file")
        return {**value, "picture": PurePosixPath(thing.files[value["picture"]].path).name}

    return replace(thing, state={**thing.state, "texts": _with(thing.state["texts"], named)})


def _with(texts: Json, change: Callable[[Json], Json]) -> Json:
    """Texts by language with each picture changed; those that show none as they are."""
    return {code: {**one, **_rich(one, change)} if "rich" in one else one for code, one in texts.items()}


def _rich(texts: Json, change: Callable[[Json], Json]) -> Json:
    def changed(block: Json) -> Json:
        return {**block, "value": change(block["value"])} if block["type"] == "picture" else block

    rich = texts["rich"].items()
    return {"rich": {path: one if isinstance(one, str) else [changed(block) for block in one] for path, one in rich}}
