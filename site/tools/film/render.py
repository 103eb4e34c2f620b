"""From a drawing to pixels: typst sets the SVG on a page of its own size, with our fonts and no others."""

import tempfile
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image

from .drawings.svg import FONTS, HEIGHT, WIDTH

PIXELS_PER_UNIT = 1.5  # finer than the film, so that a slow move can come nearer without a blur
_PAGE = """
#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image("picture.svg", width: 100%, height: 100%, alt: "")
"""


def whole(inner: str) -> str:
    """A drawing as an SVG document of the film's size."""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inner}</svg>'


def pixels(inner: str, *, scale: float = PIXELS_PER_UNIT) -> Image.Image:
    """The drawing as an RGB picture, `scale` pixels for each of its units."""
    with tempfile.TemporaryDirectory(prefix="lt-film-") as folder:
        Path(folder, "picture.svg").write_text(whole(inner), encoding="utf-8")
        page = Path(folder, "page.typ")
        page.write_text(_PAGE.format(width=WIDTH, height=HEIGHT))
        png = typst.compile(
            page, root=Path(folder), font_paths=[FONTS], ignore_system_fonts=True, format="png", ppi=72 * scale
        )
    assert isinstance(png, bytes)
    return Image.open(BytesIO(png)).convert("RGB")
