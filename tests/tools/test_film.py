"""`make film`: what it refuses, how it lays speech along the chapters, its captions, and whose voice is heard."""

import re
import wave
from array import array
from itertools import pairwise
from math import sin, tau
from pathlib import Path

import pytest
import yaml
from PIL import Image
from tools.bootstrap import RefusalError
from tools.film import __main__ as tool
from tools.film import filming
from tools.film.captions import LINE, as_transcript, as_vtt, split
from tools.film.drawings.registry import DRAWINGS, CannotDraw, draw
from tools.film.filming import encode, frames
from tools.film.script import BadScript, Chapter, Scene, Script, Shot, read_script, seconds_of, sentences_of
from tools.film.speech import RATE, speak, write_sound
from tools.film.timing import LONGEST_PICTURE, Shown, Spoken, Timeline, lay_out
from tools.steps import find_program

from tests.tools.mp4 import size_of, tracks

CARD = {"draw": "question", "text": "Why?"}
FAKE_FLITE = """#!/bin/sh
echo "$@" >> "{root}/asked"
for last; do :; done
cp "{root}/machine.wav" "$last"
"""
FAKE_APT = """#!/bin/sh
echo "$@" >> "{root}/asked"
"""


def written(folder: Path, *, words: str = "I saw him. He was well.", **changes: object) -> Path:
    """A script of twenty seconds: two chapters, a scene in each, two voices."""
    said = {
        "key": "small",
        "title": "Small",
        "length": "0:20",
        "poster": "first/1",
        "voices": {
            "Narrator": {"program": "flite", "voice": "awb"},
            "Visitor": {"program": "flite", "voice": "slt"},
        },
        "chapters": [
            {"at": "0:00", "title": "One", "scenes": [scene("first", "Narrator", "This is what the file says.")]},
            {"at": "0:10", "title": "Two", "scenes": [scene("second", "Visitor", words)]},
        ],
    }
    file = folder / "script.yaml"
    file.write_text(yaml.safe_dump(said | changes, allow_unicode=True))
    return file


def scene(key: str, speaker: str, words: str, **shot: object) -> dict[str, object]:
    return {"key": key, "speaker": speaker, "shots": [{"words": words, "picture": CARD, "shows": "Words.", **shot}]}


def tone(file: Path, *, seconds: float, pitch: int) -> Path:
    """A sound that can be told from others by its pitch."""
    samples = array("h", (round(9000 * sin(tau * pitch * n / RATE)) for n in range(round(seconds * RATE))))
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(samples.tobytes())
    return file


def pitch_at(file: Path, start: float, end: float) -> int:
    """How often a second the sound swings between these times."""
    with wave.open(str(file), "rb") as sound:
        sound.setpos(round(start * RATE))
        samples = array("h", sound.readframes(round((end - start) * RATE)))
    return round(sum(a < 0 <= b for a, b in pairwise(samples)) / (end - start))


# -- The script ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("He climbs. He turns handles.", ["He climbs.", "He turns handles."]),
        ("“Red bus,” he says. “More bus.”", ["“Red bus,” he says.", "“More bus.”"]),
        ("“Boy, two, found alone. Visitor had called.”", ["“Boy, two, found alone.", "Visitor had called.”"]),
        ("“Is he well?” She asked.", ["“Is he well?”", "She asked."]),
        ("At 4.30 she left.", ["At 4.30 she left."]),
    ],
)
def test_words_are_cut_into_sentences_with_their_quotation_marks(words: str, sentences: list[str]) -> None:
    cut = sentences_of(words)

    assert cut == sentences


@pytest.mark.parametrize("clock", ["4.30", "4:60", "430", "", "1:2"])
def test_a_time_that_is_none_is_refused(clock: str) -> None:
    with pytest.raises(BadScript, match="is no time"):
        seconds_of(clock)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"chapters": [{"at": "0:05", "title": "Late", "scenes": []}]}, "begin at 0:00"),
        ({"voices": {}}, "“Narrator” has no voice"),
        ({"length": "0:10"}, "before the film's length"),
        ({"title": None, "voices": None}, "lacks something"),
        (
            {
                "chapters": [
                    {
                        "at": "0:00",
                        "title": "One",
                        "scenes": [scene("a", "Narrator", "Yes."), scene("a", "Narrator", "No.")],
                    }
                ]
            },
            "two scenes are called a",
        ),
        (
            {"chapters": [{"at": "0:00", "title": "One", "scenes": [scene("a", "Narrator", "Yes.", hold=2)]}]},
            "either words or a hold",
        ),
        (
            {"chapters": [{"at": "0:00", "title": "One", "scenes": [scene("a", "Narrator", "Yes.", shows=" ")]}]},
            "says what it shows",
        ),
        (
            {
                "chapters": [
                    {
                        "at": "0:00",
                        "title": "One",
                        "scenes": [scene("a", "Narrator", "Yes.", picture={"draw": "palace"})],
                    }
                ]
            },
            "scene a, picture 1: there is no drawing called “palace”",
        ),
        (
            {"chapters": [{"at": "0:00", "title": "One", "scenes": [scene("a", "Narrator", "Yes.", move="dance")]}]},
            "scene a: “dance” is no move",
        ),
    ],
)
def test_a_script_that_cannot_be_filmed_is_refused_in_words(
    tmp_path: Path, changes: dict[str, object], said: str
) -> None:
    file = written(tmp_path, **changes)

    with pytest.raises(BadScript, match=re.escape(said)):
        read_script(file)


