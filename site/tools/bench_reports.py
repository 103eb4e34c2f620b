"""How long a trainer's reports take for 1,000 learners by 20 activities, on the screen and as each kind of file.

Run on the database of DATABASE_URL, a throw-away one with content and sample people. Each is asked for whole, through
every middleware, without a server in between; the median of five after one. REPORTS says the size, such as `1000x20`.
Printed as JSON.
"""

import json
import os
from statistics import median
from time import perf_counter, process_time
from typing import Any

SIZE = os.environ.get("REPORTS", "1000x20")
ASKED = 5
WANTED = ("completion/", "completion.csv", "completion.xlsx", "completion.pdf", "time-to-complete.csv",
          "where-people-stop.csv", "learning-outcomes.csv")  # fmt: skip


def main() -> None:
    """Make the cohort, ask for each report, print milliseconds, statements and kilobytes."""
    import django

    django.setup()
    from django.conf import settings
    from django.urls import reverse
    from tools.bench_boards import cohort_of
    from tools.bench_lists import signed_in

    from people.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    learners, activities = map(int, SIZE.split("x"))
    cohort = cohort_of(learners, activities)
    client = signed_in(User.objects.get(email="beth@example.org"))
    address = reverse("cohort_reports", args=[cohort.uuid])
    print(json.dumps({f"{SIZE} {wanted}": measured(client, address + wanted) for wanted in WANTED}))


def measured(client: Any, address: str) -> dict[str, float]:
    """The figures of one address."""
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    times, processor, size = [], [], 0
    for number in range(ASKED + 1):
        statements.clear()
        started_at, begun_at = perf_counter(), process_time()
        with connection.execute_wrapper(note):
            answer = client.get(address, secure=True)
            body = b"".join(answer) if answer.streaming else answer.content
        if answer.status_code != 200:
            raise RuntimeError(f"{address} was answered with {answer.status_code}.")
        if number:  # the first also makes what is kept of the course
            times.append(perf_counter() - started_at)
            processor.append(process_time() - begun_at)
        size = len(body)
    return {
        "ms": round(1000 * median(times)),
        "cpu_ms": round(1000 * median(processor)),  # of this process: what a busy machine does not stretch as much
        "statements": len(statements),
        "kb": round(size / 1000),
    }


if __name__ == "__main__":
    main()
