"""Every colour we set beside another can be read: contrast over the tokens themselves, light and dark.

Text against its ground is at least 4.5:1 (WCAG 1.4.3); lines that mark a control or carry meaning 3:1 (1.4.11).
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[1] / "site/static/css/tokens.css"
ASSETS = TOKENS.parents[2] / "tools/assets.py"

TEXT = [
    *((text, ground) for text in ("ink", "ink-2", "lake", "clay", "moss", "plum") for ground in ("paper", "sheet")),
    *(("ink", f"{role}-wash") for role in ("lake", "marigold", "plum", "moss", "clay")),
    *(("ink-2", f"{role}-wash") for role in ("lake", "marigold", "plum", "moss", "clay")),
    *((role, f"{role}-wash") for role in ("lake", "plum", "moss", "clay")),
    *(("lake", f"{role}-wash") for role in ("marigold", "plum")),
    ("lake-deep", "sheet"),
    ("lake-deep", "paper"),
    ("lake-deep", "lake-wash"),
    ("on-lake", "lake"),
    ("on-lake", "lake-deep"),
    ("on-marigold", "marigold"),
    ("on-screen", "screen"),
    ("on-screen", "screen-2"),
]
LINES = [
    *(("line-2", ground) for ground in ("paper", "sheet", "plum-wash", "lake-wash")),
    *((f"thread-{n}", ground) for n in range(1, 9) for ground in ("paper", "sheet")),
    ("lake", "line"),
    ("ink", "marigold-wash"),
    ("marigold", "screen"),
    ("marigold", "screen-3"),
    ("on-screen", "screen-3"),
]


def _themes() -> dict[str, dict[str, str]]:
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    light, dark = (_hex_values(block) for block in re.findall(r":root\s*{(.*?)}", css, flags=re.DOTALL)[:2])
    return {"light": light, "dark": light | dark}


def _hex_values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([-\w]+):\s*(#[0-9a-f]{6})\b", block))


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours written #rrggbb, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_given_known_pairs_agrees_with_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_on_its_ground_can_be_read(theme, text, ground):
    colours = _themes()[theme]

    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_line_on_its_ground_can_be_seen(theme, line, ground):
    colours = _themes()[theme]

    assert contrast(colours[line], colours[ground]) >= 3


def _forced() -> dict[str, str]:
    """The system colour each token stands for where people have chosen their own colours."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text(), flags=re.DOTALL)
    block = css[css.index("forced-colors: active") :]
    return dict(re.findall(r"--([-\w]+):\s*([A-Z]\w+);", block))


# The pairs a system promises to be readable (CSS Color 4, section 6.2).
PROMISED = {
    ("CanvasText", "Canvas"),
    ("LinkText", "Canvas"),
    ("Canvas", "LinkText"),
    ("Canvas", "CanvasText"),
    ("HighlightText", "Highlight"),
}


# Where people chose their own colours, progress and a film's seek bar are drawn with edges or by the system itself.
REDRAWN = {"line", "screen", "screen-3"}


@pytest.mark.parametrize(("text", "ground"), [*TEXT, *(pair for pair in LINES if pair[1] not in REDRAWN)])
def test_pair_is_one_the_system_promises_where_people_chose_their_own_colours(text, ground):
    forced = _forced()

    assert (forced[text], forced[ground]) in PROMISED


def test_every_colour_has_a_system_colour_and_is_tried_on_a_ground():
    coloured = set(_themes()["light"])
    tried = {name for pair in [*TEXT, *LINES] for name in pair}

    assert set(_forced()) == coloured
    assert coloured - tried == set()


def test_dark_theme_given_any_colour_but_marigold_and_the_screens_draws_it_anew():
    themes = _themes()

    same = {name for name, colour in themes["light"].items() if themes["dark"][name] == colour}

    assert same == {"marigold", "on-marigold", "screen", "screen-2", "screen-3", "on-screen"}


def test_marigold_is_never_a_colour_of_text():
    css = (TOKENS.parent / "site.css").read_text()

    assert not re.findall(r"[;{]color:var\(--marigold\)", css)


def test_committed_stylesheet_is_what_its_parts_make():
    checked = subprocess.run([sys.executable, ASSETS, "--check"], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stdout.strip()) == (0, "site.css is up to date")
