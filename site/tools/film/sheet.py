"""Contact sheets: a frame of the film for each picture, with its time and place in the script, to look at."""

import subprocess
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .drawings.palette import INK, PAPER
from .drawings.svg import FONTS
from .timing import Shown

# Exact colours, which ffmpeg only gives when asked.
_EXACT = "scale=in_color_matrix=bt709:in_range=tv:flags=accurate_rnd+full_chroma_int,format=rgb24"

COLUMNS, ROWS = 3, 4
WIDE, TALL, LABEL = 480, 270, 26


def write_sheets(film: Path, shown: Sequence[Shown], folder: Path) -> list[Path]:
    """One frame of each picture, taken from the film itself, twelve a sheet."""
    for old in folder.glob("sheet-*.png"):
        old.unlink()
    files = []
    labelled = list(_labelled(film, shown))
    for first in range(0, len(labelled), COLUMNS * ROWS):
        file = folder / f"sheet-{first // (COLUMNS * ROWS) + 1}.png"
        _sheet(labelled[first : first + COLUMNS * ROWS]).save(file)
        files.append(file)
    return files


def _labelled(film: Path, shown: Sequence[Shown]) -> Iterator[tuple[str, Image.Image]]:
    for one in shown:
        middle = (one.start + one.end) / 2
        yield f"{int(middle) // 60}:{int(middle) % 60:02d}  {one.scene}/{one.number}", frame_at(film, middle)


def frame_at(film: Path, seconds: float) -> Image.Image:
    """The film's frame at this moment."""
    command = ["ffmpeg", "-v", "error", "-ss", f"{seconds:.2f}", "-i", str(film), "-frames:v", "1", "-vf", _EXACT]
    png = subprocess.run([*command, "-f", "image2", "-c:v", "png", "-"], capture_output=True, check=True).stdout
    return Image.open(BytesIO(png)).convert("RGB")


def _sheet(frames: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    sheet = Image.new("RGB", (COLUMNS * WIDE, ROWS * (TALL + LABEL)), PAPER)
    pen = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(FONTS / "AtkinsonHyperlegibleNext-400.ttf", 17)
    for place, (label, frame) in enumerate(frames):
        x, y = place % COLUMNS * WIDE, place // COLUMNS * (TALL + LABEL)
        sheet.paste(frame.resize((WIDE, TALL), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 8, y + TALL + 3), label, INK, font)
    return sheet
