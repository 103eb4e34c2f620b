"""A list comes in, is checked, answered and perhaps given up. Taking it in is taking_in.py's."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from audit.entries import note_act
from people.models import Organisation, User

from ..choices import ListState
from ..models import Cohort, EnrolmentList
from .checking import SOMEBODY_ELSE, Report, check
from .reading import read_list
from .refusals import ListRefused

SMALL_ROWS = 300  # lines that are gone through while the person waits; longer lists go to the worker
TIMEOUT_SECONDS = 1_800  # of the worker's jobs; a list of 10,000 lines takes seconds


def receive_list(
    content: bytes, file_name: str, *, organisation: Organisation, cohort: Cohort, by: User, at: datetime
) -> EnrolmentList:
    """Read a file and check it, at once if it is small. Raises ListRefused, and then nothing was written."""
    read = read_list(content, file_name)
    with transaction.atomic():
        made = EnrolmentList.objects.create(
            organisation=organisation,
            cohort=cohort,
            uploaded_by=by,
            uploaded_at=at,
            file_name=file_name[:200],
            rows=read.rows,
            report={"notes": read.notes},
            row_count=len(read.rows),
            moved_at=at,
        )
        note_act("enrolment_list_sent_in", subject=made, at=at, actor=by, facts={"lines": made.row_count})
        if made.row_count > SMALL_ROWS:
            hand_to_worker("check_list", made)
    if made.row_count <= SMALL_ROWS:
        check_list(made.pk, at=at)
        made.refresh_from_db()
    return made


def hand_to_worker(job: str, one: EnrolmentList) -> None:
    """Queue a job of jobs.py for a list, once the transaction commits."""
    transaction.on_commit(
        partial(async_task, f"enrolments.lists.jobs.{job}", one.pk, q_options={"timeout": TIMEOUT_SECONDS})
    )


def check_list(pk: int, *, at: datetime) -> None:
    """Write the report of a list that waits for it. Checking twice is checking once."""
    found = _waiting(pk, ListState.CHECKING)
    if found:
        report = checked_anew(found, at=at)
        EnrolmentList.objects.filter(pk=pk, state=ListState.CHECKING).update(
            report=report, state=ListState.CHECKED, done_count=0, moved_at=at
        )


def _waiting(pk: int, state: str) -> EnrolmentList | None:
    waiting = EnrolmentList.objects.filter(pk=pk, state=state)
    return waiting.select_related("organisation", "cohort__course").first()


def checked_anew(one: EnrolmentList, *, at: datetime) -> Report:
    """The report as things are now. Choices stay; how far it is gets written down on the way, each time for itself."""
    still = EnrolmentList.objects.filter(pk=one.pk)

    def done(count: int) -> None:
        still.update(done_count=count, moved_at=timezone.now())

    return check(one.rows, one.organisation, one.cohort, at=at, earlier=one.report, done=done)


@transaction.atomic
def choose(one: EnrolmentList, choices: Mapping[int, str], *, others_differ: bool = False) -> int:
    """Write down what was said about lines; returns how many questions are still open.

    `others_differ` says of every question not answered yet that it is about two people.
    """
    held = EnrolmentList.objects.select_for_update().get(pk=one.pk)
    if held.state != ListState.CHECKED:
        raise ListRefused(_("This list is not waiting for answers any more."))
    for question in held.report["questions"]:
        allowed = {SOMEBODY_ELSE, *(option["address"] for option in question["options"])}
        if (said := choices.get(question["line"], "")) in allowed:
            question["choice"] = said
        elif others_differ and not question["choice"]:
            question["choice"] = SOMEBODY_ELSE
    held.save(update_fields=["report"])
    return sum(not question["choice"] for question in held.report["questions"])


@transaction.atomic
def give_up(one: EnrolmentList, *, by: User, at: datetime) -> None:
    """Nothing of the list is kept but its counts. Raises ListRefused once it is being taken in."""
    gone = EnrolmentList.objects.filter(pk=one.pk, state__in=[ListState.CHECKING, ListState.CHECKED]).update(
        state=ListState.GIVEN_UP, rows=[], report={}, done_count=0, moved_at=at
    )
    if not gone:
        raise ListRefused(_("This list was taken in or given up already."))
    note_act("enrolment_list_given_up", subject=one, at=at, actor=by)
