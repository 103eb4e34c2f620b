"""The gates of content find what is planted, and the command says so."""

from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from publishing.content_report import GATES, figures_of, held_to
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
    "banks that fill three draws": (drawn_dry, ["2 questions on LO1.1 do not fill 3 draws of 1"]),
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


def test_key_that_is_as_often_the_shorter_option_is_not_told_by_its_length() -> None:
    things = [thing for thing in package() if thing.kind != "item"]
    even = [
        item(number, prompt=prompt, key="ab"[number % 2]) for number, prompt in enumerate([*PROMPTS, "Why?"], start=1)
    ]

    assert held_to([*things, *even])["keys told by their length"] == []


def test_figures_count_words_and_the_bank() -> None:
    figures = figures_of(package())

    assert [(page.kind, page.words) for page in figures.pages] == [("course", 8), ("module", 8), ("lesson", 8)]
    assert [(bank.draw, bank.by_outcome, bank.options) for bank in figures.banks] == [(1, {"LO1.1": 3}, 6)]
    assert (figures.words, figures.minutes, figures.unchecked) == (24, 1, 6)


def test_command_prints_the_gates_of_the_starter_content_and_ends_well() -> None:
    said = StringIO()

    call_command("content_report", stdout=said)

    assert said.getvalue().count(": held\n") == len(GATES)


def test_command_ends_badly_where_a_gate_does_not_hold_and_where_nothing_is(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "reference"
    folder.mkdir(parents=True)
    (folder / "sources.yaml").write_text("- key: [\n", encoding="utf-8")

    with pytest.raises(CommandError, match="not content that could be loaded"):
        call_command("content_report", str(tmp_path / "content"), stdout=StringIO())
    with pytest.raises(CommandError, match="does not exist"):
        call_command("content_report", str(tmp_path / "nowhere"))
