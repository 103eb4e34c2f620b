"""The films in content/films as they are committed: their words, pictures, times, text forms and files."""

import re
import struct
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from tools.film.script import LONGEST_PICTURE, Script, read_script, seconds_of

from tests.tools.mp4 import boxes, channels_of, inside, size_of, tracks

FILMS = sorted(file.parent for file in (Path(__file__).resolve().parents[2] / "content/films").glob("*/script.yaml"))
MOST_BYTES = 6_000_000
FEWEST_PICTURES = 36
ABOUT_SEVEN_MINUTES = (410, 430)

# Who and what the practice case is about, which no film may give away.
PRACTICE_CASE = re.compile(
    r"\b(Fernbrook|Larchfield|Oakmere|Merrow|Dana|Kit|Posy|Lee|Castle|Cassell|Pauline|Ruth|Anil|Carole|Osei|Bethan|"
    r"Hale|Marcus|Jo|Sian|Kaur|Priya|Helen|weigh(?:ed|ing the baby)|centile|bruise|bolt)\b"
)
BLAME = re.compile(r"\b(failed|failings?|should have|non-engaging|disguised compliance)\b|!", re.IGNORECASE)

each_film = pytest.mark.parametrize("folder", FILMS, ids=lambda folder: folder.name)


@dataclass(frozen=True)
class Cue:
    start: float
    end: float
    speaker: str
    lines: list[str]


@cache
def script_of(folder: Path) -> Script:
    return read_script(folder / "script.yaml")


@cache
def transcript_of(folder: Path) -> list[dict[str, Any]]:
    return yaml.safe_load((folder / "transcript.yaml").read_text())


@cache
def front_of(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "film.md").read_text().split("---\n")[1])


@cache
def cues_of(folder: Path) -> list[Cue]:
    head, *blocks = (folder / "captions.en.vtt").read_text().strip().split("\n\n")
    assert head == "WEBVTT"
    return [cue_of(block.split("\n")) for block in blocks]


def cue_of(lines: list[str]) -> Cue:
    start, end = (seconds_in(clock) for clock in lines[0].split(" --> "))
    speaker, first = re.fullmatch(r"<v ([^>]+)>(.*)", lines[1]).groups()
    return Cue(start, end, speaker, [first.replace("&amp;", "&"), *lines[2:]])


def seconds_in(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_there_is_a_film():
    keys = [folder.name for folder in FILMS]

    assert "why-did-it-make-sense" in keys


# -- Words -----------------------------------------------------------------------------------------------------------


@each_film
def test_captions_hold_the_script_word_for_word(folder):
    scenes = [(scene.speaker, scene.words.split()) for scene in script_of(folder).scenes() if scene.words]

    said = [(cue.speaker, word) for cue in cues_of(folder) for line in cue.lines for word in line.split()]

    assert said == [(speaker, word) for speaker, words in scenes for word in words]


@each_film
def test_captions_can_be_read(folder):
    cues = cues_of(folder)

    crowded = [cue for cue in cues if len(cue.lines) > 2 or any(len(line) > 42 for line in cue.lines)]
    hurried = [cue for cue in cues if len(" ".join(cue.lines)) / (cue.end - cue.start) > 21]
    overlapping = [(a, b) for a, b in pairwise(cues) if a.end > b.start]

    assert (crowded, hurried, overlapping) == ([], [], [])


@each_film
def test_transcript_covers_all_that_is_said_and_all_that_is_seen(folder):
    script, entries = script_of(folder), transcript_of(folder)

    said = " ".join(entry["text"] for entry in entries if entry["kind"] == "speech")
    seen = [entry["text"] for entry in entries if entry["kind"] == "visual"]
    speakers = {entry["speaker"] for entry in entries if entry["kind"] == "speech"}

    assert said == " ".join(plain(scene.words) for scene in script.scenes() if scene.words)
    assert seen == [plain(shot.shows) for _scene, _number, shot in script.shots()]
    assert speakers == {scene.speaker for scene in script.scenes()}
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)


