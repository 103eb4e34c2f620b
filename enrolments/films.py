"""What watching a film means for the runs of a course it belongs to."""

from django.db.models import Exists, OuterRef, QuerySet

from courses.models import Activity
from media.films import Watching

from .choices import EnrolmentState
from .models import Enrolment, Progress
from .progress import record_watched


def note_watched(watching: Watching) -> int:
    """Record a film that was watched in every run it counts for; returns in how many it was not known yet."""
    films = Activity.objects.filter(film=watching.film_id)
    return sum(_record_all(activity, _unrecorded(activity).filter(learner=watching.person_id)) for activity in films)


def note_all_watched() -> int:
    """The same for everybody: what was missed, say by a kill between two commits. One query for each film."""
    return sum(_record_all(activity, _unrecorded(activity)) for activity in Activity.objects.filter(film__isnull=False))


def _unrecorded(activity: Activity) -> QuerySet[Enrolment]:
    """Runs whose learner has watched this activity's film, and that do not know it.

    It counts for a run if any of it was watched after the run was booked: a second run is not done by the first.
    """
    watched = Watching.objects.filter(
        film=activity.film_id,
        person=OuterRef("learner"),
        watched_at__isnull=False,
        place_at__gte=OuterRef("booked_at"),
    )
    recorded = Progress.objects.filter(enrolment=OuterRef("pk"), activity=activity, watched_at__isnull=False)
    runs = Enrolment.objects.filter(Exists(watched), ~Exists(recorded), course=activity.course_id)
    return runs.exclude(state=EnrolmentState.WITHDRAWN)


def _record_all(activity: Activity, runs: QuerySet[Enrolment]) -> int:
    found = list(runs)
    watching = Watching.objects.filter(film=activity.film_id, person__in=[run.learner_id for run in found])
    moments = {row.person_id: row.watched_at for row in watching}
    for run in found:
        record_watched(run, activity, at=max(moments[run.learner_id] or run.booked_at, run.booked_at))
    return len(found)
