"""A session plan as steps with times: what a trainer types is read, whatever it leaves out."""

from datetime import UTC, datetime

from training.live.plan import minutes_of, steps_of

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)


def _steps(plan: str) -> list[tuple[str, int | None, str, list[str]]]:
    return [
        (step.name, step.minutes, f"{step.begins_at:%H:%M}" if step.begins_at else "", step.words)
        for step in steps_of(plan, starts_at=NINE)
    ]


def test_paragraphs_are_steps_and_the_clock_runs_along() -> None:
    plan = "Welcome (10)\r\nNames.\r\n  Tea.\r\n\r\n\r\nTwo accounts (45 min)\n \nClose ( 5 munud )\nOne word each."

    assert _steps(plan) == [
        ("Welcome", 10, "09:00", ["Names.", "Tea."]),
        ("Two accounts", 45, "09:10", []),
        ("Close ( 5 munud )", None, "09:55", ["One word each."]),
    ]


def test_step_of_unknown_length_ends_what_is_known_of_the_clock() -> None:
    assert _steps("Talk\n\nBreak (15)\n\nMore (20)") == [
        ("Talk", None, "09:00", []),
        ("Break", 15, "", []),
        ("More", 20, "", []),
    ]
    assert minutes_of(steps_of("Talk\n\nBreak (15)\n\nMore (20)", starts_at=NINE)) == 35


def test_nothing_and_brackets_alone_are_no_trouble() -> None:
    assert _steps("  \n \n ") == []
    assert _steps("(15)") == [("(15)", 15, "09:00", [])]
    assert _steps("Module 1 (of 9 modules)") == [("Module 1 (of 9 modules)", None, "09:00", [])]
