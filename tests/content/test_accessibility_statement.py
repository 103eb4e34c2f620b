"""The accessibility statement says of our tests what they are."""

import re
from pathlib import Path

from tests.journeys.states import STATES

STATEMENT = (Path(__file__).resolve().parents[2] / "content/pages/accessibility.md").read_text(encoding="utf-8")


def test_number_of_states_is_no_more_than_are_opened_and_not_long_out_of_date() -> None:
    said = int(re.search(r"more than (\d+) states", STATEMENT)[1])

    assert said < len(STATES) < said + 40


def test_every_day_in_it_is_the_day_it_was_read_again_or_the_day_it_has_to_be() -> None:
    days = re.findall(r"\d+ [A-Z][a-z]+ \d{4}", STATEMENT.replace("\n", " "))
    read = re.search(r"This statement is of ([\w ]+)\.", STATEMENT)[1]

    again = f"{read[:-4]}{int(read[-4:]) + 1}"
    assert set(days) == {read, again}
