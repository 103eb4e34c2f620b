"""Who the benchmark signs in as, and what stands ready for them; printed as JSON. Run beside the server's settings.

Usage: `python -m tools.bench_people HAND_INS AWARDS`: so many learners wait to hand in a quiz that ends there, and so
many to hand in the last thing their certificate asks for. Each hand-in is its learner's first.
"""

import json
import sqlite3
import sys
from datetime import datetime
from typing import Any

import django


def main() -> None:
    """Make what is needed and print addresses and session keys."""
    django.setup()
    from django.db import transaction
    from django.utils import timezone

    hand_ins, awards = (int(number) for number in sys.argv[1:])
    with transaction.atomic():
        made = prepared(hand_ins, awards, at=timezone.now())
    print(json.dumps(made))


def prepared(hand_ins: int, awards: int, *, at: datetime) -> dict[str, Any]:
    """What each page measured needs; a list of [session, path] where each request needs a person of its own."""
    from django.urls import reverse
    from tools.drills.people import answer_rightly, begin, begin_ticked, enrol, read_everything, sign_in

    from briefings.models import BriefingPage
    from courses.models import LessonPage
    from credentials.models import Credential
    from media.models import FilmPage
    from people.models import User

    amina = User.objects.get(email="amina@example.org")
    lesson = LessonPage.objects.filter(activity__progress__enrolment__learner=amina, language="en")
    film = FilmPage.objects.get(slug="why-did-it-make-sense", language="en")
    briefing = BriefingPage.objects.order_by("briefing__number")[0]
    attempt, ticked = begin_ticked(at=at)
    waiting = []
    for number, run in enumerate(enrol(hand_ins + awards, at=at)):
        if number >= hand_ins:
            read_everything(run, at=at)
        paper = begin(run, at=at)
        answer_rightly(paper, at=at)
        waiting.append([sign_in(run.learner), reverse("quiz_hand_in", args=[paper.uuid])])
    return {
        "server": server(),
        "amina": sign_in(amina),
        "sitting": sign_in(attempt.learner),
        "lesson": lesson.order_by("-activity__progress__last_seen_at")[0].url,
        "question": reverse("quiz_question", args=[attempt.uuid, ticked[0].position]),
        "save": reverse("quiz_save", args=[attempt.uuid, ticked[0].position]),
        "verify": reverse("verify_code", args=[Credential.objects.get(learner__email="ceri@example.org").shown_code]),
        "film": film.url,
        "film_file": film.film_file.url,
        "briefing": briefing.url,
        "briefing_pdf": reverse("briefing_pdf", args=[briefing.number]),
        "hand_ins": waiting[:hand_ins],
        "awards": waiting[hand_ins:],
    }


def server() -> str:
    """The database and its version."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return "PostgreSQL " + str(cursor.fetchone()[0]).split()[0]


if __name__ == "__main__":
    main()
