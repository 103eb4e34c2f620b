"""A shelf narrowed by reader and topic: pure rules."""

from dataclasses import dataclass, field

import pytest

from briefings.sorting import Filter, filters, narrowed


@dataclass
class Thing:
    name: str
    audience: list[str]
    topics: list[str] = field(default_factory=list)


THINGS = [
    Thing("for all", ["all"], ["systems"]),
    Thing("boards", ["boards", "partnerships"], ["response"]),
    Thing("reviewers", ["reviewers"], ["hindsight", "systems"]),
]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, ["for all", "boards", "reviewers"]),
        ({"audience": "boards"}, ["for all", "boards"]),
        ({"audience": "all"}, ["for all"]),
        ({"topic": "systems"}, ["for all", "reviewers"]),
        ({"audience": "reviewers", "topic": "systems"}, ["for all", "reviewers"]),
        ({"audience": "boards", "topic": "hindsight"}, []),
        ({"audience": "<script>", "topic": "0"}, ["for all", "boards", "reviewers"]),
    ],
)
def test_shelf_narrowed_keeps_what_is_for_the_reader_and_about_the_topic(asked: dict, names: list[str]) -> None:
    assert [thing.name for thing in narrowed(THINGS, asked)] == names


def ways(one: Filter) -> list[tuple[str, str, int, bool]]:
    return [(way.label, way.query, way.count, way.is_current) for way in one.ways]


def test_filters_count_what_each_way_would_leave() -> None:
    audience, topic = filters(THINGS, {})

    assert ways(audience) == [
        ("Any reader", "?", 3, True),
        ("Practitioners", "?audience=practitioners", 1, False),
        ("Managers", "?audience=managers", 1, False),
        ("Lead reviewers", "?audience=reviewers", 2, False),
        ("Boards", "?audience=boards", 2, False),
        ("Partnerships", "?audience=partnerships", 2, False),
    ]
    assert ways(topic) == [
        ("Any topic", "?", 3, True),
        ("The systems approach", "?topic=systems", 2, False),
        ("Hindsight", "?topic=hindsight", 1, False),
        ("Responding to findings", "?topic=response", 1, False),
    ]


def test_filters_keep_the_other_filter_and_leave_out_what_would_be_empty() -> None:
    audience, topic = filters(THINGS, {"audience": "boards"})

    assert [way.label for way in audience.ways if way.is_current] == ["Boards"]
    assert ways(topic) == [
        ("Any topic", "?audience=boards", 2, True),
        ("The systems approach", "?audience=boards&topic=systems", 1, False),
        ("Responding to findings", "?audience=boards&topic=response", 1, False),
    ]