def test_a_script_that_is_not_yaml_is_refused_in_words(tmp_path: Path) -> None:
    file = tmp_path / "script.yaml"
    file.write_text("key: [unclosed")

    with pytest.raises(BadScript, match="is not YAML"):
        read_script(file)


# -- Drawings --------------------------------------------------------------------------------------------------------


def test_the_same_description_draws_the_same_picture() -> None:
    picture = {
        "draw": "kitchen",
        "boy": "window",
        "bus": 0.4,
        "table": ["bricks"],
        "view": [40, 60, 620],
        "pin": "Seen",
    }

    first, second = draw(picture), draw(picture)

    assert first == second
    assert first != draw(picture | {"bus": 0.5})


def test_a_drawing_told_something_it_does_not_know_is_refused() -> None:
    with pytest.raises(CannotDraw, match="“stairs” cannot be drawn so"):
        draw({"draw": "stairs", "weather": "rain"})


def test_every_drawing_is_used_by_a_film() -> None:
    scripts = [file.read_text() for file in tool.FILMS.glob("*/script.yaml")]

    used = {name for script in scripts for name in re.findall(r"draw: (\w+)", script)}

    assert used == set(DRAWINGS)


# -- Time ------------------------------------------------------------------------------------------------------------


def test_speech_fills_its_chapter_and_the_next_begins_at_its_time(tmp_path: Path) -> None:
    script = read_script(written(tmp_path))

    timeline = lay_out(script, {"first": [7.5], "second": [3.0, 3.0]})

    assert [(one.start, one.end) for one in timeline.shown] == [(0.0, 10.0), (10.0, 20.0)]
    assert [round(one.end - one.start, 6) for one in timeline.spoken] == [7.5, 3.0, 3.0]
    assert all(a.end < b.start for a, b in pairwise(timeline.spoken))
    assert timeline.spoken[-1].end < 20


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ([9.5], "chapter “One” is 1.1 s too long: cut about 3 words"),
        ([1.0], "chapter “One” has 5.5 s to spare: write about 15 words"),
    ],
)
def test_a_chapter_that_does_not_fit_is_refused_with_how_much(tmp_path: Path, first: list[float], said: str) -> None:
    script = read_script(written(tmp_path))

    with pytest.raises(BadScript, match=re.escape(said)):
        lay_out(script, {"first": first, "second": [3.0, 3.0]})


def test_a_picture_that_stands_for_more_than_twelve_seconds_is_refused() -> None:
    shot = Shot(CARD, "Words.", words="One long sentence.")
    chapter = Chapter(0, "One", (Scene("only", "Narrator", (shot,)),))
    script = Script("small", "Small", 16, "only/1", {}, (chapter,))

    with pytest.raises(BadScript, match=r"scene only, picture 1 stands for 16\.0 s"):
        lay_out(script, {"only": [14.2]})
    assert LONGEST_PICTURE == 12


# -- Captions and transcript -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ask what the person noticed, what they were weighing, and what else was waiting, before you ask anything.",
        "She carries bricks, picture cards, and a tablet that has no signal here.",
        "Yes.",
        " ".join(["interdependencies"] * 17),
    ],
)
def test_captions_have_two_lines_of_forty_two_letters_and_lose_no_word(text: str) -> None:
    parts = split(text)

    assert [word for part in parts for word in part] == text.split()
    assert all(fits_two_lines(part) for part in parts)


def fits_two_lines(words: list[str]) -> bool:
    return any(
        len(" ".join(words[:cut])) <= LINE and len(" ".join(words[cut:])) <= LINE for cut in range(len(words) + 1)
    )


