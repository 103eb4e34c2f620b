"""reference/law.yaml: every fault named by its line, and a statement said again as it was read."""

import pytest

from publishing.faults import BadContent
from publishing.kinds.law import LAW, LawFile
from publishing.loader import load, summary
from tests.publishing.parcel import parcel

WHOLE = """- key: susr
  nation: wales
  en: >-
    One review
    in place of several.
  cy: Un adolygiad.
  valid_from: 2024-10-01
  valid_to: 2030-01-01
  checked_by: Nia Law
  checked_on: 2026-11-20
  source: guide
"""


def test_what_was_read_is_written_and_read_the_same() -> None:
    kind = LawFile()
    things = kind.parse(LAW, WHOLE)

    again = kind.parse(LAW, kind.unparse(things)[LAW])

    assert again == things
    assert things[0].state["texts"] == {"en": "One review in place of several.", "cy": "Un adolygiad."}


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("nation: wales", "nation: uk", "line 2: “uk” has no law of its own here"),
        ("  en: >-\n    One review\n    in place of several.\n", "", "“en” is missing or is not text."),
        ("2024-10-01", "soon", "line 7: “valid_from” must be a date such as 2026-11-22."),
        ("2030-01-01", "2023-01-01", "line 8: “valid_to” comes before “valid_from”."),
        ("checked_by: Nia Law", "checked_by:", "line 9: “checked_by” and “checked_on” go together."),
        ("source: guide", "source:", "line 11: “source” is missing or is not text."),
        ("source: guide", "source: guide\n  badge: gold", "“badge” is not a field of this kind of file."),
        (WHOLE, WHOLE + WHOLE, "the legal statement “susr” stands here twice."),
    ],
)
def test_bad_file_is_refused_by_name_and_line(before: str, after: str, fault: str) -> None:
    with pytest.raises(BadContent) as refused:
        LawFile().parse(LAW, WHOLE.replace(before, after))

    assert [one for one in map(str, refused.value.faults) if fault in one] != []


@pytest.mark.django_db
def test_source_that_is_nowhere_is_refused_and_a_whole_file_loads_once() -> None:
    with pytest.raises(BadContent) as refused:
        load({**parcel(), LAW: WHOLE.replace("source: guide", "source: atlas")})
    first, second = load({**parcel(), LAW: WHOLE}), load({**parcel(), LAW: WHOLE})

    assert [str(one) for one in refused.value.faults] == [f"{LAW}: names the source “atlas”, which is nowhere."]
    assert summary(first) != summary(second)
    assert summary(second) == "11 unchanged"
