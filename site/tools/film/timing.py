"""When everything happens: speech laid along the chapters' fixed times, with the silence shared out between.

Pure: lengths of speech in, times out. Speech is never stretched to fit; a chapter that is too long or too short is
refused with how many words to cut or to write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .script import LONGEST_PICTURE, BadScript, Chapter, Scene, Script, Shot

# Silence before something is said, in seconds at its shortest: after a sentence, a picture, a scene, a chapter's start.
BETWEEN_SENTENCES, BETWEEN_PICTURES, BETWEEN_SCENES, AT_START, AT_END = 0.34, 0.55, 0.85, 0.6, 1.0
WIDEST = 2.2  # times these: more would be dead air
WORDS_A_SECOND = 2.6


@dataclass(frozen=True)
class Spoken:
    """One sentence as heard. A recorded scene is one sound; its sentences then share its length by their letters."""

    scene: str
    number: int  # of the sentence in its scene, from 0
    speaker: str
    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Shown:
    """One picture and how long it shows."""

    scene: str
    number: int  # in its scene, from 1
    shot: Shot
    start: float
    end: float


@dataclass(frozen=True)
class Timeline:
    spoken: tuple[Spoken, ...]
    shown: tuple[Shown, ...]


# For each scene: how long each of its sentences lasts, in order.
Lengths = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class _Step:
    """A sentence or a hold on its way along a chapter: the silence before it, its length, and what begins with it."""

    gap: float
    seconds: float
    scene: Scene
    sentence: int | None
    text: str
    shot: int | None  # number of the picture that begins here


def lay_out(script: Script, lengths: Lengths, *, recorded: frozenset[str] = frozenset()) -> Timeline:
    """Times for every sentence and picture. In `recorded` scenes sentences follow each other without a gap of ours.

    Raises BadScript where a chapter does not fit, or a picture would stand for more than LONGEST_PICTURE.
    """
    spoken: list[Spoken] = []
    shown: list[Shown] = []
    ends = [chapter.at for chapter in script.chapters[1:]] + [script.seconds]
    for chapter, end in zip(script.chapters, ends, strict=True):
        steps = _steps(chapter, lengths, recorded)
        stretch = _stretch(chapter, end, steps)
        said, seen = _walk(chapter, end, steps, stretch)
        spoken += said
        shown += seen
    _refuse_long_pictures(shown)
    return Timeline(tuple(spoken), tuple(shown))


def _steps(chapter: Chapter, lengths: Lengths, recorded: frozenset[str]) -> list[_Step]:
    steps: list[_Step] = []
    for scene in chapter.scenes:
        place = 0
        for number, shot in enumerate(scene.shots, 1):
            gap = BETWEEN_PICTURES if number > 1 else BETWEEN_SCENES if steps else AT_START
            if shot.hold:
                steps.append(_Step(0 if not steps else gap, shot.hold, scene, None, "", number))
                continue
            for turn, text in enumerate(shot.sentences()):
                before = BETWEEN_SENTENCES if turn else gap
                if scene.key in recorded and place:
                    before = 0
                steps.append(_Step(before, lengths[scene.key][place], scene, place, text, None if turn else number))
                place += 1
    return steps


def _stretch(chapter: Chapter, end: float, steps: Sequence[_Step]) -> float:
    """By how much the gaps grow so that the chapter fills its time."""
    room = end - chapter.at - sum(step.seconds for step in steps)
    gaps = sum(step.gap for step in steps) + AT_END
    if room < gaps:
        words = int((gaps - room) * WORDS_A_SECOND) + 1
        raise BadScript(f"chapter “{chapter.title}” is {gaps - room:.1f} s too long: cut about {words} words.")
    if room > gaps * WIDEST:
        words = int((room - gaps * WIDEST) * WORDS_A_SECOND) + 1
        raise BadScript(
            f"chapter “{chapter.title}” has {room - gaps * WIDEST:.1f} s to spare: write about {words} words."
        )
    return room / gaps


def _walk(chapter: Chapter, end: float, steps: Sequence[_Step], stretch: float) -> tuple[list[Spoken], list[Shown]]:
    clock = float(chapter.at)
    spoken: list[Spoken] = []
    starts: list[tuple[float, _Step]] = []
    for step in steps:
        gap = step.gap * stretch
        if step.shot is not None:  # a picture changes a little before its words
            starts.append((clock + gap * 0.45 if starts else clock, step))
        clock += gap
        if step.sentence is not None:
            spoken.append(
                Spoken(step.scene.key, step.sentence, step.scene.speaker, step.text, clock, clock + step.seconds)
            )
        clock += step.seconds
    stops = [at for at, _step in starts[1:]] + [float(end)]
    shown = [
        Shown(step.scene.key, step.shot or 0, step.scene.shots[(step.shot or 1) - 1], at, stop)
        for (at, step), stop in zip(starts, stops, strict=True)
    ]
    return spoken, shown


def _refuse_long_pictures(shown: Sequence[Shown]) -> None:
    for one in shown:
        if one.end - one.start > LONGEST_PICTURE:
            raise BadScript(
                f"scene {one.scene}, picture {one.number} stands for {one.end - one.start:.1f} s: make it two."
            )


def shared(seconds: float, sentences: Sequence[str]) -> list[float]:
    """A recorded scene's length shared among its sentences by their letters."""
    letters = sum(len(text) for text in sentences)
    return [seconds * len(text) / letters for text in sentences]
