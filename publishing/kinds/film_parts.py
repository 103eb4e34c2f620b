"""The parts of a film's folder: captions, transcript, chapters, the film and its poster, each read and checked."""

from typing import Any, cast

from django.core.files import File
from PIL import Image, UnidentifiedImageError
from wagtail.images import get_image_model

from media import chapters, transcripts
from media.captions import read_captions
from media.containers import NotAFilm, measure
from media.films import digest_of_file
from media.models import FilmFile
from media.moments import read_moment
from media.remarks import BadText
from publishing.attachments import Attachment
from publishing.faults import BadContent, Fault
from publishing.fields import Fields, read_fields

PICTURES = ("JPEG", "PNG", "WEBP")


def read_caption_file(text: str, path: str) -> str:
    """Captions as WebVTT. Raises BadContent, by line."""
    try:
        return read_captions(text).as_webvtt()
    except BadText as bad:
        raise BadContent([Fault(path, fault.line, fault.sentence) for fault in bad.faults]) from bad


def read_transcript_file(text: str, path: str) -> list[dict[str, Any]]:
    """A transcript in its kept form, from a YAML list of lines. Raises BadContent, by line."""
    # The file is a list; wrapped so that one reader serves every file.
    fields = read_fields("lines:\n" + "\n".join(f"  {line}" for line in text.split("\n")), path, offset=-1)
    entries = fields.mappings("lines", required=True)
    lines = []
    for entry in entries:
        line = {name: entry.get(name) for name in entry.names()}
        line["at"] = _moment(line.get("at"))
        lines.append(line)
        for fault in _faults([line]):
            entry.fault("at", fault.sentence)
    if not fields.faults:
        for fault in _faults(lines):
            entries[fault.line - 1].fault("at", fault.sentence)
    if fields.faults:
        raise BadContent(fields.faults)
    return transcripts.kept(transcripts.read_lines(lines))


def _faults(lines: list[dict[str, Any]]) -> list[Any]:
    try:
        transcripts.read_lines(lines)
    except BadText as bad:
        return bad.faults
    return []


def _moment(value: Any) -> Any:
    """Seconds from a number or from a clock such as "1:00"; anything else stays, and is refused later."""
    return read_moment(value) if isinstance(value, str) else value


def read_chapter_fields(fields: Fields) -> list[dict[str, Any]]:
    """The chapters of a film's page in their kept form; faults are left in the fields."""
    found = []
    for one in fields.mappings("chapters"):
        found.append({"at": _moment(one.get("at")), "title": one.text("title", longest=chapters.LONGEST_TITLE)})
        one.refuse_unknown()
    try:
        return chapters.kept(chapters.read_chapters(found))
    except BadText as bad:
        fields.fault("chapters", bad.faults[0].sentence)
        return []


def read_film(attachment: Attachment) -> None:
    """Raises BadContent for a file that is no film we can show."""
    with attachment.open() as stream:
        try:
            measure(cast(Any, stream), attachment.size)
        except NotAFilm as refusal:
            raise BadContent([Fault(attachment.path, 0, str(refusal))]) from refusal


def read_poster(attachment: Attachment) -> None:
    """Raises BadContent for a file that is no picture."""
    with attachment.open() as stream:
        try:
            Image.open(stream, formats=PICTURES).verify()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise BadContent([Fault(attachment.path, 0, "is not a picture (JPEG, PNG or WebP).")]) from error


def film_file_for(attachment: Attachment | None, *, title: str) -> FilmFile | None:
    """The site's file with this content, stored if it is new."""
    if attachment is None:
        return None
    if known := FilmFile.objects.filter(digest=attachment.digest).first():
        return known
    with attachment.open() as stream:
        made = FilmFile(title=title, file=File(cast(Any, stream), name="film"))
        made.file.file.size = attachment.size
        made.save()
    return made


def digest_of_image(image: Any) -> str:
    """Of what its file holds; empty where that is gone, or cannot be read."""
    try:
        return digest_of_file(image.file)
    except OSError:
        return ""


def poster_for(attachment: Attachment | None, *, title: str) -> Any:
    """The site's picture with this content, stored if it is new."""
    if attachment is None:
        return None
    for known in get_image_model().objects.filter(file_size=attachment.size):
        if digest_of_image(known) == attachment.digest:
            return known
    with attachment.open() as stream:
        name = attachment.path.replace("/", "-")
        made = get_image_model()(title=title, file=File(cast(Any, stream), name=name))
        made._set_image_file_metadata()  # or its size stays empty, and the next load does not know it again
        made.save()
    return made
