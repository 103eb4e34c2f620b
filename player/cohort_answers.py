"""How a cohort answered a question, by agency, for somebody who has handed in: where its author wants that shown.

Nobody can be picked out. First answers are counted in *batches*, in the order in which they were handed in: an agency's
own as soon as LEAST of it wait; and where MIXED wait in all agencies together, those as "several agencies". A batch
never changes, so that two looks differ by whole batches. LEAST is six, not five: a reader who is in it knows their own
answer and reads one of five. Source: docs/decisions/0052, after 0032.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _

from assessments.choices import AttemptState
from assessments.items import item_type
from assessments.models import Attempt, Response
from assessments.queries import Question, given_of
from people.choices import Agency

LEAST, MIXED = 6, 10
SEVERAL = ""  # the group of batches that hold several agencies

Answer = tuple[str, frozenset[str]]  # agency, and what was picked


@dataclass(frozen=True)
class Group:
    """An agency, or several together, and how many of it are counted."""

    words: str
    people: int


@dataclass(frozen=True)
class Row:
    """One choice, and how many of each group chose it."""

    text: str
    counts: list[int]


@dataclass(frozen=True)
class CohortAnswers:
    """One question; no groups where nothing can be shown."""

    position: int
    groups: list[Group]
    rows: list[Row]


def batched(answers: Iterable[Answer]) -> dict[str, list[frozenset[str]]]:
    """The answers that may be counted, by agency or SEVERAL; given in the order of handing in. Pure."""
    counted: dict[str, list[frozenset[str]]] = defaultdict(list)
    waiting: dict[str, list[frozenset[str]]] = defaultdict(list)
    for agency, chosen in answers:
        waiting[agency].append(chosen)
        if len(waiting[agency]) == LEAST:
            counted[agency] += waiting.pop(agency)
        if sum(map(len, waiting.values())) == MIXED:
            counted[SEVERAL] += [one for group in waiting.values() for one in group]
            waiting.clear()
    return dict(counted)


def answers_of_cohort(attempt: Attempt, questions: list[Question]) -> list[CohortAnswers]:
    """For each question of a scored attempt; nothing before the hand-in or where the author does not want it."""
    if attempt.state != AttemptState.SCORED or not attempt.assessment.shows_cohort:
        return []
    places = {place.position: place for place in attempt.places.select_related("item_version", "attempt")}
    given = _first_answers(attempt, [place.item_version_id for place in places.values()])
    found = []
    for question in questions:
        place = places[question.position]
        rows = question.type.rows(given_of(place, None))
        if rows:  # what was typed is counted nowhere
            found.append(_told(question, rows, batched(given.get(place.item_version_id, []))))
    return found


def _first_answers(attempt: Attempt, versions: list[int]) -> dict[int, list[Answer]]:
    """Each learner's first answer to each of these versions, in the order of handing in."""
    rows = (
        Response.objects.filter(
            place__item_version__in=versions,
            place__attempt__state=AttemptState.SCORED,
            place__attempt__link__enrolment__cohort=attempt.link.enrolment.cohort_id,
        )
        .order_by("place__attempt__handed_in_at", "pk")
        .values_list(
            "place__item_version",
            "place__item_version__kind",
            F("place__attempt__link__enrolment"),
            "place__attempt__link__enrolment__agency",
            "value",
        )
    )
    seen: set[tuple[int, int]] = set()
    found: dict[int, list[Answer]] = defaultdict(list)
    for version, kind, run, agency, value in rows:
        if (version, run) not in seen and value is not None:
            seen.add((version, run))
            found[version].append((agency, item_type(kind).picked(value)))
    return found


def _told(question: Question, named: list[tuple[str, str]], counted: dict[str, list[frozenset[str]]]) -> CohortAnswers:
    names = [
        *(agency.value for agency in Agency if agency.value in counted),
        *([SEVERAL] if SEVERAL in counted else []),
    ]
    groups = [Group(str(Agency(one).label) if one else _("Several agencies"), len(counted[one])) for one in names]
    rows = [Row(words, [sum(key in picked for picked in counted[one]) for one in names]) for key, words in named]
    return CohortAnswers(question.position, groups, rows)
