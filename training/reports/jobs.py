"""Long reports, made by the worker. Each job may run twice, or be killed half-way, without harm."""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone, translation
from django_q.tasks import async_task
from toolkit.days import site_day
from toolkit.typesetting import CannotBePrinted

from people.models import User

from ..choices import FileState
from ..givers import Giver
from ..models import ReportFile
from .addresses import may_still
from .files import bytes_of
from .offered import read_report
from .sorting import in_order, order_asked, understood

LEFT_AFTER = timedelta(minutes=10)  # without a sign of life: setting thousands of rows on paper gives none
TIMEOUT_SECONDS = 1_800
UNDER_WAY = (FileState.WAITING, FileState.MAKING)


def ask_for_file(giver: Giver, report: str, kind: str, *, by: User, at: datetime, sort: str = "") -> ReportFile:
    """A file to be made; asked for twice in one order while it is under way, it is the same one."""
    language = translation.get_language() or "en"
    asked = ReportFile.objects.filter(**giver.column, report=report, kind=kind, made_by=by, language=language)
    asked = asked.filter(sort=understood(sort))
    if under_way := asked.filter(state__in=UNDER_WAY).defer("content").first():
        return under_way
    with transaction.atomic():
        made = ReportFile.objects.create(
            report=report,
            kind=kind,
            **giver.column,
            made_by=by,
            made_at=at,
            moved_at=at,
            language=language,
            sort=understood(sort),
        )
        _hand_to_worker(made.pk)
    return made


def _hand_to_worker(pk: int) -> None:
    job = partial(async_task, "training.reports.jobs.make_file", pk, q_options={"timeout": TIMEOUT_SECONDS})
    transaction.on_commit(job)


def make_file(pk: int) -> None:
    """Make a file that waits, as its maker may see things now. Whoever comes second finds it taken."""
    now = timezone.now()
    waiting = ReportFile.objects.filter(pk=pk, state=FileState.WAITING)
    if not waiting.update(state=FileState.MAKING, moved_at=now, done_count=0):
        return
    one = ReportFile.objects.select_related("made_by", "cohort", "organisation").get(pk=pk)
    content = None
    if may_still(one.made_by, one.cohort, one.organisation, on=site_day(now)):
        with translation.override(one.language):
            content = _content(one, at=now)
    state = FileState.FAILED if content is None else FileState.MADE
    mine = ReportFile.objects.filter(pk=pk, state=FileState.MAKING)
    mine.update(state=state, content=content, moved_at=timezone.now())


def _content(one: ReportFile, *, at: datetime) -> bytes | None:
    report = read_report(one.report, one.cohort, one.organisation, at=at)
    if report is None:
        return None
    report = in_order(report, order_asked(one.sort, report))
    still = ReportFile.objects.filter(pk=one.pk)
    still.update(row_count=len(report.rows), moved_at=timezone.now())

    def done(count: int) -> None:
        still.update(done_count=count, moved_at=timezone.now())

    whose = Giver(cohort=one.cohort, organisation=one.organisation).name
    try:
        return bytes_of(report, one.kind, whose=whose, at=at, done=done)
    except CannotBePrinted:
        return None


def take_up_left_files() -> int:
    """Give files whose worker died to another one; returns how many."""
    now = timezone.now()
    left = ReportFile.objects.filter(state__in=UNDER_WAY, moved_at__lt=now - LEFT_AFTER)
    taken_up = 0
    for pk in list(left.values_list("pk", flat=True)):
        if left.filter(pk=pk).update(state=FileState.WAITING, moved_at=now):
            _hand_to_worker(pk)
            taken_up += 1
    return taken_up
