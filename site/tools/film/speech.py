"""The film's voices: a recorded file for each scene where there is one, and a synthesiser of the system's where not.

Sound here is whole numbers of 16 bits, one channel, RATE a second.
"""

import subprocess
import sys
import wave
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from pathlib import Path

from .script import BadScript, Scene, Script, Voice
from .timing import Timeline, shared

RATE = 32_000
RECORDED = (".wav", ".flac", ".mp3")
LOUDNESS = 4300.0  # root mean square of what is not silence, out of 32,767
CEILING = 30_000
_PLAIN = str.maketrans({"“": None, "”": None, "‘": None, "’": "'", "…": "."})
QUIET = 260  # below this nothing is being said
EDGE = RATE // 25  # kept before and after speech

Samples = array


@dataclass(frozen=True)
class Voices:
    """Every scene's sound: its sentences one by one, or one recorded piece."""

    sentences: Mapping[str, tuple[Samples, ...]]
    recorded: frozenset[str]

    def lengths(self, script: Script) -> dict[str, list[float]]:
        """Seconds of each sentence, by scene."""
        found = {}
        for scene in script.scenes():
            pieces = self.sentences[scene.key]
            if scene.key in self.recorded:
                found[scene.key] = shared(len(pieces[0]) / RATE, sentences_in(scene))
            else:
                found[scene.key] = [len(piece) / RATE for piece in pieces]
        return found


def sentences_in(scene: Scene) -> list[str]:
    return [text for shot in scene.shots for text in shot.sentences()]


def speak(script: Script, folder: Path, cache: Path) -> Voices:
    """The sound of every scene; `folder` is the film's own, `cache` keeps what was synthesised."""
    cache.mkdir(parents=True, exist_ok=True)
    sentences: dict[str, tuple[Samples, ...]] = {}
    recorded = set()
    for scene in script.scenes():
        file = recording_of(scene.key, folder)
        if file:
            recorded.add(scene.key)
            sentences[scene.key] = (_levelled(_trimmed(_decoded(file))),)
            continue
        voice = script.voices[scene.speaker]
        spoken = [
            _trimmed(_decoded(synthesised(text, voice, cache), pitch=voice.pitch)) for text in sentences_in(scene)
        ]
        sentences[scene.key] = tuple(_levelled_together(spoken))
    return Voices(sentences, frozenset(recorded))


def recording_of(scene: str, folder: Path) -> Path | None:
    """The file somebody recorded for this scene, if there is one."""
    files = (folder / "voice" / f"{scene}{suffix}" for suffix in RECORDED)
    return next((file for file in files if file.exists()), None)


def needs_synthesis(script: Script, folder: Path) -> set[str]:
    """The synthesisers that the scenes without a recording ask for."""
    return {
        script.voices[scene.speaker].program
        for scene in script.scenes()
        if scene.words and not recording_of(scene.key, folder)
    }


def synthesised(text: str, voice: Voice, cache: Path) -> Path:
    """A sound file of this sentence, made unless it is in the cache."""
    said = plain_for(voice, text)
    name = sha256(repr((voice.program, voice.voice, _pace(voice), said)).encode()).hexdigest()[:24]
    file = cache / f"{name}.wav"
    if not file.exists():
        unfinished = file.with_suffix(".part.wav")
        command, words = command_for(voice, said, unfinished)
        done = subprocess.run(command, input=words, text=True, capture_output=True)
        if done.returncode or not unfinished.exists():
            raise BadScript(f"{voice.program} would not say “{text}”: {done.stderr.strip()[-200:]}")
        unfinished.rename(file)
    return file


def _pace(voice: Voice) -> float:
    """How slowly it is asked to speak: what is played higher is over sooner, so it is spoken slower by as much."""
    return voice.stretch * voice.pitch


def plain_for(voice: Voice, text: str) -> str:
    """The words as a synthesiser takes them: no quotation marks, plain apostrophes, its own spellings."""
    said = text.translate(_PLAIN)
    for word, spelling in (voice.say or {}).items():
        said = said.replace(word, spelling)
    return said


def command_for(voice: Voice, said: str, file: Path) -> tuple[list[str], str]:
    """How each synthesiser is asked, and what it reads from its standard input."""
    match voice.program:
        case "flite":
            stretch = ["--setf", f"duration_stretch={_pace(voice):g}"]
            return ["flite", "-voice", voice.voice, *stretch, "-t", said, "-o", str(file)], ""
        case "text2wave":
            pace = f'(set! hts_engine_params (append hts_engine_params (list (list "-r" {1 / _pace(voice):.4f}))))'
            scheme = f"(begin ({voice.voice}) {pace})"  # these voices take their pace from the engine alone
            return ["text2wave", "-eval", scheme, "-o", str(file)], said
        case "espeak-ng":
            speed = str(round(165 / _pace(voice)))
            return ["espeak-ng", "-v", voice.voice, "-s", speed, "-w", str(file), "--stdin"], said
    raise BadScript(f"“{voice.program}” is no synthesiser we know how to ask.")


def _decoded(file: Path, *, pitch: float = 1.0) -> Samples:
    """Any sound file as our samples; one that is ours already needs no program to read it."""
    if pitch == 1 and (ours := _read(file)) is not None:
        return ours
    higher = "" if pitch == 1 else f"aresample={RATE},asetrate={round(RATE * pitch)},"
    as_ours = f"-af {higher}highpass=f=70 -ac 1 -ar {RATE} -f s16le -".split()
    command = ["ffmpeg", "-v", "error", "-i", str(file), *as_ours]
    done = subprocess.run(command, capture_output=True)
    if done.returncode:
        raise BadScript(f"{file.name} cannot be read as sound: {done.stderr.decode(errors='replace').strip()[-200:]}")
    return _samples(done.stdout)


def _read(file: Path) -> Samples | None:
    if file.suffix != ".wav":
        return None
    try:
        with wave.open(str(file), "rb") as sound:
            is_ours = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
            return _samples(sound.readframes(sound.getnframes())) if is_ours else None
    except (wave.Error, EOFError):
        return None


def _samples(raw: bytes) -> Samples:
    samples = array("h")
    samples.frombytes(raw[: len(raw) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _trimmed(samples: Samples) -> Samples:
    """Without the silence at both ends, but for an edge."""
    heard = [place for place, value in enumerate(samples) if abs(value) > QUIET]
    return samples[max(0, heard[0] - EDGE) : heard[-1] + EDGE] if heard else samples


def _levelled(samples: Samples) -> Samples:
    return next(iter(_levelled_together([samples])), samples)


def _levelled_together(pieces: Sequence[Samples]) -> list[Samples]:
    """As loud as every other scene, peaks kept below the ceiling."""
    heard = [value for piece in pieces for value in piece if abs(value) > QUIET]
    if not heard:
        return list(pieces)
    gain = LOUDNESS / sqrt(sum(value * value for value in heard) / len(heard))
    return [array("h", (max(-CEILING, min(CEILING, round(value * gain))) for value in piece)) for piece in pieces]


def write_sound(timeline: Timeline, voices: Voices, seconds: float, file: Path) -> None:
    """The whole film's sound, each sentence at its time."""
    sound = array("h", bytes(round(seconds * RATE) * 2))
    for one in timeline.spoken:
        pieces = voices.sentences[one.scene]
        if one.scene in voices.recorded and one.number:
            continue
        piece, at = pieces[one.number], round(one.start * RATE)
        sound[at : at + len(piece)] = piece[: len(sound) - at]
    if sys.byteorder == "big":
        sound.byteswap()
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound.tobytes())
