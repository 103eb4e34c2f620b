"""The images of what is shown of items: looked up once for all of them, with the sizes they are shown in."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.template.loader import render_to_string
from wagtail.images import get_image_model

from .items import Words, picture_values
from .items.words import Json, PictureShown
from .models import ItemVersion

SIZES = ("max-480x960|format-webp-lossy", "max-960x960|format-webp-lossy")


@dataclass(frozen=True)
class Sized:
    """An image in the two sizes in which it is shown."""

    credit: str
    small: Any
    large: Any


class Pictures:
    """Images by their number, None for one whose file is gone. Nothing is read until one is shown."""

    def __init__(self, versions: Iterable[ItemVersion]) -> None:
        self._versions = versions

    def __call__(self, number: int) -> Sized | None:
        return self._images.get(number)

    @cached_property
    def _images(self) -> dict[int, Sized]:
        wanted = {value["image"] for version in self._versions for value in picture_values(version.texts)}
        found = get_image_model().objects.prefetch_renditions(*SIZES).in_bulk(wanted)
        sized = {number: _sized(image) for number, image in found.items()}
        return {number: one for number, one in sized.items() if one}


def _sized(image: Any) -> Sized | None:
    """None where a size has to be made and the image’s file is gone, or cannot be read."""
    try:
        return Sized(image.credit, *(_in_size(image, size) for size in SIZES))
    except OSError:
        return None


def _in_size(image: Any, size: str) -> Any:
    """Wagtail’s own way writes to the cache for every picture, also where nothing is new."""
    known = (one for one in image.prefetched_renditions if one.filter_spec == size and not one.focal_point_key)
    return next(known, None) or image.get_rendition(size)


class KeptWords(Words):
    """A prompt for a page that lies on somebody's disk: its pictures are in it."""

    def __html__(self) -> str:
        blocks = [_embedded(one) if one["type"] == "picture" else one for one in self.rich if not isinstance(one, str)]
        return render_to_string("assessments/items/_kept.html", {"blocks": blocks})


def _embedded(block: Json) -> Json:
    """`data` is empty where the picture’s file is gone: then its words stand there."""
    shown: PictureShown = block["value"]
    if shown.image is None:
        return {**block, "data": ""}
    small = shown.image.small
    try:
        with small.file.open("rb") as file:
            return {**block, "data": b64encode(file.read()).decode(), "width": small.width, "height": small.height}
    except OSError:
        return {**block, "data": ""}
