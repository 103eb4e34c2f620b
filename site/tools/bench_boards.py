"""How long a trainer's board takes for 200 learners by 20 activities, and for 2,000 by 50, and how heavy it is.

Run on the database of DATABASE_URL, a throw-away one with content and sample people. Each board is asked for as a whole
page through every middleware, without a server in between; the median of seven after one. `make bench` runs it;
BOARDS says which sizes, such as `200x20,2000x50`. Printed as JSON.
"""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from statistics import median
from time import perf_counter
from typing import Any

SIZES = [tuple(map(int, size.split("x"))) for size in os.environ.get("BOARDS", "200x20,2000x50").split(",")]
ASKED = 7


def main() -> None:
    """Make each cohort, ask for its board, print milliseconds, statements and kilobytes."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    figures = {f"{learners}x{activities}": measured(learners, activities) for learners, activities in SIZES}
    print(json.dumps(figures))


def measured(learners: int, activities: int) -> dict[str, float]:
    """One board's figures."""
    from django.db import connection
    from django.urls import reverse
    from tools.bench_lists import signed_in

    from people.models import User

    cohort = cohort_of(learners, activities)
    client = signed_in(User.objects.get(email="beth@example.org"))
    address = reverse("cohort_board", args=[cohort.uuid])
    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    times = []
    for number in range(ASKED + 1):
        statements.clear()
        started_at = perf_counter()
        with connection.execute_wrapper(note):
            answer = client.get(address, secure=True)
        if number:  # the first also makes what is kept of the course
            times.append(perf_counter() - started_at)
    if answer.status_code != 200:
        raise RuntimeError(f"The board was answered with {answer.status_code}.")
    body = gzip.compress(answer.content, 6)
    return {"ms": round(1000 * median(times)), "statements": len(statements), "kb_gzipped": round(len(body) / 1000)}


def cohort_of(learners: int, activities: int) -> Any:
    """A cohort that Beth trains, in a course of its own; everybody somewhere else in it."""
    from django.utils import timezone

    from courses.models import Activity, Course, LessonPage, Module
    from enrolments.choices import CohortRoleCode
    from enrolments.models import Cohort, Enrolment, Progress
    from enrolments.roles import give_cohort_role
    from home.models import HomePage
    from people.models import User

    now, chance = timezone.now(), Random(learners)  # noqa: S311  a draw, not a secret
    name = f"board-{learners}-{activities}"
    course = Course.objects.create(key=name, code=name[:20].upper())
    module = Module.objects.create(course=course, number=1)
    home = HomePage.objects.filter(language="en")[0]
    made = [
        Activity.objects.create(course=course, module=module, kind="lesson", position=number)
        for number in range(activities)
    ]
    for number, activity in enumerate(made):
        lesson = LessonPage(title=f"Lesson {number}", slug=f"{name}-{number}", activity=activity)
        lesson.drafted_by, lesson.drafted_on = "The benchmark", now.date()
        home.add_child(instance=lesson)
    cohort = Cohort.objects.create(course=course, name=name, starts_on=now.date() - timedelta(days=60))
    give_cohort_role(User.objects.get(email="beth@example.org"), cohort, CohortRoleCode.TRAINER, at=now)
    people = User.objects.bulk_create(
        User(name=f"Somebody {number}", email=f"{name}.{number}@example.org") for number in range(learners)
    )
    runs = Enrolment.objects.bulk_create(
        Enrolment(learner=who, course=course, cohort=cohort, agency="health", booked_at=now, state="active")
        for who in people
    )
    Progress.objects.bulk_create(_steps(runs, made, chance, now), batch_size=2000)
    return cohort


def _steps(runs: list[Any], activities: list[Any], chance: Random, now: datetime) -> Iterator[Any]:
    """What everybody has done: lessons in order, the last of them perhaps not finished."""
    from enrolments.models import Progress

    for run in runs:
        done = chance.randrange(len(activities) + 1)
        for place, activity in enumerate(activities[:done]):
            at = now - timedelta(days=chance.randrange(1, 30))
            is_read = place < done - 1
            yield Progress(
                enrolment=run, activity=activity, first_seen_at=at, last_seen_at=at,
                completed_at=at if is_read else None, marked_read_at=at if is_read else None,
            )  # fmt: skip


if __name__ == "__main__":
    main()
