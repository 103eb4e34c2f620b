"""What waits for a marker, read in as many statements for one response as for a thousand.

A marker sees the responses of cohorts they train or of learners they are appointed to assess, and never their own.
What is with its learner for revision, and what was removed, waits for nobody.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from toolkit.folding import fold

from assessments.alike import alike
from assessments.choices import AT_A_MARKER, AttemptState
from assessments.items import TYPES
from assessments.models import Response
from enrolments.choices import EnrolmentState
from enrolments.return_targets import answer_by

from .remit import Remit

MARKED_KINDS = tuple(kind for kind, one in TYPES.items() if one.is_marked)
OLDEST, BY_ITEM, BY_LEARNER = "oldest", "item", "learner"
ORDERS = (OLDEST, BY_ITEM, BY_LEARNER)


@dataclass(frozen=True)
class Waiting:
    """One response as a marker meets it; whose it is only where the assessment lets markers know."""

    response: Response
    answer_by: date
    today: date

    @cached_property
    def who(self) -> str:
        """The learner's name, or a sign that stays the same while it waits and says nothing of them."""
        return who_of(self.response)

    @property
    def prompt(self) -> str:
        version, language = self.response.place.item_version, self.response.place.attempt.language
        return str((version.texts.get(language) or version.texts["en"])["prompt"])

    @property
    def text(self) -> str:
        return str((self.response.value or {}).get("text", ""))

    @property
    def is_late(self) -> bool:
        return self.answer_by < self.today

    @property
    def same(self) -> tuple[Any, ...]:
        """What two responses share if one look is enough for both."""
        return (self.response.place.item_version_id, *alike(self.response.value))


def who_of(response: Response) -> str:
    """See `Waiting.who`."""
    attempt = response.place.attempt
    if not attempt.assessment.names_hidden:
        return str(attempt.learner)
    return sign_of(attempt.pk)


def sign_of(attempt: int) -> str:
    """Four letters and figures for an attempt whose learner is not named."""
    return salted_hmac("training.marking.sign", str(attempt)).hexdigest()[:4].upper()


def responses_of(remit: Remit) -> QuerySet[Response]:
    """Every response of the remit that a person marks or marked, the marker's own excepted."""
    marked = Response.objects.filter(place__item_version__kind__in=MARKED_KINDS)
    # What its writer alone compares with a model answer has nothing to earn.
    found = marked.exclude(place__item_version__max_score=0).select_related(
        "place__item_version", "place__attempt__learner", "place__attempt__assessment"
    )
    if remit.cohort:
        found = found.filter(place__attempt__link__enrolment__cohort=remit.cohort)
    else:
        found = found.filter(place__attempt__link__enrolment__in=remit.enrolments())
        found = found.select_related("place__attempt__link__enrolment__cohort")
    return found.exclude(place__attempt__learner=remit.marker)


def _that_wait(responses: QuerySet[Response]) -> QuerySet[Response]:
    later = Response.objects.filter(place=OuterRef("place"), try_number__gt=OuterRef("try_number"))
    return responses.filter(
        ~Exists(later),
        place__attempt__state__in=AT_A_MARKER,
        scores=None,
        revision_request=None,
        removed_at=None,
    ).exclude(place__attempt__link__enrolment__state=EnrolmentState.WITHDRAWN)


def waiting_in(remit: Remit, *, at: datetime, order: str = OLDEST) -> list[Waiting]:
    """All that waits in a remit, in the order asked for; one statement."""
    found = []
    for row in responses_waiting(remit).order_by("received_at", "pk"):
        cohort = remit.cohort_of(row)
        found.append(Waiting(row, answer_by(cohort, row.received_at), cohort.today(at)))
    if order == BY_ITEM:
        found.sort(key=lambda one: one.response.place.item_id)
    elif order == BY_LEARNER:
        found.sort(key=lambda one: (fold(one.who), one.response.place.attempt_id))
    return found


def responses_waiting(remit: Remit) -> QuerySet[Response]:
    """The responses of a remit that wait for a person."""
    return _that_wait(responses_of(remit))


def waiting_anywhere() -> QuerySet[Response]:
    """All that waits, in whichever cohort."""
    return _that_wait(Response.objects.filter(place__item_version__kind__in=MARKED_KINDS))


def grouped(waiting: list[Waiting]) -> list[list[Waiting]]:
    """Those that say the same together, each group where its first stands."""
    groups: dict[tuple[Any, ...], list[Waiting]] = defaultdict(list)
    for one in waiting:
        groups[one.same].append(one)
    return list(groups.values())


def marked_lately(remit: Remit) -> list[Response]:
    """The last twenty that a person scored, the newest first, to be looked at again or corrected."""
    scored = responses_of(remit).filter(scores__scored_by__isnull=False, removed_at=None)
    scored = scored.filter(place__attempt__state__in=(*AT_A_MARKER, AttemptState.SCORED))
    return list(scored.distinct().order_by("-received_at", "-pk")[:20])
