"""A faulty item: what scoring it anew would change, and doing it. Scores and results are added, none is overwritten.

What somebody reached before goes on counting towards a pass, so that nobody loses one by another's mistake.
Source: docs/decisions/0068-scoring-anew.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import partial

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from toolkit.digests import digest_of
from toolkit.typed import typed_line

from audit.entries import entry_of, note_act, note_acts
from people.models import User

from .attempts import hold_all
from .bank import BankRefused
from .choice_writing import KINDS
from .choices import AT_A_MARKER, AttemptState, ItemActKind, ScoreKind
from .items import item_type
from .models import Attempt, ItemAct, ItemVersion, Response, Result, Score
from .scoring import reaches, total
from .settling import keep_results, next_result, standing_score
from .signals import attempt_scored
from .tries import earned_by

LONGEST_REASON = 300


class Way(models.TextChoices):
    BY_KEY = "by_key", gettext_lazy("By what the live version says is right")
    FULL = "full", gettext_lazy("All the points to everybody who met it")


class ChangedMeanwhile(BankRefused):
    """Raised where what would be changed is not what the page showed; `planned` is what would be."""

    def __init__(self, planned: "Plan") -> None:
        super().__init__(
            _("Something was handed in or scored after this page was opened. Look at it again."),
        )
        self.planned = planned


@dataclass(frozen=True)
class Change:
    """What an attempt would come to. There is no result, before or after, while it is still with a marker."""

    attempt: Attempt
    response: Response
    standing: Score
    points: Fraction  # of the item
    result: Result | None = None  # that stands
    after: Fraction | None = None
    passes_after: bool = False
    stands: bool = False  # passed before, and these points alone would not pass

    @property
    def before(self) -> Fraction | None:
        return self.result.points if self.result else None

    @property
    def max_score(self) -> Fraction | None:
        return self.result.max_score if self.result else None

    @property
    def passed_before(self) -> bool:
        return bool(self.result and self.result.passed)

    @property
    def is_passed_now(self) -> bool:
        """Whether a pass is won by it."""
        return self.passes_after and not self.passed_before


@dataclass(frozen=True)
class Plan:
    """What scoring a version anew would do."""

    version: ItemVersion
    way: Way
    changes: list[Change]
    same: int  # attempts that would keep their points
    removed: int  # answers that are not kept any more, and so cannot be judged
    open: int  # attempts that met it and are not handed in yet

    @property
    def fingerprint(self) -> str:
        """The same for the same plan."""
        said = [[one.standing.pk, str(one.points), str(one.after)] for one in self.changes]
        return digest_of([self.version.pk, self.way, said])[:16]


def why_not_by_key(version: ItemVersion) -> str:
    """Why responses to a version cannot be judged by the live one's key; empty if they can."""
    live = version.item.current
    if live is None or live.pk == version.pk:
        return _("This version is the live one. Write a new one that is right, and make it live first.")
    same_parts = live.kind in KINDS or live.structure == version.structure
    if live.kind != version.kind or not same_parts:
        return _("The live version asks for another kind of answer, so these answers cannot be judged by it.")
    if live.kind in KINDS and set(live.key["correct"]) - set(version.structure["choices"]):
        return _("What is right in the live version was not among the options here.")
    return ""


def plan(version: ItemVersion, way: Way) -> Plan:
    """What would change for everybody whose response to this version was scored by itself. Raises BankRefused."""
    if way == Way.BY_KEY and (why := why_not_by_key(version)):
        raise BankRefused(why)
    if version.max_score == 0:
        raise BankRefused(_("Nothing can be earned by this question."))
    changes, same, removed = [], 0, 0
    for attempt, response, result in _handed_in(version):
        found = _change(attempt, response, result, way)
        if found is None:
            removed += 1
        elif found.points == found.standing.points:
            same += 1
        else:
            changes.append(found)
    open_now = Attempt.objects.filter(places__item_version=version, state=AttemptState.IN_PROGRESS).count()
    return Plan(version, way, changes, same, removed, open_now)


HANDED_IN = (AttemptState.SCORED, *AT_A_MARKER)


