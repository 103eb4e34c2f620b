"""The threads: the same data, the same picture; the same colour and dashes for an agency on screen and on paper."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from toolkit.threads import DASHES, MOST_THREADS, PAPER_COLOURS, Paper, across, draw, passing, tint

CSS = Path(__file__).resolve().parents[2] / "site/static/css"
PAPER = Paper(far_width=2, near_width=5, dash_unit=1, bead_radius=8, bead_width=3, frame_width=2)


def _ends(path: str) -> list[tuple[float, float]]:
    """Where a line stands still: its stops, in order."""
    stops = re.findall(r"(?:^M|C\S+ \S+ \S+ \S+ )(-?[\d.]+) (-?[\d.]+)", path)
    return [(float(x), float(y)) for x, y in stops]


def test_same_seed_draws_the_same_picture_and_another_seed_another() -> None:
    assert across("m1") == across("m1")
    assert across("m1") != across("m2")


@pytest.mark.parametrize("seed", [f"seed-{number}" for number in range(40)])
@pytest.mark.parametrize("count", [3, 5, 8])
@pytest.mark.parametrize("nearness", [0, 0.5, 1])
def test_lines_keep_their_order_and_stay_in_the_picture(seed: str, count: int, nearness: float) -> None:
    picture = across(seed, threads=range(1, count + 1), nearness=nearness)

    stops = [_ends(line.path) for line in picture.lines]
    for upper, lower in pairwise(stops):
        assert [x for x, _y in upper] == [x for x, _y in lower]
        assert all(above[1] < below[1] for above, below in zip(upper, lower, strict=True))
    assert all(0 <= y <= picture.height for way in stops for _x, y in way)
    assert all(window.y >= 0 and window.y + window.height <= picture.height for window in picture.windows)


def test_lines_come_closer_the_nearer_they_are_asked_to() -> None:
    heights = [across("m1", nearness=nearness).windows[0].height for nearness in (0, 0.5, 1)]

    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_every_thread_has_a_bead_in_every_window() -> None:
    picture = across("m1", threads=(2, 5, 7), windows=2)

    assert [bead.number for bead in picture.beads] == [2, 5, 7, 2, 5, 7]


@pytest.mark.parametrize("wrong", [{"threads": (1, 2)}, {"threads": range(1, 10)}, {"windows": 0}, {"nearness": 1.2}])
def test_picture_nobody_could_read_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="3 to 8"):
        across("m1", **wrong)  # type: ignore[arg-type]


def test_threads_pass_by_an_empty_window() -> None:
    picture = passing("404")

    window = picture.windows[0]
    over = [y for line in picture.lines for x, y in _ends(line.path) if window.x <= x <= window.x + window.width]
    assert len(over) == 10
    assert all(y < window.y or y > window.y + window.height for y in over)


def test_drawing_is_well_formed_and_its_words_are_escaped() -> None:
    drawing = draw(across("m1"), name="m1", label='Five "threads" & <windows>')

    root = ElementTree.fromstring(drawing)
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Five "threads" & <windows>')
    assert ElementTree.fromstring(draw(across("m1"), name="m1")).get("aria-hidden") == "true"


def test_paper_has_the_colours_of_the_screen() -> None:
    light = re.findall(r"--thread-(\d): (#[0-9a-f]{6});", (CSS / "tokens.css").read_text())[:MOST_THREADS]

    assert light == [(str(number), colour) for number, colour in enumerate(PAPER_COLOURS, start=1)]


def test_paper_has_the_dashes_of_the_screen() -> None:
    rules = dict(re.findall(r"\.t(\d) {[^}]*stroke-dasharray: ([\d. ]+);", (CSS / "threads.css").read_text()))

    assert rules == {
        str(number): " ".join(f"{dash:g}" for dash in dashes) for number, dashes in enumerate(DASHES, start=1) if dashes
    }
    assert len({*DASHES}) == MOST_THREADS


def test_dashes_with_round_caps_have_gaps_of_twice_the_boldest_stroke() -> None:
    assert all(gap >= 10 for dashes in DASHES for gap in dashes[1::2])


def test_faint_lines_are_flat_colours_on_their_ground() -> None:
    assert (tint("#000000", 0.5), tint("#ffffff", 1, "#000000"), tint("#123456", 0)) == (
        "#808080",
        "#ffffff",
        "#ffffff",
    )
    assert "opacity" not in draw(across("m1"), name="m1", paper=PAPER)