def test_captions_say_who_speaks_and_escape_what_the_format_would_read(tmp_path: Path) -> None:
    script = read_script(written(tmp_path, words="Bread & butter. He was well."))

    vtt = as_vtt(timeline_of(script))

    assert vtt.splitlines()[:1] == ["WEBVTT"]
    assert "<v Visitor>Visitor: Bread &amp; butter. He was well." in vtt
    assert "<v Narrator>Narrator: This is what the file says." in vtt


def test_a_speaker_who_goes_on_is_not_named_again(tmp_path: Path) -> None:
    script = read_script(written(tmp_path, words="I saw him at the door that day. He was as well as ever he had been."))

    vtt = as_vtt(timeline_of(script))

    assert [line for line in vtt.splitlines() if line.startswith("<v Visitor>")] == [
        "<v Visitor>Visitor: I saw him at the door that day.",
        "<v Visitor>He was as well as ever he had been.",
    ]


def test_a_caption_waits_to_be_read_where_there_is_silence_and_no_longer() -> None:
    quick = Spoken("one", 0, "Visitor", "He was as well as he had been.", 1.0, 2.0)
    crowded = Spoken("one", 1, "Visitor", "And he was as glad as he had been.", 6.0, 7.0)
    close = Spoken("one", 2, "Visitor", "It was all as it had been before then.", 7.1, 12.0)

    vtt = as_vtt(Timeline((quick, crowded, close), ()))

    assert [line for line in vtt.splitlines() if "-->" in line] == [
        "00:00:00.750 --> 00:00:03.188",  # it names him, so early; 39 letters at 16 a second
        "00:00:06.000 --> 00:00:07.100",
        "00:00:07.100 --> 00:00:12.300",
    ]


def test_transcript_tells_what_is_seen_before_what_is_said(tmp_path: Path) -> None:
    script = read_script(written(tmp_path))

    entries = yaml.safe_load(as_transcript(timeline_of(script)))

    assert [(entry["kind"], entry.get("speaker"), entry["text"]) for entry in entries] == [
        ("visual", None, "Words."),
        ("speech", "Narrator", "This is what the file says."),
        ("visual", None, "Words."),
        ("speech", "Visitor", "I saw him. He was well."),
    ]
    assert (entries[0]["at"], entries[2]["at"]) == (0.0, 10.0)


def timeline_of(script: Script) -> Timeline:
    return lay_out(script, {"first": [7.5], "second": [3.0, 3.0]})


# -- Whose voice -----------------------------------------------------------------------------------------------------


@pytest.fixture
def machine_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A synthesiser that says everything as three seconds of a low tone."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "flite").write_text(FAKE_FLITE.format(root=tmp_path))
    (folder / "flite").chmod(0o755)
    tone(tmp_path / "machine.wav", seconds=6.5, pitch=200)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return tmp_path


def test_a_recorded_file_is_heard_in_its_scene_and_the_machine_in_the_other(machine_voice: Path) -> None:
    film = machine_voice / "film"
    (film / "voice").mkdir(parents=True)
    tone(film / "voice" / "second.wav", seconds=7.0, pitch=500)
    script = read_script(written(film))

    voices = speak(script, film, machine_voice / "cache")
    timeline = lay_out(script, voices.lengths(script), recorded=voices.recorded)
    write_sound(timeline, voices, script.seconds, machine_voice / "sound.wav")

    first, second, third = timeline.spoken
    assert voices.recorded == {"second"}
    assert pitch_at(machine_voice / "sound.wav", first.start + 0.5, first.end - 0.5) == pytest.approx(200, abs=3)
    assert pitch_at(machine_voice / "sound.wav", second.start + 0.5, third.end - 0.5) == pytest.approx(500, abs=3)
    assert third.end - second.start == pytest.approx(7.0, abs=0.1)


def test_without_a_recording_the_machine_speaks_both(machine_voice: Path) -> None:
    film = machine_voice / "film"
    film.mkdir()
    script = read_script(written(film, words="He was well."))

    voices = speak(script, film, machine_voice / "cache")

    lengths = {key: [round(one, 1) for one in seconds] for key, seconds in voices.lengths(script).items()}
    assert (voices.recorded, lengths) == (frozenset(), {"first": [6.5], "second": [6.5]})


