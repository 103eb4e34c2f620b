"""How far behind the background worker is, for people (`queue_age`) and for monitoring (`/readyz`)."""

from datetime import datetime

from django.db.models import Min
from django_q.models import OrmQ, Schedule

from post.choices import MessageState
from post.models import Message


def seconds_behind(now: datetime) -> dict[str, int]:
    """For each kind of work, how long the oldest thing that is due has waited; 0 if nothing is due.

    A message that was refused waits for its next try, so it is not due until then: mail that is down is another fault.
    """
    due = {
        "periodic jobs": Schedule.objects.aggregate(at=Min("next_run"))["at"],
        "jobs": OrmQ.objects.filter(lock__lte=now).aggregate(at=Min("lock"))["at"],
        "messages": Message.objects.filter(state=MessageState.WAITING).aggregate(at=Min("next_try_at"))["at"],
    }
    return {name: max(0, int((now - at).total_seconds())) if at else 0 for name, at in due.items()}
