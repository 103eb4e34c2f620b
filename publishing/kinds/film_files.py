"""films/<key>/film.md with the files it names beside it, and films/films.md: the channel's own page."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from wagtail.models import Page

from courses.models import Activity
from media.embeds import UnknownFilm, read_address
from media.films import digest_of_file
from media.models import Film, FilmIndexPage, FilmPage
from publishing.attachments import Attachment
from publishing.faults import BadContent, Fault
from publishing.fields import Fields, finishing
from reference.choices import Audience, Topic

from .base import Notes, Package, Parsed
from .film_activities import activity_said, check_activity, place_of, read_activity
from .film_parts import film_file_for, poster_for, read_caption_file, read_chapter_fields, read_film, read_poster
from .film_parts import read_transcript_file as read_transcript
from .film_writing import film_texts, film_thing
from .page_writing import is_carried
from .written_page import (
    check_page,
    fill,
    front_page,
    language_of,
    locale_for,
    page_state,
    publish,
    site_state_of,
    split_front_matter,
    state_of,
)

_FILM = re.compile(r"^films/(?P<key>[a-z0-9-]+)/film(\.[a-z]{2})?\.md$")
_BESIDE = re.compile(r"^films/[a-z0-9-]+/((transcript|script)(\.[a-z]{2})?\.yaml|captions\.[a-z]{2}\.(vtt|srt))$")
_CHANNEL = re.compile(r"^films/films(\.[a-z]{2})?\.md$")
_OWN = ("poster_alt", "audience", "topics", "chapters", "captions", "transcript")
_EMBED = ("embed_address", "embed_captioned", "embed_seconds")


class ChannelFile:
    """The page that lists the films."""

    name = "film_channel"
    order = 60

    def matches(self, path: str) -> bool:
        return bool(_CHANNEL.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid)
        return [Parsed(self.name, f"{uuid}:{language_of(path)}", path, state)]

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        return check_page(thing, package)

    def _page(self, thing: Parsed) -> FilmIndexPage | None:
        uuid, language = thing.key.split(":")
        return FilmIndexPage.objects.filter(translation_key=uuid, language=language).first()

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self._page(thing)
        return site_state_of(page) if page else None

    def write(self, thing: Parsed) -> None:
        uuid, language = thing.key.split(":")
        page = self._page(thing) or FilmIndexPage(translation_key=uuid, locale=locale_for(language))
        fill(page, thing.state)
        publish(page, thing.state, parent=front_page(language))


class FilmFolder:
    """A film: its page, and the captions, transcript, poster and film that lie beside it."""

    name = "film"
    order = 61

    def matches(self, path: str) -> bool:
        return bool(_FILM.match(path) or _BESIDE.match(path))

    def parse(self, path: str, text: str) -> list[Parsed]:
        found = _FILM.match(path)
        if found is None:
            return []  # read with the page that names it; script.yaml is for the tool that makes the film
        fields, body, first_line = split_front_matter(path, text)
        with finishing(fields):
            uuid = fields.uuid()
            state = page_state(fields, body, first_line, page=uuid) | _own_fields(fields)
            if state["key"] != found["key"]:
                fields.fault("key", "“key” is the name of the film's folder.")
        return [Parsed(self.name, f"{uuid}:{language_of(path)}", path, state)]

    def gather(self, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> Parsed:
        """The film with its captions and transcript as texts, and its film and poster by what they hold."""
        beside = _Beside(thing, texts, files)
        state = {
            **thing.state,
            "captions": beside.text("captions", read_caption_file) if thing.state["captions"] else "",
            "transcript": beside.text("transcript", read_transcript),
        }
        named = {name: beside.file(name, read) for name, read in (("film", read_film), ("poster", read_poster))}
        held = {name: one for name, one in named.items() if one}
        state |= {name: held[name].digest if name in held else "" for name in named}
        if beside.faults:
            raise BadContent(beside.faults)
        return replace(thing, state=state, files=held)

    def check(self, thing: Parsed, package: Package) -> list[Fault]:
        faults = check_page(thing, package)
        language = thing.key.split(":")[1]
        if "activity" in thing.state:
            return faults + check_activity(thing, package)
        in_package = any(channel.key.endswith(f":{language}") for channel in package.of(ChannelFile.name))
        if not in_package and not FilmIndexPage.objects.filter(language=language).exists():
            faults.append(Fault(thing.path, 0, f"has no channel to stand in (films.md) in the language “{language}”."))
        return faults

    def _page(self, thing: Parsed) -> FilmPage | None:
        uuid, language = thing.key.split(":")
        return FilmPage.objects.filter(film__uuid=uuid, language=language).first()

    def site_state(self, thing: Parsed) -> dict[str, Any] | None:
        page = self._page(thing)
        if page is None:
            return None
        return _said_by(page.get_latest_revision_as_object(), is_live=page.live)

    def write(self, thing: Parsed) -> None:
        uuid, language = thing.key.split(":")
        state = thing.state
        film, _made = Film.objects.update_or_create(uuid=UUID(uuid), defaults={"key": state["key"]})
        parent = place_of(state, film, language) or _channel(language)
        page = self._page(thing) or FilmPage(film=film, locale=locale_for(language), translation_key=uuid)
        fill_film(page, state, thing)
        if page.pk and page.get_parent().pk != parent.pk:
            page.move(parent, pos="last-child")
            page.refresh_from_db()
            fill_film(page, state, thing)
        publish(page, state, parent=parent)

    def things_of(self, course: str, notes: Notes) -> list[Parsed]:
        in_course = Activity.objects.filter(course__key=course, module__isnull=False).values("film")
        found = FilmPage.objects.filter(film__in=in_course)
        found = found.select_related("film", "film_file", "poster").order_by("film__key", "language")
        pages = [page for page in found if is_carried(page, notes)]
        notes.left_out += [
            f"“{page.title}” ({page.language}): the credit of its poster: {page.poster.credit}."
            for page in pages
            if page.poster and page.poster.credit
        ]
        return [film_thing(self.name, page, _said_by(page, is_live=True)) for page in pages]

    def unparse(self, things: list[Parsed]) -> dict[str, str]:
        return {path: text for thing in things for path, text in film_texts(thing).items()}


def _said_by(version: FilmPage, *, is_live: bool) -> dict[str, Any]:
    """Everything a version of a film's page says that its folder can say."""
    return {
        **state_of(version, is_live=is_live),
        **{name: getattr(version, name) for name in (*_OWN, *_EMBED)},
        "key": version.film.key,
        "film": version.film_file.digest if version.film_file else "",
        "poster": digest_of_file(version.poster.file) if version.poster else "",
        **activity_said(version),
    }


