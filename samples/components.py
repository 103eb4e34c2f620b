"""Every component in every state, on one page: `/try/components/`. Real templates, invented words, no database.

For whoever changes a stylesheet, and for the accessibility tests, which walk it.
"""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django import forms
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from toolkit.icons import CHOICES as ICONS

from assessments.items import LONGEST, TYPES, ChoiceShown
from assessments.models import ItemVersion
from assessments.previews import as_asked, as_marked, best_of, wrong_of
from assessments.queries import Question
from courses.choices import ActivityKind
from courses.models import Activity, Module
from home.shift import SCALE, Shift
from people.choices import Agency
from player.outline import Outline, Step
from post.letters import parts_of
from training.board.drawing import rows_html
from training.board.reading import Column, Row
from training.board.stuck import Need
from training.choices import CellState, Reason


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Your name", help_text="As you want it printed on certificates.")
    email = forms.EmailField(label="Email address", required=False)
    agency = forms.ChoiceField(label="Agency", choices=Agency.choices)
    contact = forms.ChoiceField(
        label="How shall we write to you?",
        choices=[("email", "By email"), ("post", "By post")],
        widget=forms.RadioSelect,
    )
    agreed = forms.BooleanField(label="I have read how my data is used")


TODAY = date(2026, 11, 26)
COLUMNS = [
    Column(number, 1, number, title, ActivityKind.ASSESSMENT if number == 5 else ActivityKind.LESSON)
    for number, title in enumerate(
        ["The same lesson", "Two accounts", "From flight decks", "What it is called", "Quiz"], 1
    )
]
DONE, WAITING, DOING, FAILED, NEXT, OPEN = CellState
ON_BOARD = [
    Row(UUID(int=1), "Amina Farrow", Agency.HEALTH, "", "active", (DONE, WAITING, DOING, NEXT, OPEN), TODAY, None),
    Row(
        UUID(int=2), "Bryn Ŵyn-Ŷstwyth", Agency.HOUSING, "Larchmere Council", "booked", (NEXT, OPEN, OPEN, OPEN, OPEN),
        None, Need(Reason.NEVER_BEGAN, date(2026, 11, 3)),
    ),
    Row(
        UUID(int=3), "Joan Pettifer", Agency.POLICE, "Saltby Health Trust", "active", (DONE, DONE, DONE, DONE, FAILED),
        TODAY, Need(Reason.NO_TRIES_LEFT, date(2026, 11, 17), "Quiz"),
    ),
]  # fmt: skip
NOT_SORTED = {"sort": "name", "direction": ""}

CHOICES = [
    ChoiceShown(1, "Why not try a third time?", is_chosen=False),
    ChoiceShown(2, "What else was on your screen, and what did closing mean that afternoon?", is_chosen=False),
    ChoiceShown(3, "Did you know the procedure?", is_chosen=False),
]
WHY = "It asks for what the screener saw and weighed, so it opens up why closing made sense that afternoon."
ASKED = Question(
    position=1,
    prompt="A screener closed a contact after two unanswered calls. Which question opens up why it made sense?",
    kind="single_choice",
    hint="Choose one.",
    choices=CHOICES,
    sequence=0,
    is_flagged=False,
    learning_outcome="Explain local rationality",
)
ANSWERED = replace(ASKED, position=2, choices=[CHOICES[0], replace(CHOICES[1], is_chosen=True), CHOICES[2]])
SEVERAL = replace(
    ASKED,
    position=3,
    kind="multiple_response",
    hint="Choose all that fit. A choice that does not fit costs what a fitting one earns.",
    choices=[replace(one, is_chosen=True) for one in CHOICES],
)
REFUSED = replace(ASKED, position=4)
REVIEWED = replace(
    ASKED,
    position=5,
    choices=[
        replace(CHOICES[0], is_chosen=True, is_answer=False, explanation="It asks for what was not done."),
        replace(CHOICES[1], is_answer=True, explanation=WHY),
        replace(CHOICES[2], is_answer=False, explanation="It asks for a verdict made with later knowledge."),
    ],
)
REVIEWED_RIGHT = replace(
    REVIEWED,
    position=6,
    choices=[replace(REVIEWED.choices[0], is_chosen=False), replace(REVIEWED.choices[1], is_chosen=True)],
)


def every_kind() -> list[tuple[str, list[Question], list[Question]]]:
    """Of each kind of question that the content has: its name, it asked (not yet, then answered), and it marked."""
    found = []
    for number, (kind, asked) in enumerate(TYPES.items()):
        version = ItemVersion.objects.filter(kind=kind, item__current=F("pk")).order_by("pk").first()
        if version is None:
            continue
        at, best, wrong = 10 + 4 * number, best_of(version), wrong_of(version)
        questions = [as_asked(version, "en", position=at), as_asked(version, "en", best, position=at + 1)]
        marked = [as_marked(version, "en", best, position=at + 2), as_marked(version, "en", wrong, position=at + 3)]
        found.append((str(asked.label), questions, marked))
    return found


LETTER = "Hello Ceri,\n\nyou have earned “Module 1”.\n\nSee it here:\nhttps://example.org/certificate/\n"


def outline(*, done: int, here: int) -> Outline:
    """A module of three lessons and a quiz, so many done, and the reader at one of them."""
    titles = ["The same lesson, again", "Two accounts of one afternoon", "From flight decks to front rooms"]
    steps = [
        Step(
            Activity(kind=ActivityKind.ASSESSMENT if is_quiz else ActivityKind.LESSON),
            title=title,
            url=f"#step-{number}",
            minutes=5,
            is_done=number <= done,
            is_started=number <= done,
            is_here=number == here,
            question_count=8,
        )
        for number, (title, is_quiz) in enumerate([*((title, False) for title in titles), ("Module 1 quiz", True)], 1)
    ]
    return Outline(Module(number=1), "Why case reviews needed another way", "#outline", steps)


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """The page."""
    context = {
        "empty_form": SampleForm(prefix="empty"),
        "form": SampleForm({}, prefix="refused"),
        "outlines": {
            "new": outline(done=0, here=1),
            "doing": outline(done=1, here=2),
            "done": outline(done=4, here=4),
        },
        "questions": [ASKED, ANSWERED, SEVERAL],
        "kinds": every_kind(),
        "longest": LONGEST,
        "refused": REFUSED,
        "problems": [{"href": "#q4-1", "text": "That answer did not arrive whole. Please choose again."}],
        "reviewed": [REVIEWED, REVIEWED_RIGHT],
        "modules": [(1, [(column, NOT_SORTED) for column in COLUMNS])],
        "sorts": {"name": {"sort": "-name", "direction": "ascending"}, "need": NOT_SORTED},
        "rows": rows_html(ON_BOARD, COLUMNS, TODAY),
        "agencies": [(agency.thread, agency.label) for agency in Agency],
        "icons": ICONS,
        "scale": SCALE,
        "shifts": [Shift(7, 3), Shift(2, 9), Shift(5, 5)],
        "letter": parts_of(LETTER),
        "levels": ["info", "success", "warning", "error"],
    }
    return render(request, "samples/components.html", context)
