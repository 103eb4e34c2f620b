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
from tools.film.drawings.registry import draw
from tools.film.drawings.svg import HEIGHT, WIDTH
from tools.film.script import LONGEST_PICTURE, Script, read_script, seconds_of

from tests.content.film_words import words_in
from tests.tools.mp4 import boxes, channels_of, inside, size_of, tracks

FILMS = sorted(file.parent for file in (Path(__file__).resolve().parents[2] / "content/films").glob("*/script.yaml"))
MOST_BYTES = 6_000_000
FEWEST_PICTURES = 36
SMALLEST_WORDS = 34  # units of a picture 720 high
CAPTIONS_FROM = HEIGHT * 5 / 6

# Length and chapters.
AGREED = {
    "why-did-it-make-sense": (
        "7:00",
        {
            "0:00": "Two headlines",
            "1:00": "A health visitor’s afternoon",
            "3:00": "What the record shows",
            "4:30": "What she saw",
            "6:00": "Four messages",
        },
    ),
    "inside-a-review": (
        "8:00",
        {
            "0:00": "First meeting",
            "1:30": "One conversation",
            "3:30": "The coding row",
            "5:30": "The case group says “not quite”",
            "7:00": "A question for the board",
        },
    ),
}

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


def spoken_in(cue: Cue) -> str:
    """Its words, without the name of who speaks."""
    return " ".join(cue.lines).removeprefix(f"{cue.speaker}: ")


def seconds_in(clock: str) -> float:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_two_films_on_the_model_are_there():
    keys = {folder.name for folder in FILMS}

    assert keys >= set(AGREED)


# -- Words -----------------------------------------------------------------------------------------------------------


@each_film
def test_captions_hold_the_script_word_for_word(folder):
    scenes = [(scene.speaker, scene.words.split()) for scene in script_of(folder).scenes() if scene.words]

    said = [(cue.speaker, word) for cue in cues_of(folder) for word in spoken_in(cue).split()]

    assert said == [(speaker, word) for speaker, words in scenes for word in words]


@each_film
def test_captions_say_who_speaks_where_the_speaker_changes_and_nowhere_else(folder):
    cues = cues_of(folder)

    named = [" ".join(cue.lines).startswith(f"{cue.speaker}: ") for cue in cues]

    assert named == [True, *(a.speaker != b.speaker for a, b in pairwise(cues))]


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


@pytest.mark.parametrize("key", AGREED)
def test_a_film_has_its_chapters_and_its_length_as_agreed(key):
    folder = next(folder for folder in FILMS if folder.name == key)

    found = {one["at"]: one["title"] for one in front_of(folder)["chapters"]}

    assert (script_of(folder).seconds, found) == (seconds_of(AGREED[key][0]), AGREED[key][1])


@each_film
def test_the_page_has_four_numbered_messages_for_practice(folder):
    body = (folder / "film.md").read_text().split("{#messages}")[1].split("\n## ")[0]

    numbers = re.findall(r"^(\d)\. \*\*[^*]+\*\*", body, re.MULTILINE)

    assert numbers == ["1", "2", "3", "4"]


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


@each_film
def test_words_in_a_picture_are_whole_large_and_above_the_captions(folder):
    wrong = [
        (scene.key, number, words)
        for scene, number, shot in script_of(folder).shots()
        for words in words_in(draw(shot.picture))
        if round(words.size) < SMALLEST_WORDS or words.left < 0 or words.right > WIDTH or words.bottom > CAPTIONS_FROM
    ]

    assert wrong == []


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


@each_film
def test_the_page_names_its_files_and_describes_its_poster(folder):
    front = front_of(folder)

    missing = [name for name in ("film", "poster", "captions", "transcript") if not (folder / front[name]).is_file()]
    with Image.open(folder / front["poster"]) as poster:
        kind = (poster.format, poster.size)

    assert (missing, kind) == ([], ("JPEG", (1280, 720)))
    assert (front["key"], front["slug"]) == (folder.name, folder.name)
    assert len(front["poster_alt"].split()) >= 10