def _channel(language: str) -> Page:
    return FilmIndexPage.objects.filter(language=language).get()


def _own_fields(fields: Fields) -> dict[str, Any]:
    """What a film's page says besides what every page says; names of files stand for what `gather` puts there."""
    embed = fields.text("embed", required=False, longest=200) if fields.get("embed") else ""
    if embed:
        try:
            read_address(embed)
        except UnknownFilm as unknown:
            fields.fault("embed", str(unknown))
    return {
        "key": fields.slug("key"),
        "audience": _chosen(fields, "audience", Audience.values),
        "topics": _chosen(fields, "topics", Topic.values),
        "chapters": read_chapter_fields(fields),
        "film": "" if embed else fields.text("film", longest=80),
        "embed_address": embed,
        "embed_captioned": fields.get("embed_captioned") is True,
        "embed_seconds": fields.whole("embed_seconds", least=1, most=21_600) if embed else None,
        "poster": fields.text("poster", required=False, longest=80) if fields.get("poster") else "",
        "poster_alt": fields.text("poster_alt", required=False, longest=250) if fields.get("poster_alt") else "",
        "captions": "" if embed else fields.text("captions", longest=80),
        "transcript": fields.text("transcript", longest=80),
        **read_activity(fields),
    }


def fill_film(page: FilmPage, state: dict[str, Any], thing: Parsed) -> None:
    """Put everything a film's folder says into its page."""
    fill(page, state)
    for name in (*_OWN, *_EMBED):
        setattr(page, name, state[name])
    page.film_file = film_file_for(thing.files.get("film"), title=state["title"])
    page.poster = poster_for(thing.files.get("poster"), title=state["title"])


def _chosen(fields: Fields, name: str, known: list[str]) -> list[str]:
    words = fields.words(name)
    for word in words:
        if word not in known:
            fields.fault(name, f"“{word}” is none of these: {', '.join(known)}.")
    return words


class _Beside:
    """The files beside a film's page, by the field that names them; faults are collected."""

    def __init__(self, thing: Parsed, texts: Mapping[str, str], files: Mapping[str, Attachment]) -> None:
        self.thing, self.texts, self.files = thing, texts, files
        self.faults: list[Fault] = []

    def _path(self, name: str) -> str:
        return (PurePosixPath(self.thing.path).parent / self.thing.state[name]).as_posix()

    def _missing(self, name: str) -> None:
        self.faults.append(Fault(self.thing.path, 0, f"names “{self.thing.state[name]}”, which is not beside it."))

    def text(self, name: str, read: Any) -> Any:
        path = self._path(name)
        if path not in self.texts:
            self._missing(name)
            return ""
        try:
            return read(self.texts[path], path)
        except BadContent as bad:
            self.faults += bad.faults
            return ""

    def file(self, name: str, check: Any) -> Attachment | None:
        if not self.thing.state[name]:
            return None
        found = self.files.get(self._path(name))
        if found is None:
            self._missing(name)
            return None
        try:
            check(found)
        except BadContent as bad:
            self.faults += bad.faults
        return found
