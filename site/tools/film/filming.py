"""From pictures and sound to film.mp4: slow moves, dissolves, H.264 and AAC."""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PIL import Image

from .drawings.svg import HEIGHT, WIDTH
from .script import BadScript
from .timing import Shown, Timeline

RATE = 15  # frames a second
DISSOLVE = 0.6  # seconds
LARGEST = 6_000_000  # bytes of the whole film
NEAR = 0.024  # how much of each side a move comes in over
SEEK = 12  # a whole picture at least this often, in seconds, for jumps along the film

Box = tuple[float, float, float, float]  # left, top, right, bottom, as shares of the picture
_WHOLE: Box = (0, 0, 1, 1)
_CLOSE: Box = (NEAR, NEAR, 1 - NEAR, 1 - NEAR)
_LEFT: Box = (0, NEAR, 1 - 2 * NEAR, 1 - NEAR)
_RIGHT: Box = (2 * NEAR, NEAR, 1, 1 - NEAR)
MOVES: Mapping[str, tuple[Box, Box]] = {
    "in": (_WHOLE, _CLOSE),
    "out": (_CLOSE, _WHOLE),
    "left": (_RIGHT, _LEFT),
    "right": (_LEFT, _RIGHT),
    "still": (_WHOLE, _WHOLE),
}


def frames(shown: Sequence[Shown], pictures: Sequence[Image.Image]) -> Iterator[bytes]:
    """Every frame as RGB bytes. A picture dissolves into the next while both go on moving."""
    for place, one in enumerate(shown):
        first, last = round(one.start * RATE), round(one.end * RATE)
        resting = _view(pictures[place], _WHOLE).tobytes() if one.shot.move == "still" else None
        for number in range(first, last):
            seconds = number / RATE
            mixed = (seconds - one.start) / DISSOLVE
            if place and mixed < 1:
                before = _at(shown[place - 1], pictures[place - 1], seconds)
                yield Image.blend(before, _at(one, pictures[place], seconds), (mixed + 1 / 15) / (1 + 1 / 15)).tobytes()
            else:
                yield resting or _at(one, pictures[place], seconds).tobytes()


def _at(one: Shown, picture: Image.Image, seconds: float) -> Image.Image:
    """A picture as it stands at this moment of the film."""
    start, end = MOVES[one.shot.move]
    share = max(0.0, min(1.0, (seconds - one.start) / (one.end + DISSOLVE - one.start)))
    return _view(picture, tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]


def _view(picture: Image.Image, box: Box) -> Image.Image:
    left, top, right, bottom = box
    part = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
    return picture.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC, box=part)


def encode(
    timeline: Timeline,
    pictures: Sequence[Image.Image],
    sound: Path,
    film: Path,
    *,
    chapters: Sequence[int],
    quality: int,
) -> None:
    """Write the film. `quality` is x264's constant rate factor. Raises BadScript if it comes out too large."""
    command = ["ffmpeg", "-v", "error", "-y", *_inputs(sound), *_video(chapters, quality), *_audio(), str(film)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        for frame in frames(timeline.shown, pictures):
            process.stdin.write(frame)
        process.stdin.close()
        if process.wait():
            raise BadScript("ffmpeg could not write the film; its words are above.")
    size = film.stat().st_size
    if size > LARGEST:
        raise BadScript(f"the film would have {size:,} bytes, more than {LARGEST:,}: raise QUALITY in the tool by two.")


def _inputs(sound: Path) -> list[str]:
    raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-"]
    return [*raw, "-i", str(sound)]


def _video(chapters: Sequence[int], quality: int) -> list[str]:
    colours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"
    tags = ["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709", "-color_range", "tv"]
    keys = ["-g", str(SEEK * RATE), "-force_key_frames", ",".join(map(str, chapters))]
    codec = ["-c:v", "libx264", "-profile:v", "high", "-preset", "slow", "-tune", "animation", "-crf", str(quality)]
    return ["-vf", colours, *codec, *keys, *tags]


def _audio() -> list[str]:
    plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]
    return ["-c:a", "aac", "-ac", "1", "-b:a", "32k", *plain, "-movflags", "+faststart"]
