"""The script of a film: read from YAML, checked, and refused in sentences that name the place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .drawings.registry import CannotDraw, draw

MOVES = ("in", "out", "left", "right", "still")  # how a picture moves while it shows, a little
LONGEST_PICTURE = 12.0  # seconds; nothing stands still for longer
_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_SENTENCE = re.compile(r"(?<=[.?!])[”’]?\s+(?=[“‘A-Z0-9])")


class BadScript(Exception):
    """Raised for a script that no film can be made of; its text says where and why."""


@dataclass(frozen=True)
class Voice:
    """How a speaker's words are spoken where nobody has recorded them."""

    program: str
    voice: str
    stretch: float = 1.0  # above 1 is slower
    pitch: float = 1.0  # above 1 is higher, as of a smaller person; the pace stays
    say: Mapping[str, str] | None = None  # spelling for the synthesiser only


@dataclass(frozen=True)
class Shot:
    """One picture and what is said while it shows; or, with no words, how many seconds it is held."""

    picture: Mapping[str, Any]
    shows: str
    words: str = ""
    hold: float = 0
    move: str = "in"

    def sentences(self) -> list[str]:
        return sentences_of(self.words)


@dataclass(frozen=True)
class Scene:
    """What one speaker says without a break; one recorded file may replace it."""

    key: str
    speaker: str
    shots: tuple[Shot, ...]

    @property
    def words(self) -> str:
        return " ".join(shot.words for shot in self.shots if shot.words)


@dataclass(frozen=True)
class Chapter:
    """A part of the film that begins at an agreed second."""

    at: int
    title: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True)
class Script:
    """The whole film as written."""

    key: str
    title: str
    seconds: int
    poster: str  # scene key and shot number from 1
    voices: Mapping[str, Voice]
    chapters: tuple[Chapter, ...]

    def scenes(self) -> Iterator[Scene]:
        return (scene for chapter in self.chapters for scene in chapter.scenes)

    def shots(self) -> Iterator[tuple[Scene, int, Shot]]:
        """Each shot with its scene and its number in it, from 1."""
        return ((scene, n, shot) for scene in self.scenes() for n, shot in enumerate(scene.shots, 1))


def sentences_of(words: str) -> list[str]:
    """A text cut after each full stop or question mark, closing quotation marks kept with what they close."""
    cut, start = [], 0
    for gap in _SENTENCE.finditer(words):
        end = gap.start() + len(gap.group()) - len(gap.group().lstrip("”’"))
        cut.append(words[start:end].strip())
        start = gap.end()
    return [text for text in [*cut, words[start:].strip()] if text]


def seconds_of(clock: str) -> int:
    """'4:30' as 270. Raises BadScript."""
    found = _CLOCK.fullmatch(str(clock))
    if not found:
        raise BadScript(f'“{clock}” is no time; write minutes and seconds in quotation marks, as in "4:30".')
    return int(found[1]) * 60 + int(found[2])


def read_script(file: Path) -> Script:
    """The script in this file. Raises BadScript."""
    try:
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        script = Script(
            key=said["key"],
            title=said["title"],
            seconds=seconds_of(said["length"]),
            poster=said["poster"],
            voices={name: Voice(**how) for name, how in said["voices"].items()},
            chapters=tuple(_chapter(chapter) for chapter in said["chapters"]),
        )
    except yaml.YAMLError as error:
        raise BadScript(f"{file.name} is not YAML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadScript(f"{file.name} lacks something or has a word nobody reads: {error}.") from error
    _check(script)
    return script


def _chapter(said: Mapping[str, Any]) -> Chapter:
    scenes = tuple(
        Scene(one["key"], one["speaker"], tuple(_shot(one["key"], shot) for shot in one["shots"]))
        for one in said["scenes"]
    )
    return Chapter(seconds_of(said["at"]), said["title"], scenes)


def _shot(scene: str, said: Mapping[str, Any]) -> Shot:
    shot = Shot(**said)
    if bool(shot.words) == bool(shot.hold):
        raise BadScript(f"scene {scene}: each picture has either words or a hold in seconds.")
    if shot.move not in MOVES:
        raise BadScript(f"scene {scene}: “{shot.move}” is no move; there are {', '.join(MOVES)}.")
    if not shot.shows.strip():
        raise BadScript(f"scene {scene}: each picture says what it shows.")
    return shot


def _check(script: Script) -> None:
    starts = [chapter.at for chapter in script.chapters]
    if starts[:1] != [0] or starts != sorted(set(starts)) or script.seconds <= starts[-1]:
        raise BadScript("the chapters begin at 0:00 and stand in order of time, before the film's length.")
    keys = [scene.key for scene in script.scenes()]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise BadScript(f"two scenes are called {', '.join(sorted(twice))}.")
    for scene, number, shot in script.shots():
        if scene.speaker not in script.voices:
            raise BadScript(f"scene {scene.key}: “{scene.speaker}” has no voice.")
        try:
            draw(shot.picture)
        except CannotDraw as error:
            raise BadScript(f"scene {scene.key}, picture {number}: {error}") from error