@pytest.mark.skipif(not find_program(["ffmpeg"]), reason="ffmpeg is not installed; it makes a voice higher")
def test_one_voice_made_higher_is_heard_as_another_and_is_no_shorter(machine_voice: Path) -> None:
    film = machine_voice / "film"
    film.mkdir()
    higher = {"program": "flite", "voice": "slt", "pitch": 1.25}
    voices = {"Narrator": {"program": "flite", "voice": "slt"}, "Visitor": higher}
    script = read_script(written(film, words="He was well.", voices=voices, length="0:18"))

    spoken = speak(script, film, machine_voice / "cache")
    timeline = lay_out(script, spoken.lengths(script))
    write_sound(timeline, spoken, script.seconds, machine_voice / "sound.wav")

    narrator, visitor = timeline.spoken
    heard = [pitch_at(machine_voice / "sound.wav", one.start + 0.5, one.end - 0.5) for one in (narrator, visitor)]
    asked = [
        line.split("duration_stretch=")[1].split()[0] for line in (machine_voice / "asked").read_text().splitlines()
    ]
    assert heard == [pytest.approx(200, abs=3), pytest.approx(250, abs=3)]
    assert asked == ["1", "1.25"]  # what is played faster is spoken slower


# -- The film itself -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not find_program(["ffmpeg"]), reason="ffmpeg is not installed; the committed film is still read")
def test_pictures_and_sound_become_a_film(tmp_path: Path) -> None:
    shots = [Shot(CARD, "Words.", words="Why?"), Shot(CARD, "Words.", words="Who?", move="still")]
    shown = tuple(Shown("only", n + 1, shot, n * 1.2, n * 1.2 + 1.2) for n, shot in enumerate(shots))
    sound = tone(tmp_path / "sound.wav", seconds=2.4, pitch=200)
    pictures = [Image.new("RGB", (1920, 1080), colour) for colour in ("white", "black")]

    encode(Timeline((), shown), pictures, sound, tmp_path / "film.mp4", chapters=[0], quality=30)

    found = tracks((tmp_path / "film.mp4").read_bytes())
    assert (sorted(found), size_of(found["avc1"])) == (["avc1", "mp4a"], (1280, 720))


@pytest.mark.skipif(not find_program(["ffmpeg"]), reason="ffmpeg is not installed; the committed film is still weighed")
def test_a_film_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = (Shown("only", 1, Shot(CARD, "Words.", words="Why?"), 0.0, 0.4),)
    sound = tone(tmp_path / "sound.wav", seconds=0.4, pitch=200)
    monkeypatch.setattr(filming, "LARGEST", 100)

    with pytest.raises(BadScript, match="more than 100: raise QUALITY"):
        encode(
            Timeline((), shown),
            [Image.new("RGB", (1920, 1080))],
            sound,
            tmp_path / "film.mp4",
            chapters=[0],
            quality=30,
        )


def test_a_picture_dissolves_into_the_next_and_then_stands_alone() -> None:
    shots = [Shot(CARD, "Words.", words="Why?", move="still"), Shot(CARD, "Words.", words="Who?", move="still")]
    shown = [Shown("only", n + 1, shot, n * 1.0, n + 1.0) for n, shot in enumerate(shots)]
    pictures = [Image.new("RGB", (1280, 720), colour) for colour in ("white", "black")]

    grey = [frame[0] for frame in frames(shown, pictures)]

    assert len(grey) == 2 * filming.RATE
    assert set(grey[: filming.RATE]) == {255}
    assert grey[filming.RATE :] == sorted(grey[filming.RATE :], reverse=True)
    assert 0 < grey[filming.RATE + 2] < 255
    assert grey[-1] == 0


# -- Programs --------------------------------------------------------------------------------------------------------


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without ffmpeg or a synthesiser; its apt-get writes down what it was asked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in {"apt-get": FAKE_APT, "sudo": '#!/bin/sh\nshift; exec "$@"\n'}.items():
        (folder / name).write_text(text.format(root=tmp_path))
        (folder / name).chmod(0o755)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PATH", str(folder))
    return tmp_path


def test_missing_programs_are_named_with_their_packages(bare_machine: Path) -> None:
    with pytest.raises(RefusalError) as refusal:
        tool.ensure_programs({"ffmpeg", "flite", "text2wave"})

    assert str(refusal.value) == (
        "it needs what is not here: install festival festvox-us-slt-hts ffmpeg flite "
        "(Debian: apt-get install festival festvox-us-slt-hts ffmpeg flite)."
    )
    assert not (bare_machine / "asked").exists()


def test_missing_programs_are_asked_for_in_ci(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PATH", f"{bare_machine / 'bin'}:/bin")

    with pytest.raises(RefusalError):
        tool.ensure_programs({"no-such-synthesiser"})

    assert (bare_machine / "asked").read_text().splitlines() == [
        "update -q",
        "install -q -y --no-install-recommends no-such-synthesiser",
    ]
