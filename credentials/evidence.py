"""What an award rests on, frozen with it: DOMAIN section 4, 'each award stores pathway version, evidence, deciders'."""

from typing import Any

from toolkit.by_language import in_language

from assessments.models import Result
from courses.models import RequirementSet
from enrolments.models import Enrolment

from .models import Achievement


def evidence_for(
    enrolment: Enrolment, achievement: Achievement, requirement_set: RequirementSet, *, language: str
) -> dict[str, Any]:
    """JSON-ready: titles and statement in the holder's language, what was asked, read and scored, from which banks."""
    activities = list(requirement_set.requirements.values_list("activity", flat=True))
    results = list(_passed_results(enrolment, activities))
    recorded = _recorded(enrolment, activities)
    return {
        "title": in_language(achievement.titles, language),
        "statement": in_language(achievement.statements, language),
        "kind": achievement.kind,
        "issuer": in_language(achievement.issuer.names, language),
        "providers": sorted(enrolment.cohort.providers.values_list("name", flat=True)),
        "course": {"key": enrolment.course.key, "code": enrolment.course.code},
        "requirement_set": {"key": requirement_set.key, "version": requirement_set.version},
        "read": _read(enrolment, activities),
        "watched": _watched(enrolment, activities),
        "results": [_result(result) for result in results],
        "banks": _banks(results),
        **({"recorded": recorded} if recorded else {}),
    }


def _passed_results(enrolment: Enrolment, activities: list[int]) -> Any:
    return (
        Result.objects.filter(
            attempt__link__enrolment=enrolment,
            attempt__assessment__activity__in=activities,
            passed=True,
            successor=None,
        )
        .select_related("attempt__assessment__bank")
        .order_by("decided_at")
    )


def _read(enrolment: Enrolment, activities: list[int]) -> list[dict[str, str]]:
    rows = enrolment.progress.filter(activity__in=activities, marked_read_at__isnull=False)
    return [
        {"activity": str(row.activity.uuid), "digest": row.digest_read}
        for row in rows.select_related("activity").order_by("activity__position")
    ]


def _watched(enrolment: Enrolment, activities: list[int]) -> list[dict[str, str]]:
    rows = enrolment.progress.filter(activity__in=activities, watched_at__isnull=False)
    return [
        {"activity": str(row.activity.uuid), "digest": row.digest_seen}
        for row in rows.select_related("activity").order_by("activity__position")
    ]


def _result(result: Result) -> dict[str, Any]:
    return {
        "assessment": str(result.attempt.assessment.uuid),
        "attempt": str(result.attempt.uuid),
        "points": str(result.points),
        "max_score": str(result.max_score),
        "pass_share": str(result.attempt.pass_share),
        "decided_at": result.decided_at.isoformat(),
    }


def _recorded(enrolment: Enrolment, activities: list[int]) -> list[dict[str, Any]]:
    """Passed results that were reached elsewhere; mostly there are none."""
    rows = enrolment.recorded_results.filter(activity__in=activities, passed=True, successor=None)
    return [
        {
            "activity": str(row.activity.uuid),
            "points": str(row.points),
            "max_score": str(row.max_score),
            "at": row.at.isoformat(),
            "source": row.source,
        }
        for row in rows.select_related("activity").order_by("at", "pk")
    ]


def _banks(results: list[Result]) -> list[dict[str, Any]]:
    banks = {result.attempt.assessment.bank.key: result.attempt.bank_is_open for result in results}
    return [{"key": key, "is_open": is_open} for key, is_open in sorted(banks.items())]
