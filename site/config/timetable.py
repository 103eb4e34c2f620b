"""The worker's periodic jobs. Each is a sweep over our own tables: it may be late, run twice or be killed half-way.

See docs/decisions/0003-background-work.md.
"""

from django_q.models import Schedule

EVERY_MINUTE = {
    "Send mail that is due": "post.outbox.send_due",
    "Close attempts whose time is up": "enrolments.jobs.close_overdue_attempts",
    "Record scored attempts that were missed": "enrolments.jobs.repair_progress",
    "Record films that were watched and missed": "enrolments.jobs.repair_films",
    "Award what was met and missed": "credentials.jobs.award_missed",
    "Index what was published and missed": "search.indexing.index_missed",
}


def write() -> None:
    """Make the timetable's rows say this and nothing else, keeping when each runs next."""
    for name, function in EVERY_MINUTE.items():
        Schedule.objects.update_or_create(
            name=name, defaults={"func": function, "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1}
        )
    Schedule.objects.exclude(name__in=EVERY_MINUTE).delete()
