"""The queue of a cohort, and the screen on which one response is marked."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from assessments.marking import Judgement, MarkingRefused, ReasonMissing, keep_comment
from enrolments.models import Cohort
from people.models import User

from ..doors import for_assessor, for_trainer
from .doing import mark_alike, mark_and_tell, return_and_tell
from .forms import MarkForm
from .reading import OLDEST, ORDERS, Waiting, grouped, marked_lately, responses_of, waiting_in, who_of
from .remit import Remit
from .screen import Screen, screen_of


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("by", OLDEST)
    return asked if asked in ORDERS else OLDEST


@require_GET
@for_trainer
def queue(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """What waits in a cohort, those alike together; and what was marked lately."""
    return _queue(request, Remit(cast(User, request.user), cohort))


@require_GET
@for_assessor
def assessing(request: HttpRequest) -> HttpResponse:
    """The same of the learners somebody is appointed to assess."""
    return _queue(request, Remit(cast(User, request.user)))


def _queue(request: HttpRequest, remit: Remit) -> HttpResponse:
    order = _order(request)
    waiting = waiting_in(remit, at=timezone.now(), order=order)
    prompts = {(one.prompt, one.response.place.attempt.assessment_id) for one in waiting}
    context = {
        **_frame(remit),
        "question": waiting[0].prompt if len(prompts) == 1 else "",  # the same for all: said once above them
        "order": order,
        "orders": [(OLDEST, _("Oldest first")), ("item", _("By question")), ("learner", _("By trainee"))],
        "groups": grouped(waiting),
        "count": len(waiting),
        "late_count": sum(one.is_late for one in waiting),
        "lately": [(response, who_of(response)) for response in marked_lately(remit)],
    }
    return render(request, "training/marking.html", context)


def _frame(remit: Remit) -> dict[str, Any]:
    """What the pages stand in: those of the cohort, or those of an assessor, who sees nothing else of it."""
    frame = "training/cohort.html" if remit.cohort else "training/assessing.html"
    return {
        "frame": frame,
        "cohort": remit.cohort,
        "tab": "marking",
        "nav_current": "learning",
        "queue_base": remit.queue_url,
    }


@require_http_methods(["GET", "POST"])
@for_trainer
def one(request: HttpRequest, cohort: Cohort, response: int) -> HttpResponse:
    """One response of a cohort: read, scored, corrected or given back."""
    return _one(request, Remit(cast(User, request.user), cohort), response)


@require_http_methods(["GET", "POST"])
@for_assessor
def assess(request: HttpRequest, response: int) -> HttpResponse:
    """The same of a learner somebody is appointed to assess."""
    return _one(request, Remit(cast(User, request.user)), response)


def _one(request: HttpRequest, remit: Remit, response: int) -> HttpResponse:
    now = timezone.now()
    found = get_object_or_404(responses_of(remit), pk=response)
    waiting = waiting_in(remit, at=now, order=_order(request))
    screen = screen_of(found, waiting, remit.marker)
    form = _form(request, screen, remit.cohort_of(found), now)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _take(request, screen, form, remit.marker, now)
                return redirect(_after(request, remit, screen, form))
            except ReasonMissing as refused:
                form.add_error("reason", str(refused))
            except MarkingRefused as refused:
                status, problem = 409, str(refused)
                screen = screen_of(found, waiting_in(remit, at=now), remit.marker)
    return _page(request, remit, screen, form, problem=problem, status=status)


def _form(request: HttpRequest, screen: Screen, cohort: Cohort, now: datetime) -> MarkForm:
    data = request.POST if request.method == "POST" else None
    return MarkForm(data, criteria=screen.criteria, comments=screen.bank, today=cohort.today(now))


def _take(request: HttpRequest, screen: Screen, form: MarkForm, marker: User, now: datetime) -> None:
    """Do what the button says. Raises MarkingRefused."""
    given = form.cleaned_data
    if form.is_return:
        return_and_tell(screen.response, comment=given["comment"], due_on=given["due_on"], by=marker, at=now)
        messages.success(request, _("Given back to %(who)s, who is told by e-mail.") % {"who": screen.who})
    else:
        judgement = Judgement(form.levels, given["comment"], given["reason"])
        mark_and_tell(screen.response, judgement, seen=given["seen"], asked=given["asked"], by=marker, at=now)
        also = [one.response for one in screen.alike if str(one.response.pk) in request.POST.getlist("also")]
        count = 1 + mark_alike(also, Judgement(form.levels, given["comment"]), by=marker, at=now)
        messages.success(
            request, ngettext("%(count)s answer marked.", "%(count)s answers marked.", count) % {"count": count}
        )
    if given["keep"]:
        keep_comment(screen.response.place.item, given["comment"], by=marker, at=now)


def _after(request: HttpRequest, remit: Remit, screen: Screen, form: MarkForm) -> str:
    """The next in the order of the queue; those just marked beside this one are passed over."""
    also = [] if form.is_return else request.POST.getlist("also")
    done = {str(screen.response.pk), *also}
    following = next((one for one in screen.following if str(one.response.pk) not in done), None)
    return _address(remit, following, _order(request))


def _left_out(request: HttpRequest, screen: Screen) -> list[int]:
    """Those alike whose tick was taken away."""
    return [one.response.pk for one in screen.alike if str(one.response.pk) not in request.POST.getlist("also")]


def _address(remit: Remit, waiting: Waiting | None, order: str) -> str:
    asked = "" if order == OLDEST else f"?by={order}"
    return (remit.url_of(waiting.response) if waiting else remit.queue_url) + asked


def _page(
    request: HttpRequest, remit: Remit, screen: Screen, form: MarkForm, *, problem: str, status: int
) -> HttpResponse:
    order = _order(request)
    following = next(iter(screen.following), None)
    context: dict[str, Any] = {
        **_frame(remit),
        "screen": screen,
        "form": form,
        "rows": screen.rows(form),
        "comments": list(enumerate(form.comments)),
        "problem": problem,
        "problems": screen.problems(form),
        "next_url": _address(remit, following, order) if following else "",
        "queue_url": _address(remit, None, order),
        "left_out": [] if request.method == "GET" else _left_out(request, screen),
        "day_offered": screen.day_offered(form),
    }
    return render(request, "training/marking_one.html", context, status=status)