@each_film
@pytest.mark.parametrize("name", ["script.yaml", "film.md", "transcript.yaml"])
def test_nothing_in_a_film_is_from_the_practice_case_or_blames(folder, name):
    text = (folder / name).read_text()

    found = PRACTICE_CASE.findall(text), [match.group() for match in BLAME.finditer(text.replace("<!--", ""))]

    assert found == ([], [])


# -- Times -----------------------------------------------------------------------------------------------------------


@each_film
def test_every_chapter_time_begins_a_scene_and_stands_on_the_page(folder):
    script = script_of(folder)
    starts = {entry["at"]: entry["text"] for entry in transcript_of(folder) if entry["kind"] == "visual"}

    first_pictures = {chapter.at: plain(chapter.scenes[0].shots[0].shows) for chapter in script.chapters}

    assert {at: starts.get(at) for at in first_pictures} == first_pictures
    assert [(seconds_of(one["at"]), one["title"]) for one in front_of(folder)["chapters"]] == [
        (chapter.at, chapter.title) for chapter in script.chapters
    ]


def test_the_first_film_has_its_five_chapters_at_the_times_agreed():
    folder = next(folder for folder in FILMS if folder.name == "why-did-it-make-sense")

    chapters = [(one["at"], one["title"]) for one in front_of(folder)["chapters"]]

    assert chapters == [
        ("0:00", "Two headlines"),
        ("1:00", "A health visitor’s afternoon"),
        ("3:00", "What the record shows"),
        ("4:30", "What she saw"),
        ("6:00", "Four messages"),
    ]


@each_film
def test_nothing_stands_still_for_more_than_twelve_seconds(folder):
    script = script_of(folder)
    starts = [entry["at"] for entry in transcript_of(folder) if entry["kind"] == "visual"]

    lengths = [b - a for a, b in pairwise([*starts, script.seconds])]

    assert max(lengths) <= LONGEST_PICTURE + 0.1  # the transcript's times have one decimal


@each_film
def test_a_film_has_at_least_thirty_six_different_pictures(folder):
    pictures = {repr(sorted(shot.picture.items())) for _scene, _number, shot in script_of(folder).shots()}

    count = len(pictures)

    assert count >= FEWEST_PICTURES


# -- Files -----------------------------------------------------------------------------------------------------------


@each_film
def test_the_film_is_h264_in_720p_with_sound_and_no_more_than_six_megabytes(folder):
    film = (folder / "film.mp4").read_bytes()

    found = tracks(film)

    assert sorted(found) == ["avc1", "mp4a"]
    assert size_of(found["avc1"]) == (1280, 720)
    assert channels_of(found["mp4a"]) == 1
    assert len(film) <= MOST_BYTES


@each_film
def test_the_film_lasts_as_long_as_its_script_and_can_start_before_it_is_all_there(folder):
    film = (folder / "film.mp4").read_bytes()
    header = inside(film, "moov", "mvhd")[0]

    scale, length = struct.unpack(">II", header[12:20])
    order = [name for name, _content in boxes(film)]

    assert length / scale == pytest.approx(script_of(folder).seconds, abs=0.5)
    assert order.index("moov") < order.index("mdat")


def test_the_first_film_is_about_seven_minutes_long():
    folder = next(folder for folder in FILMS if folder.name == "why-did-it-make-sense")

    seconds = script_of(folder).seconds

    assert ABOUT_SEVEN_MINUTES[0] <= seconds <= ABOUT_SEVEN_MINUTES[1]


@each_film
def test_the_page_names_its_files_and_describes_its_poster(folder):
    front = front_of(folder)

    missing = [name for name in ("film", "poster", "captions", "transcript") if not (folder / front[name]).is_file()]
    with Image.open(folder / front["poster"]) as poster:
        kind = (poster.format, poster.size)

    assert (missing, kind) == ([], ("JPEG", (1280, 720)))
    assert (front["key"], front["slug"]) == (folder.name, folder.name)
    assert len(front["poster_alt"].split()) >= 10
