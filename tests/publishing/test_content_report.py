"""The gates of content find what is planted, and the command says so."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from publishing.content_report import GATES, figures_of, held_to, written
from publishing.kinds import Parsed

WHYS = (
    "This rests on the thought that a rule which is written down is a rule that is kept.",
    "Somebody tired may choose it, because asking again feels like blaming a colleague twice over.",
    "It looks at the last person who touched the file, since her name is easiest to see.",
    "Here the order of events is read backwards, from an ending that nobody had been told.",
    "Whoever picks this one trusts the form more than the conversation it was made for.",
    "The screen showed only three lines, so the fourth could not weigh with anybody there.",
    "A busy Friday makes one wish for a short answer, and this is the shortest on offer.",
    "You may have met a team like this, where silence was taken to mean agreement.",
    "Money explains a good deal, yet it does not say why that desk stood empty then.",
    "Training is what one reaches for when nothing about the work itself comes to mind.",
)


def option(text: str, explanation: str) -> dict[str, str]:
    return {"text": text, "explanation": explanation}


def item(number: int, *, prompt: str, key: str = "b") -> Parsed:
    why, other = WHYS[2 * number - 2 : 2 * number]
    choices = {"a": option("They asked.", why), "b": option("They waited for the letter.", other)}
    state = {"course": "c", "module": 1, "outcome": "LO1.1", "kind": "single_choice", "beside": False,
             "max_score": "1", "key": {"correct": [key]}, "structure": {"choices": ["a", "b"]},
             "texts": {"en": {"prompt": prompt, "choices": choices}}, "checked_by": ""}  # fmt: skip
    return Parsed("item", f"i{number}", f"courses/c/m1/items/{number}.yaml", state)


PROMPTS = ("Who knew of the move?", "What stood on her screen that day?", "Which of these is a latent condition?")


def package() -> list[Parsed]:
    """A course of one module that holds all gates."""
    body = [{"type": "text", "value": '<p>We ask what made sense. See <a href="/c/m/l/#why">why</a>.</p>'}]
    page = {"lead": "", "checked_by": "", "body": body}
    outcome = {"code": "LO1.1", "uuid": "o", "en": "Ask."}
    module = {"course": "c", "number": 1, "outcomes": [outcome], "slug": "m", "title": "One", **page}
    lesson = {"course": "c", "folder": "m1", "position": 10, "slug": "l", "title": "L", **page}
    quiz = {"course": "c", "module": 1, "blueprint": {"LO1.1": 1}}
    return [
        Parsed("course", "c:en", "courses/c/course.md", {"slug": "c", "title": "C", **page}),
        Parsed("module", "m:en", "courses/c/m1/module.md", module),
        Parsed("lesson", "l:en", "courses/c/m1/01-l.md", lesson),
        Parsed("assessment", "q", "courses/c/m1/assessment.yaml", quiz),
        *(item(number, prompt=prompt) for number, prompt in enumerate(PROMPTS, start=1)),
    ]  # fmt: skip


def saying(thing: Parsed, html: str) -> Parsed:
    return replace(thing, state={**thing.state, "body": [{"type": "text", "value": f"<p>{html}</p>"}]})


def test_package_without_fault_holds_every_gate_but_the_one_its_two_options_cannot() -> None:
    held = held_to(package())

    assert {name for name, found in held.items() if found} == {"keys told by their length"}
    assert held["keys told by their length"] == [
        "module 1, single_choice: the longest option is right in 100% of 3, by chance in 50%."
    ]


def spelt(things: list[Parsed]) -> list[Parsed]:
    return [saying(things[0], "We recognize their behavior. “Color” is quoted."), *things[1:]]


def judged(things: list[Parsed]) -> list[Parsed]:
    return [saying(things[0], "The worker failed to ask, and “should have asked” is quoted."), *things[1:]]


def linked(things: list[Parsed]) -> list[Parsed]:
    links = "".join(f'<a href="{to}">x</a>' for to in ("/c/m/gone/", "/c/m/", "/verify/", "https://example.org/"))
    return [saying(things[0], links), *things[1:]]


def pictured(things: list[Parsed]) -> list[Parsed]:
    state = {**things[0].state, "body": [{"type": "image", "value": {"alt": " "}}]}
    return [replace(things[0], state=state), *things[1:]]


def without_a_pack(things: list[Parsed]) -> list[Parsed]:
    state = {"slug": "b", "body": [], "language": "en", "course": None}
    packs: list[dict[str, Any]] = [{"team_agenda": []}, {"team_agenda": [{"minutes": 20, "what": "Read it."}]}]
    return [
        *things,
        *(Parsed("briefing", f"{at}:en", f"briefings/{at}.md", state | pack) for at, pack in enumerate(packs)),
    ]


def untaught(things: list[Parsed]) -> list[Parsed]:
    return [thing for thing in things if thing.kind not in ("lesson", "item")]


def drawn_dry(things: list[Parsed]) -> list[Parsed]:
    return things[:-1]


def asked_twice(things: list[Parsed]) -> list[Parsed]:
    return [*things, item(4, prompt="What stood on her screen that same day?")]


def explained_twice(things: list[Parsed]) -> list[Parsed]:
    last = things[-1]
    texts = {"en": {**last.state["texts"]["en"], "choices": things[-2].state["texts"]["en"]["choices"]}}
    return [*things[:-1], replace(last, state={**last.state, "texts": texts})]


def explained_shortly(things: list[Parsed]) -> list[Parsed]:
    texts = {"en": {"prompt": "Why?", "choices": {"a": option("A", "Because."), "b": option("B", WHYS[-1])}}}
    return [*things[:-1], replace(things[-1], state={**things[-1].state, "texts": texts})]


PLANTED = {
    "British spelling": (spelt, ["behavior", "recognize"]),
    "words that judge": (judged, ["failed"]),
    "links within the site": (linked, ["/c/m/gone/"]),
    "pictures in words": (pictured, ["a picture does not say"]),
    "briefings with a team pack": (without_a_pack, ["briefings/0.md: there is no team pack"]),
    "learning outcomes taught and tested": (untaught, ["no lesson teaches LO1.1", "no question tests LO1.1"]),
    "banks that fill three draws": (
        drawn_dry,
        [
            "2 questions on LO1.1 do not fill 3 draws of 1",
            "2 questions of single_choice on LO1.1 do not fill 3 draws of 1",
        ],
    ),
    "questions alike": (asked_twice, ["4.yaml: asks nearly the same"]),
    "explanations alike": (explained_twice, ["(a): explains nearly", "(b): explains nearly"]),
    "explanations of twelve words or more": (explained_shortly, ["(a): is explained in fewer"]),
}


def test_every_gate_has_something_planted() -> None:
    elsewhere = {"keys told by their length", "keys told by their form"}  # the second in test_guessing.py
    assert {gate.name for gate in GATES} == PLANTED.keys() | elsewhere


@pytest.mark.parametrize("name", PLANTED)
def test_gate_finds_what_is_planted_and_no_more(name: str) -> None:
    plant, words = PLANTED[name]

    found = held_to(plant(package()))[name]

    assert len(found) == len(words), found
    assert [said for said, one in zip(found, words, strict=True) if one not in said] == []


def of_kind(number: int, kind: str) -> Parsed:
    one = item(number, prompt=PROMPTS[0])
    return replace(one, state={**one.state, "kind": kind})


KINDS_ASKED = {
    "a kind that any draw may ask": ({"LO1.1": 1}, 2, ["2 questions of ordering on LO1.1 do not fill 3 draws of 1"]),
    "three of it": ({"LO1.1": 1}, 3, []),
    "a kind asked twice by name": (
        {"LO1.1": {"single_choice": 1, "ordering": 2}},
        5,
        ["5 questions of ordering on LO1.1 do not fill 3 draws of 2"],
    ),
    "a kind asked by name that is not there": (
        {"LO1.1": {"single_choice": 1, "ordering": 1}},
        0,
        ["0 questions of ordering on LO1.1 do not fill 3 draws of 1"],
    ),
    "a kind that no draw asks": ({"LO1.1": {"single_choice": 1}}, 2, []),
}


@pytest.mark.parametrize("name", KINDS_ASKED)
def test_bank_of_two_kinds_is_held_to_three_draws_of_each_kind_that_may_be_asked(name: str) -> None:
    blueprint, there, expected = KINDS_ASKED[name]
    things = [
        replace(thing, state={**thing.state, "blueprint": blueprint}) if thing.kind == "assessment" else thing
        for thing in package()
    ]

    found = held_to([*things, *(of_kind(1, "ordering") for _ in range(there))])["banks that fill three draws"]

    assert found == [f"courses/c/m1/assessment.yaml: {sentence}." for sentence in expected]


def test_key_that_is_as_often_the_shorter_option_is_not_told_by_its_length() -> None:
    things = [thing for thing in package() if thing.kind != "item"]
    even = [
        item(number, prompt=prompt, key="ab"[number % 2]) for number, prompt in enumerate([*PROMPTS, "Why?"], start=1)
    ]

    assert held_to([*things, *even])["keys told by their length"] == []


def test_key_that_is_always_the_shorter_option_is_told_by_its_length_as_well() -> None:
    things = [thing for thing in package() if thing.kind != "item"]
    short = [item(number, prompt=prompt, key="a") for number, prompt in enumerate(PROMPTS, start=1)]

    assert held_to([*things, *short])["keys told by their length"] == [
        "module 1, single_choice: the shortest option is right in 100% of 3, by chance in 50%."
    ]


def test_figures_count_words_the_bank_and_what_each_outcome_has() -> None:
    figures = figures_of(package())

    assert [(page.kind, page.words) for page in figures.pages] == [("course", 8), ("module", 8), ("lesson", 8)]
    assert [(bank.held, bank.options) for bank in figures.banks] == [({("LO1.1", "single_choice"): 3}, 6)]
    assert [(one.code, one.lessons, one.items) for one in figures.outcomes] == [
        ("LO1.1", ["courses/c/m1/01-l.md"], {"single_choice": 3})
    ]
    assert (figures.words, figures.minutes) == (24, 1)
    assert figures.unchecked == {"page": 3, "question": 3, "legal statement": 0}


def test_outcome_is_taught_by_the_lessons_whose_sections_its_questions_name() -> None:
    course, module, lesson, quiz, first, *items = package()
    other = replace(lesson, key="o:en", path="courses/c/m1/02-o.md", state={**lesson.state, "slug": "o"})
    naming_one = replace(first, state={**first.state, "section": "m1/o#why"})

    figures = figures_of([course, module, lesson, other, quiz, naming_one, *items])

    assert [one.lessons for one in figures.outcomes] == [["courses/c/m1/02-o.md"]]


def source(key: str, note: str) -> Parsed:
    return Parsed("source", key, "reference/sources.yaml", {"title": f"The work {key}", "note": note})


def naming(thing: Parsed, *keys: str) -> Parsed:
    return replace(thing, state={**thing.state, "sources": list(keys)})


def test_report_names_what_rests_on_general_knowledge_and_who_checks_what() -> None:
    works = [source("opened", "Read."), source("known", "How it began. From general knowledge of the book.")]
    course, module, lesson, quiz, *items = package()
    own = saying(module, "The grid is ours. What we say of letters is general knowledge. So ask.")
    things = [course, own, naming(lesson, "opened"), quiz, naming(items[0], "known", "opened"), *items[1:], *works]

    said = written(things).partition("## What rests on general knowledge")[2]

    assert "- **The work known** (`known`). How it began. From general knowledge of the book." in said
    assert "  - Questions: `courses/c/m1/items/1.yaml`\n" in said
    assert "The work opened" not in said
    assert "- `courses/c/m1/module.md`: “What we say of letters is general knowledge.”" in said
    assert [line for line in said.splitlines() if line.startswith("- `courses/c/m1/items")] == [
        "- `courses/c/m1/items/2.yaml`",
        "- `courses/c/m1/items/3.yaml`",
    ]
    assert "By an editor, **real persons and cases**" in written(things)


def test_table_of_a_bank_says_what_is_held_and_what_is_wanted() -> None:
    said = written(package())

    assert "### c, module 1: 3 questions, 1 drawn" in said
    assert "| LO1.1 | all | 3 | 3 |\n| LO1.1 | `single_choice` | 3 | 3 |" in said


@pytest.mark.lengthy
def test_command_prints_the_gates_of_the_starter_content_and_ends_well() -> None:
    said = StringIO()

    call_command("content_report", stdout=said)

    assert said.getvalue().count(": held\n") == len(GATES)


@pytest.mark.lengthy
def test_command_writes_the_figures_to_a_file_and_prints_the_gates_alone(tmp_path: Path) -> None:
    page, said = tmp_path / "content.md", StringIO()

    call_command("content_report", write=page, stdout=said)

    assert page.read_text(encoding="utf-8").startswith("# What the content comes to\n")
    assert "# What" not in said.getvalue()


def test_command_ends_badly_where_a_gate_does_not_hold_and_where_nothing_is(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "reference"
    folder.mkdir(parents=True)
    (folder / "sources.yaml").write_text("- key: [\n", encoding="utf-8")

    with pytest.raises(CommandError, match="not content that could be loaded"):
        call_command("content_report", str(tmp_path / "content"), stdout=StringIO())
    with pytest.raises(CommandError, match="does not exist"):
        call_command("content_report", str(tmp_path / "nowhere"))
