"""The film's text forms, made from the same script as its sound: captions (WebVTT) and the transcript."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

import yaml

from .timing import Spoken, Timeline

LINE = 42  # letters, two lines at most
SHORT = 20  # letters; a shorter caption joins its neighbour of the same scene where both fit
LINGER = 0.3  # seconds a caption may stay after its words
LEAD = 0.25  # seconds a caption that names its speaker may come before the words
READ = 16  # letters a second that everybody can read; a caption waits for it where there is silence


@dataclass(frozen=True)
class Cue:
    """What stands on the screen for a while."""

    start: float
    end: float
    scene: str
    speaker: str
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def letters(self) -> int:
        """How long it is without the name of its speaker."""
        return len(self.text.removeprefix(f"{self.speaker}: "))


def as_vtt(timeline: Timeline) -> str:
    """WebVTT: each cue at most two lines, with its speaker in a voice tag, and in words where the speaker changes."""
    cues = [cue for sentence, is_new in _turns(timeline.spoken) for cue in _cues(sentence, named=is_new)]
    blocks = [
        f"{_clock(cue.start)} --> {_clock(cue.end)}\n<v {cue.speaker}>"
        + "\n".join(escape(line, quote=False) for line in _two_lines(cue.words))
        for cue in _lingering(_leading(_joined(cues)))
    ]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


def as_transcript(timeline: Timeline) -> str:
    """YAML: what is seen and what is said, in order of time; all that is said during a picture is one entry."""
    entries: list[dict[str, object]] = []
    for place, shown in enumerate(timeline.shown):
        last = place + 1 == len(timeline.shown)
        entries.append({"at": round(shown.start, 1), "kind": "visual", "text": _plain(shown.shot.shows)})
        said = [one for one in timeline.spoken if shown.start <= one.start and (last or one.start < shown.end)]
        if said:
            text = " ".join(one.text for one in said)
            entries.append({"at": round(said[0].start, 1), "kind": "speech", "speaker": said[0].speaker, "text": text})
    return yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _turns(spoken: Sequence[Spoken]) -> list[tuple[Spoken, bool]]:
    """Each sentence, and whether somebody else spoke before it."""
    before = ["", *(one.speaker for one in spoken)]
    return [(one, one.speaker != last) for one, last in zip(spoken, before, strict=False)]


def _cues(sentence: Spoken, *, named: bool) -> list[Cue]:
    """A sentence as cues, its time shared among them by their letters; `named` puts its speaker before its words."""
    parts = split(f"{sentence.speaker}: {sentence.text}" if named else sentence.text)
    letters = sum(len(" ".join(part)) for part in parts)
    cues, clock = [], sentence.start
    for part in parts:
        end = clock + (sentence.end - sentence.start) * len(" ".join(part)) / letters
        cues.append(Cue(clock, end, sentence.scene, sentence.speaker, tuple(part)))
        clock = end
    return cues


def _joined(cues: Sequence[Cue]) -> list[Cue]:
    """Very short cues put together with what the same speaker says next, so that nothing flashes by."""
    joined: list[Cue] = []
    for cue in cues:
        last = joined[-1] if joined else None
        if (
            last
            and last.scene == cue.scene
            and min(last.letters, cue.letters) < SHORT
            and _fits(last.words + cue.words)
        ):
            joined[-1] = replace(last, end=cue.end, words=last.words + cue.words)
        else:
            joined.append(cue)
    return joined


def _leading(cues: Sequence[Cue]) -> list[Cue]:
    """Each cue that begins a turn a little before its words, where there is silence: its name is read as well."""
    ends = [("", 0.0), *((cue.speaker, cue.end) for cue in cues)]
    return [
        replace(cue, start=max(end, cue.start - LEAD)) if cue.speaker != speaker else cue
        for cue, (speaker, end) in zip(cues, ends, strict=False)
    ]


def _lingering(cues: Sequence[Cue]) -> list[Cue]:
    """Each cue a little longer than its words, and long enough to be read, where there is silence after them."""
    starts = [cue.start for cue in cues[1:]] + [float("inf")]
    return [
        replace(cue, end=min(max(cue.end + LINGER, cue.start + len(cue.text) / READ), start))
        for cue, start in zip(cues, starts, strict=True)
    ]


def split(text: str) -> list[list[str]]:
    """The words of a text in captions of at most two lines: as few as can be, even, broken after commas first."""
    words, count = text.split(), 1
    while (parts := _parts(words, count)) is None:
        count += 1
    return parts


def _parts(words: Sequence[str], count: int) -> list[list[str]] | None:
    """The words cut into this many captions, as even as their commas let them be; None if one would not fit."""
    if count == 1:
        return [list(words)] if _fits(words) else None
    best: tuple[float, list[list[str]]] | None = None
    share = len(" ".join(words)) / count
    for cut in range(1, len(words)):
        head = words[:cut]
        if not _fits(head):
            break
        rest = _parts(words[cut:], count - 1)
        if rest is None:
            continue
        cost = abs(len(" ".join(head)) - share) - (14 if head[-1][-1] in ",;:.?”" else 0)
        if best is None or cost < best[0]:
            best = (cost, [list(head), *rest])
    return best[1] if best else None


def _fits(words: Sequence[str]) -> bool:
    return len(" ".join(words)) <= LINE or any(
        len(" ".join(words[:cut])) <= LINE and len(" ".join(words[cut:])) <= LINE for cut in range(1, len(words))
    )


def _two_lines(words: Sequence[str]) -> list[str]:
    whole = " ".join(words)
    if len(whole) <= LINE:
        return [whole]
    pairs = [[" ".join(words[:cut]), " ".join(words[cut:])] for cut in range(1, len(words))]
    fitting = [pair for pair in pairs if max(map(len, pair)) <= LINE]
    return min(fitting, key=lambda pair: abs(len(pair[0]) - len(pair[1])) - (6 if pair[0][-1] in ",;:.?”" else 0))


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