def _handed_in(version: ItemVersion) -> Iterator[tuple[Attempt, Response, Result | None]]:
    """Each attempt that met a version, its last response to it, and the result that stands; in three statements."""
    responses = (
        Response.objects.filter(place__item_version=version, place__attempt__state__in=HANDED_IN)
        .select_related("place__attempt__assessment", "place__attempt__learner")
        .prefetch_related("scores")
        .order_by("place__attempt__handed_in_at", "place__attempt", "try_number")
    )
    standing = Result.objects.filter(attempt__places__item_version=version, successor=None)
    results = {result.attempt_id: result for result in standing}
    for response in {one.place_id: one for one in responses}.values():
        attempt = response.place.attempt
        response.place.item_version = version
        yield attempt, response, results.get(attempt.pk) if attempt.state == AttemptState.SCORED else None


def _change(attempt: Attempt, response: Response, result: Result | None, way: Way) -> Change | None:
    """None where there is nothing to judge, or a person judged it."""
    standing = standing_score(response)
    if standing is None or standing.scored_by_id or (response.removed_at and way == Way.BY_KEY):
        return None
    points = _points(attempt, response, standing, way)
    if result is None:
        return Change(attempt, response, standing, points)
    after = result.points - standing.points + points
    kept = max(after, result.points_for_pass)
    return Change(
        attempt,
        response,
        standing,
        points,
        result=result,
        after=after,
        passes_after=reaches(kept, result.max_score, attempt.pass_share),
        stands=result.passed and not reaches(after, result.max_score, attempt.pass_share),
    )


def _points(attempt: Attempt, response: Response, standing: Score, way: Way) -> Fraction:
    """All there is to earn, or what the live key and the attempt's own rules say: its tries, and how sure one was."""
    if way == Way.FULL:
        return standing.max_score
    version = response.place.item_version
    live = version.item.current
    share = item_type(version.kind).share(response.value, live.key, version.structure)  # type: ignore[union-attr]
    earned, _most = earned_by(response, share, version, attempt.own_rules)
    return earned * version.max_score


@transaction.atomic
def regrade(version: ItemVersion, way: Way, *, seen: str, reason: str, by: User, at: datetime) -> list[Attempt]:
    """Score a version anew: new scores, new results, all or none. Returns the attempts whose points changed.

    `seen` is the fingerprint of the plan that was shown. After the commit `attempt_scored` is sent for each attempt
    that has a result. Raises BankRefused, in its kinds.
    """
    because = typed_line(reason)
    if not because:
        raise BankRefused(_("Say why. Trainees whose points change read it."))
    if len(because) > LONGEST_REASON:
        raise BankRefused(_("Say it in at most 300 characters."))
    hold_all(Attempt.objects.filter(places__item_version=version, state__in=HANDED_IN))
    planned = plan(version, way)
    if planned.fingerprint != seen:
        raise ChangedMeanwhile(planned)
    if planned.changes:
        ItemAct.objects.create(
            item=version.item, version=version, act=ItemActKind.REGRADED, by=by, at=at, reason=because
        )
        facts = {"version": version.number, "way": way.value, "attempts": len(planned.changes)}
        note_act("item_regraded", subject=version.item, actor=by, at=at, facts=facts)
        note_acts(
            entry_of("result_regraded", subject=one.attempt, actor=by, person=one.attempt.learner, at=at, facts=facts)
            for one in planned.changes
        )
        _score_anew(planned, because, at)
    return [one.attempt for one in planned.changes]


def _score_anew(planned: Plan, reason: str, at: datetime) -> None:
    """A score for each change and a result for each that had one, in as many statements for two as for many."""
    made = Score.objects.bulk_create(
        Score(
            response=one.response,
            kind=ScoreKind.REGRADE,
            points=one.points,
            max_score=one.standing.max_score,
            rule=planned.version.scoring_rule,
            rule_version=planned.version.scoring_rule_version,
            scored_at=at,
            reason=reason,
            supersedes=one.standing,
        )
        for one in planned.changes
    )
    _decide_anew(planned.changes, {score.supersedes_id: score for score in made}, at)


def _decide_anew(changes: list[Change], made: Mapping[int | None, Score], at: datetime) -> None:
    """The next result of each attempt that had one: of the same scores, but for the new one."""
    standing = [(one.attempt, one.result) for one in changes if one.result]
    models.prefetch_related_objects([result for _attempt, result in standing], "scores")
    results = []
    for attempt, before in standing:
        used = [made.get(score.pk, score) for score in before.scores.all()]
        counted = max(before.points_for_pass, after := total(score.points for score in used))
        kept = counted if counted > after else None
        results.append((next_result(attempt, before, used, kept_points=kept, at=at), used))
        transaction.on_commit(partial(attempt_scored.send_robust, sender=Attempt, attempt=attempt), robust=True)
    keep_results(results)
