"""Finding an address in what somebody typed, whatever its letters and however deep it lies."""

from typing import Any

import pytest
from toolkit.personal import mentions


@pytest.mark.parametrize(
    "value",
    [
        "jörg@example.org",
        "Ring JÖRG@EXAMPLE.ORG, or write.",
        "jo\N{COMBINING DIAERESIS}rg@example.org",
        "“jörg@example.org”",
        "mailto:jörg@example.org.",
        [{"line": 2, "email": "jörg@example.org", "name": "Siân"}],
        {"questions": [{"line": 3, "options": [("jörg@example.org",)]}]},
        {"jörg@example.org": None},
    ],
)
def test_address_is_found_in_a_text_however_it_is_written_and_however_deep_it_lies(value: Any) -> None:
    addresses = ["jörg@example.org"]

    found = mentions(value, addresses)

    assert found is True


@pytest.mark.parametrize(
    "value",
    ["björg@example.org", "jörg@example.org.uk", "jörg@example.organ", ["jörg@", "example.org"], {"line": 2}, None, []],
)
def test_address_that_is_part_of_somebody_elses_is_not_found(value: Any) -> None:
    addresses = ["jörg@example.org"]

    found = mentions(value, addresses)

    assert found is False


def test_no_address_is_found_nowhere() -> None:
    addresses: list[str] = []

    found = mentions("Nobody at example.org", addresses)

    assert found is False
