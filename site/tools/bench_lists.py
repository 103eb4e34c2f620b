"""How long a list of 10,000 people takes from its upload until it is taken in, and what memory it needs.

Run on the database of DATABASE_URL, a throw-away one with content and sample people. The file goes through the page
that receives it; the worker's jobs are done here one after the other, so that their memory is one number. `make bench`
runs it; LISTED says how many lines. Printed as JSON.
"""

import json
import os
import resource
import sys
from random import Random
from time import perf_counter, process_time
from typing import Any

LISTED = int(os.environ.get("LISTED") or 10_000)
MOST_SECONDS = 10 + 50 * LISTED / 10_000  # of this process alone, so that other programs do not count
MEMBERS, STRANGERS = LISTED // 10, LISTED // 20  # of those listed
DOMAINS = ("larchmere.example", "saltby.example", "nhs.example", "police.example")
_SYLLABLES = "an bel cor da el fin gwen hal is jo kar lin mor ner os pet rhi sel tom wyn ys zar".split()  # noqa: SIM905


def main() -> None:
    """Make the people, send the list in, have it checked, answer, have it taken in; print seconds and megabytes."""
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    people = listed(Random("lists"))  # noqa: S311  a draw, not a secret
    lead, organisation, cohort = prepared(people)
    before, begun = megabytes(), process_time()
    times, counts = taken_in(lead, organisation, cohort, workbook_of(people))
    figures = {name: round(seconds, 1) for name, seconds in times.items()}
    worked = process_time() - begun
    told = {**figures, "processor_s": round(worked, 1), "memory_mb": round(megabytes() - before)}
    print(json.dumps({"lines": LISTED, **counts, **told}))
    if worked > MOST_SECONDS:
        sys.exit(f"That took {worked:.0f} s of a processor, and may take {MOST_SECONDS:.0f}.")


def megabytes() -> float:
    """The most memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def listed(chance: Random) -> list[tuple[str, str]]:
    """Names and addresses, no two alike; some names are nearly the same, as names are."""
    people: dict[str, str] = {}
    while len(people) < LISTED:
        first, last = ("".join(chance.choices(_SYLLABLES, k=count)).title() for count in (2, 3))
        people.setdefault(f"{first}.{last}@{chance.choice(DOMAINS)}".lower(), f"{first} {last}")
    return [(name, address) for address, name in people.items()]


def workbook_of(people: list[tuple[str, str]]) -> bytes:
    """The list as an XLSX file."""
    from training.spreadsheets import table_file

    rows = [[name, address, "Health", "English"] for name, address in people]
    headings = ["Name", "E-mail", "Agency", "Language"]
    return bytes(table_file("xlsx", headings, rows, name="list", title="List").getvalue())


def prepared(people: list[tuple[str, str]]) -> tuple[Any, Any, Any]:
    """A lead, an organisation with an offer, members who are on the list, and strangers who have accounts."""
    from django.utils import timezone

    from enrolments.models import Cohort, CohortOffer
    from people.memberships import join_many
    from people.models import User

    lead = User.objects.get(email="lena@example.org")
    organisation = lead.organisation_roles.get().organisation
    cohort = Cohort.objects.order_by("pk")[0]
    CohortOffer.objects.update_or_create(organisation=organisation, cohort=cohort, defaults={"places": LISTED + 100})
    known = [User(name=name, email=address) for name, address in people[: MEMBERS + STRANGERS]]
    join_many(User.objects.bulk_create(known)[:MEMBERS], organisation, at=timezone.now())
    return lead, organisation, cohort


def signed_in(person: Any) -> Any:
    """Somebody's browser, second step included."""
    from django.test import Client
    from tools.drills.people import sign_in

    client = Client()
    client.cookies["sessionid"] = sign_in(person)
    session = client.session
    session.update(
        {
            "account_authentication_methods": [{"method": "mfa", "type": "totp"}],
            "account_authentication_methods_user": str(person.pk),
        }
    )
    session.save()
    return client


def taken_in(lead: Any, organisation: Any, cohort: Any, content: bytes) -> tuple[dict[str, float], dict[str, int]]:
    """Seconds of each part, and what came of it."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from enrolments.lists import jobs
    from enrolments.models import EnrolmentList

    client, times = signed_in(lead), {}
    started_at = moment = perf_counter()

    def part(name: str) -> None:
        nonlocal moment
        times[f"{name}_s"], moment = perf_counter() - moment, perf_counter()

    sent = {"cohort": str(cohort.uuid), "file": SimpleUploadedFile("list.xlsx", content)}
    answer = client.post(reverse("organisation_book", args=[organisation.uuid]), sent, secure=True)
    part("upload")
    if answer.status_code != 302:
        sys.exit(f"The list was answered with {answer.status_code}.")
    one = EnrolmentList.objects.get()
    jobs.check_list(one.pk)
    part("check")
    client.get(answer["Location"], secure=True)
    part("report_page")
    for act in ("others_differ", "take_in"):
        client.post(answer["Location"], {"act": act}, secure=True)
    part("answer")
    jobs.take_in_list(one.pk)
    part("take_in")
    times["whole_s"] = perf_counter() - started_at
    one.refresh_from_db()
    if one.state != "taken_in":
        sys.exit(f"The list is {one.state}: {one.report.get('came_back')}.")
    return times, {"booked": one.booked_count, "invited": one.invited_count}


if __name__ == "__main__":
    main()
