"""A trainer writes to learners: whom and what, a look at what each gets, and it is sent once."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from enrolments.models import Cohort
from people.models import User

from ..doors import for_trainer
from .daytime import next_daytime
from .looking import Look
from .nudge_form import NudgeForm
from .nudge_words import letter_of, subject_of
from .nudging import Addressee, addressees, text_for, write_nudges
from .reading import Board, Row, board_of
from .sending import proved_address


@require_http_methods(["GET", "POST"])
@for_trainer
def write(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """Everybody the filter shows, or one person; `step` says whether a look at it or the sending is asked for."""
    now, trainer = timezone.now(), cast(User, request.user)
    board = board_of(cohort, at=now)
    people = addressees(cohort, board, _rows(request, board), about=_about(request, board), at=now)
    step = request.POST.get("step", "")
    form = NudgeForm(request.POST if request.method == "POST" else None, offered=people)
    context = _context(cohort, people, form, answers_to=proved_address(trainer))
    if request.method == "GET" or not (form.offered or step == "send"):
        return render(request, "training/write.html", context)
    if not form.is_valid() or not context["answers_to"]:
        return render(request, "training/write.html", context, status=422)
    if step == "send":
        _say(request, len(write_nudges(form.chosen, form.texts, by=trainer, at=now)), len(form.cleaned_data["people"]))
        return redirect("cohort_board", cohort.uuid)
    if step == "change":
        return render(request, "training/write.html", context)
    if not form.chosen:
        return render(request, "training/write.html", context)
    previews = [_preview(one, form.texts, trainer, now) for one in form.chosen]
    return render(request, "training/write_preview.html", context | {"previews": previews})


def _rows(request: HttpRequest, board: Board) -> list[Row]:
    """The one person asked for, or everybody the board would show; nobody who is not on it."""
    person = request.GET.get("person")
    if person is None:
        return Look.asked(request.GET, board).of(board)
    found = [row for row in board.rows if str(row.enrolment) == person]
    if not found:
        raise Http404
    return found


def _about(request: HttpRequest, board: Board) -> int | None:
    asked = request.GET.get("about", "")
    return next((one.activity for one in board.columns if str(one.activity) == asked), None)


def _context(cohort: Cohort, people: list[Addressee], form: NudgeForm, *, answers_to: str) -> dict[str, Any]:
    return {
        "cohort": cohort,
        "tab": "board",
        "nav_current": "learning",
        "form": form,
        "texts": [form[name] for name in form.fields if name != "people"],
        "refused": [one for one in people if one.refusal],
        "answers_to": answers_to,
    }


def _preview(one: Addressee, texts: dict[str, str], trainer: User, now: Any) -> dict[str, Any]:
    """The letter as its reader gets it, but for the address by which only they may say no."""
    learner = one.run.learner
    due = next_daytime(now, learner.time_zone)
    with translation.override(learner.language):
        stop, course = _("(a link of their own)"), _("(a button: Go to my course)")
        letter = letter_of([(text_for(one, texts), trainer.name)], course=course, stop=stop)
        subject = subject_of([one.run.cohort.name])
    return {"one": one, "subject": subject, "letter": letter, "waits_until": due if due > now else None}


def _say(request: HttpRequest, written: int, asked: int) -> None:
    if written:
        words = ngettext("You wrote to %(count)s person.", "You wrote to %(count)s people.", written)
        messages.success(request, words % {"count": written})
    if left := asked - written:
        words = ngettext(
            "%(count)s person was not written to again: they have been written to this week, left or are on leave.",
            "%(count)s people were not written to again: they have been written to this week, left or are on leave.",
            left,
        )
        messages.info(request, words % {"count": left})
