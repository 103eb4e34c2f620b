"""The fonts a browser fetches: small enough to arrive at once, with the letters of the languages we print."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from tools.fonts import MOST_BYTES, WELSH, WEST_EUROPEAN

from tests.tools.running_site import ROOT

FONTS = sorted((ROOT / "site/static/fonts").glob("*.woff2"))


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_font_arrives_with_the_first_window_of_its_connection(path: Path) -> None:
    assert path.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_font_has_the_letters_of_welsh_and_of_western_europe(path: Path) -> None:
    held = {chr(code) for code in TTFont(path).getBestCmap()}

    assert set(WELSH + WELSH.upper().replace("SS", "") + WEST_EUROPEAN) <= held


def test_numbers_in_tables_can_stand_under_one_another() -> None:
    features = TTFont(ROOT / "site/static/fonts/atkinson.woff2")["GSUB"].table.FeatureList.FeatureRecord

    assert "tnum" in {feature.FeatureTag for feature in features}
