"""The queue of a cohort, and the screen on which one response is marked."""

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from assessments.marking import Judgement, MarkingRefused, ReasonMissing, keep_comment
from enrolments.models import Cohort
from people.models import User

from ..doors import for_trainer
from .doing import mark_alike, mark_and_tell, return_and_tell
from .forms import MarkForm
from .reading import OLDEST, ORDERS, Waiting, grouped, marked_lately, responses_of, waiting_in, who_of
from .screen import Screen, screen_of


def _order(request: HttpRequest) -> str:
    asked = request.GET.get("by", OLDEST)
    return asked if asked in ORDERS else OLDEST


@require_GET
@for_trainer
def queue(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    """What waits, those alike together; and what was marked lately."""
    marker, order = cast(User, request.user), _order(request)
    waiting = waiting_in(cohort, marker, at=timezone.now(), order=order)
    context = {
        "cohort": cohort,
        "tab": "marking",
        "nav_current": "learning",
        "order": order,
        "orders": [(OLDEST, _("Oldest first")), ("item", _("By question")), ("learner", _("By trainee"))],
        "groups": grouped(waiting),
        "count": len(waiting),
        "late_count": sum(one.is_late for one in waiting),
        "lately": [(response, who_of(response)) for response in marked_lately(cohort, marker)],
    }
    return render(request, "training/marking.html", context)


@require_http_methods(["GET", "POST"])
@for_trainer
def one(request: HttpRequest, cohort: Cohort, response: int) -> HttpResponse:
    """One response: read, scored, corrected or given back."""
    marker, now = cast(User, request.user), timezone.now()
    found = get_object_or_404(responses_of(cohort, marker), pk=response)
    waiting = waiting_in(cohort, marker, at=now, order=_order(request))
    screen = screen_of(found, waiting, marker)
    form = _form(request, screen, cohort, now)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _take(request, screen, form, marker, now)
                return redirect(_after(request, cohort, screen, form))
            except ReasonMissing as refused:
                form.add_error("reason", str(refused))
            except MarkingRefused as refused:
                status, problem = 409, str(refused)
                screen = screen_of(found, waiting_in(cohort, marker, at=now), marker)
    return _page(request, cohort, screen, form, problem=problem, status=status)


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


def _after(request: HttpRequest, cohort: Cohort, screen: Screen, form: MarkForm) -> str:
    """The next in the order of the queue; those just marked beside this one are passed over."""
    done = {
        screen.response.pk,
        *(int(pk) for pk in request.POST.getlist("also") if pk.isdecimal() and not form.is_return),
    }
    following = next((one for one in screen.following if one.response.pk not in done), None)
    return _address(cohort, following, _order(request))


def _left_out(request: HttpRequest, screen: Screen) -> list[int]:
    """Those alike whose tick was taken away."""
    return [one.response.pk for one in screen.alike if str(one.response.pk) not in request.POST.getlist("also")]


def _address(cohort: Cohort, waiting: Waiting | None, order: str) -> str:
    asked = "" if order == OLDEST else f"?by={order}"
    if waiting is None:
        return reverse("cohort_marking", args=[cohort.uuid]) + asked
    return reverse("cohort_mark", args=[cohort.uuid, waiting.response.pk]) + asked


def _page(
    request: HttpRequest, cohort: Cohort, screen: Screen, form: MarkForm, *, problem: str, status: int
) -> HttpResponse:
    order = _order(request)
    following = next(iter(screen.following), None)
    context: dict[str, Any] = {
        "cohort": cohort,
        "tab": "marking",
        "nav_current": "learning",
        "screen": screen,
        "form": form,
        "rows": screen.rows(form),
        "comments": list(enumerate(form.comments)),
        "problem": problem,
        "problems": screen.problems(form),
        "next_url": _address(cohort, following, order) if following else "",
        "queue_url": _address(cohort, None, order),
        "left_out": [] if request.method == "GET" else _left_out(request, screen),
        "day_offered": screen.day_offered(form),
    }
    return render(request, "training/marking_one.html", context, status=status)
