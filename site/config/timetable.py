"""The worker's periodic jobs. Each is a sweep over our own tables: it may be late, run twice or be killed half-way.

See docs/decisions/0003-background-work.md.
"""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from django_q.models import Schedule

EVERY_MINUTE = {
    "Send mail that is due": "post.outbox.send_due",
    "Close attempts whose time is up": "enrolments.jobs.close_overdue_attempts",
    "Record scored attempts that were missed": "enrolments.jobs.repair_progress",
    "Record films that were watched and missed": "enrolments.jobs.repair_films",
    "Award what was met and missed": "credentials.jobs.award_missed",
    "Take up lists of people that were left half-way": "enrolments.lists.jobs.take_up_left_lists",
    "Make reports that were left half-way": "training.reports.jobs.take_up_left_files",
    "Send reminders whose reader is awake": "training.board.sending.send_due_nudges",
    "Remind trainers of what is to be marked": "training.marking.reminding.remind_markers",
    "Publish what is due and take down what has run out": "publishing.scheduled.publish_due",
    "Index what was published and missed": "search.indexing.index_missed",
}
EVERY_NIGHT = {  # at this hour of the machine, UTC: few people learn then
    "Remove what is too old": "privacy.retention.nightly",
    "Sweep the shared cache": "toolkit.cache_table.sweep",
}
NIGHT = time(3, 20, tzinfo=UTC)
LONG = {"q_options": {"timeout": 3600}}  # seconds; other jobs are ended after a minute


def write() -> None:
    """Make the timetable's rows say this and nothing else, keeping when each runs next."""
    for name, function in EVERY_MINUTE.items():
        Schedule.objects.update_or_create(
            name=name, defaults={"func": function, "schedule_type": Schedule.MINUTES, "minutes": 1, "repeats": -1}
        )
    for name, function in EVERY_NIGHT.items():
        daily = {"func": function, "schedule_type": Schedule.DAILY, "repeats": -1, "kwargs": str(LONG)}
        Schedule.objects.update_or_create(
            name=name, defaults=daily, create_defaults={**daily, "next_run": _next_night()}
        )
    Schedule.objects.exclude(name__in={**EVERY_MINUTE, **EVERY_NIGHT}).delete()


def _next_night() -> datetime:
    """The next time that it is that hour."""
    now = timezone.now()
    tonight = datetime.combine(now.date(), NIGHT)
    return tonight if tonight > now else tonight + timedelta(days=1)
