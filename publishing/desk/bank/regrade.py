"""A faulty item: who would change and how, then scoring it anew."""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from toolkit.days import site_day

from assessments.bank import BankRefused
from assessments.models import Item, ItemVersion
from assessments.regrading import Change, ChangedMeanwhile, Plan, Way, plan, regrade, why_not_by_key
from enrolments.models import AttemptLink, Enrolment
from people.models import User
from training.marking.reading import sign_of

from .access import for_regraders, item_at
from .letters import tell_regraded

MOST_SHOWN = 200


@dataclass(frozen=True)
class Line:
    """A change, and whose it is: a name for whoever trains them, else a sign."""

    who: str
    change: Change


@for_regraders
def bank_item_regrade(request: HttpRequest, item_uuid: UUID) -> HttpResponse:
    """Choose which version was faulty and how it is scored; look; then do it."""
    item = item_at(item_uuid)
    asked = request.POST if request.method == "POST" else request.GET
    met = list(item.versions.filter(places__isnull=False).distinct().order_by("-number"))
    if not met:
        raise Http404
    version, way = _version(item, met, asked.get("version", "")), _way(asked.get("way", ""))
    refusal, planned, status = "", None, 200
    try:
        if request.method == "POST" and way:
            _do(request, version, way)
            return redirect("bank_item", item_uuid)
    except ChangedMeanwhile as refused:
        refusal, planned, status = str(refused), refused.planned, 409
    except BankRefused as refused:
        refusal, status = str(refused), 409
    try:
        planned = planned or (plan(version, way) if way else None)
    except BankRefused as refused:
        refusal, status = refusal or str(refused), 422
    context = {
        "item": item,
        "met": met,
        "version": version,
        "way": way,
        "ways": Way,
        "why_not_by_key": why_not_by_key(version),
        "planned": planned,
        "lines": _lines(request, planned) if planned else [],
        "most": MOST_SHOWN,
        "refusal": refusal,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "publishing/bank/regrade.html", context, status=status)


def _version(item: Item, met: list[ItemVersion], number: str) -> ItemVersion:
    found = next((one for one in met if str(one.number) == number), met[0])
    found.item = item
    return found


def _way(sent: str) -> Way | None:
    return Way(sent) if sent in Way.values else None


def _do(request: HttpRequest, version: ItemVersion, way: Way) -> None:
    who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    with transaction.atomic():
        seen, reason = request.POST.get("seen", ""), request.POST.get("reason", "")
        changed = regrade(version, way, seen=seen, reason=reason, **who)
        for attempt in changed:
            tell_regraded(attempt, at=who["at"])
    done = ngettext(
        "Scored anew: %(count)s attempt. Its trainee is told by e-mail.",
        "Scored anew: %(count)s attempts. Their trainees are told by e-mail.",
        len(changed),
    )
    messages.success(request, done % {"count": len(changed)})


def _lines(request: HttpRequest, planned: Plan) -> list[Line]:
    shown = planned.changes[:MOST_SHOWN]
    theirs = Enrolment.objects.trained_by(cast(User, request.user), on=site_day(timezone.now()))
    links = AttemptLink.objects.filter(enrolment__in=theirs, attempt__in=[one.attempt for one in shown])
    known = set(links.values_list("attempt", flat=True))
    return [Line(_who(one, known), one) for one in shown]


def _who(change: Change, known: set[int]) -> str:
    if change.attempt.pk in known and not change.attempt.assessment.names_hidden:
        return str(change.attempt.learner)
    return _("Trainee %(sign)s") % {"sign": sign_of(change.attempt.pk)}
