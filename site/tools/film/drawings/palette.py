"""The film's colours: the site's own tokens, and mixtures of them."""

import re
from pathlib import Path

from toolkit.threads import tint

TOKENS = Path(__file__).resolve().parents[3] / "static/css/tokens.css"


def _tokens() -> dict[str, str]:
    """The light colours of tokens.css by name, without the two hyphens."""
    light = TOKENS.read_text().partition("@media")[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", light))


T = _tokens()
PAPER, SHEET, INK, INK_2, LINE = T["paper"], T["sheet"], T["ink"], T["ink-2"], T["line"]
LAKE, LAKE_DEEP, MARIGOLD, PLUM, MOSS, CLAY = (T[n] for n in ("lake", "lake-deep", "marigold", "plum", "moss", "clay"))
LAKE_WASH, MARIGOLD_WASH, PLUM_WASH, MOSS_WASH, CLAY_WASH = (
    T[f"{name}-wash"] for name in ("lake", "marigold", "plum", "moss", "clay")
)
IRIS, AMBER, BLUE, WOOD, SLATE = (T[f"thread-{number}"] for number in (2, 4, 6, 7, 8))

# Skin and hair, mixed from the wood, the clay and the marigold of the palette.
UMBER = tint(WOOD, 0.9, AMBER)
BRONZE = tint(WOOD, 0.62, MARIGOLD)
SAND = tint(AMBER, 0.3, CLAY_WASH)
BLACK_HAIR = tint(INK, 0.92, WOOD)
CHESTNUT = tint(WOOD, 0.75, CLAY)
SILVER = tint(SLATE, 0.45, PAPER)

NIGHT = "#11191b"  # the dark paper of the site
DUSK = tint(IRIS, 0.35, LAKE_DEEP)


def mix(colour: str, share: float, ground: str = PAPER) -> str:
    """A colour laid on a ground at this strength, 0 to 1, as one flat colour."""
    return tint(colour, share, ground)
