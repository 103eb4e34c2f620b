"""What editors may put among a page's text: a picture in words too, and a film of another host with our transcript."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from reference.compared import ComparedBlock

from .embeds import UnknownFilm, read_address
from .remarks import BadText
from .transcripts import read_written


def known_film(address: str) -> None:
    """Raises ValidationError for anything that is no film of a host we know."""
    try:
        read_address(address)
    except UnknownFilm as unknown:
        raise ValidationError(str(unknown)) from unknown


def readable_transcript(text: str) -> None:
    """Raises ValidationError, by line, for a transcript that cannot be read."""
    try:
        read_written(text)
    except BadText as bad:
        raise ValidationError([str(fault) for fault in bad.faults]) from bad


class PictureBlock(ComparedBlock):
    """A picture, what it shows in words, and perhaps a line under it. One that shows nothing has no place here."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=250,
        label=_("What it shows"),
        help_text=_("In words, for whoever does not see it: what a reader should take from it."),
    )
    caption = blocks.CharBlock(max_length=250, required=False, label=_("Words under it"))

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture, with what it shows in words.")
        preview_value = {"image": None, "alt": "Six chairs round a table; one of them is empty.", "caption": ""}
        template = "media/blocks/picture.html"


class EmbeddedFilmBlock(ComparedBlock):
    """A film at a host, shown as a drawn card that loads it when it is clicked; the words stand without it."""

    title = blocks.CharBlock(max_length=150, label=_("Title"))
    address = blocks.URLBlock(label=_("Address at YouTube or Vimeo"), validators=[known_film])
    transcript = blocks.TextBlock(
        label=_("Transcript"),
        validators=[readable_transcript],
        help_text=_("A line for each: “0:12 Narrator: The words.” or “0:00 [What is seen.]”"),
    )

    class Meta:
        icon = "media"
        label = _("Film at YouTube or Vimeo")
        description = _("A film of another host, loaded when it is clicked, with our own transcript.")
        preview_value = {
            "title": "The first meeting",
            "address": "https://vimeo.com/76979871",
            "transcript": "0:00 [Six chairs round a table; one is empty.]\n0:05 Narrator: Who is missing?",
        }
        template = "media/blocks/embedded_film.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        try:
            return {**context, "embed": read_address(value["address"]), "lines": read_written(value["transcript"])}
        except (UnknownFilm, BadText):  # a draft, looked at before it is whole
            return context


def holds_frames(body: Any) -> bool:
    """Whether a page's text has a film of another host in it."""
    return any(block.block_type == "embedded_film" for block in body)
