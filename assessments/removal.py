"""Taking away what the law says may not be kept: what was answered, or whole attempts. What was scored counts on."""

from datetime import datetime

from django.db.models import QuerySet

from .models import Attempt, Draft, Place, Response, Result, RevisionRequest, Score


def remove_answers(responses: QuerySet[Response], *, at: datetime, why: str) -> int:
    """Empty what was answered and say when and why; points and results stay. Returns how many."""
    return responses.filter(removed_at=None).update(value=None, certainty=None, removed_at=at, removed_why=why)


def delete_attempts(attempts: QuerySet[Attempt]) -> int:
    """Delete attempts with all that was drawn, written, handed in and scored in them. Returns how many attempts.

    Whoever follows an attempt (a link to an enrolment) is to be deleted before.
    """
    results = Result.objects.filter(attempt__in=attempts)
    Result.scores.through.objects.filter(result__in=results).delete()
    _delete_chain(results)
    _delete_chain(Score.objects.filter(response__place__attempt__in=attempts))
    RevisionRequest.objects.filter(response__place__attempt__in=attempts).delete()
    Response.objects.filter(place__attempt__in=attempts).delete()
    Draft.objects.filter(place__attempt__in=attempts).delete()
    Place.objects.filter(attempt__in=attempts).delete()
    return attempts.delete()[1].get(Attempt._meta.label, 0)


def _delete_chain(rows: QuerySet[Result] | QuerySet[Score]) -> None:
    """Rows that supersede one another are protected by the later one, so the latest go first."""
    while rows.filter(successor=None).delete()[0]:
        continue
