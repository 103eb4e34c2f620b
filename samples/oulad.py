"""A presentation of a course from the Open University Learning Analytics Dataset, loaded as this site keeps things.

Real figures of nobody's name (CC BY 4.0, Kuzilek, Hlosta and Zdrahal): people come in by the importer that leads use,
with addresses made at example.invalid, and their marks as results recorded without attempts. Decision 50.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path

from django.db import transaction

from assessments.models import Assessment, ItemBank
from courses.choices import ActivityKind
from courses.models import Activity, Course, Module, Requirement, RequirementSet
from enrolments.choices import CohortRoleCode, EnrolmentState
from enrolments.lists.receiving import check_list, choose, receive_list
from enrolments.lists.taking_in import begin_taking_in, take_in
from enrolments.models import Cohort, CohortOffer, Enrolment
from enrolments.recording import Reached, record_results
from enrolments.roles import give_cohort_role
from enrolments.states import change_state
from people.choices import OrganisationPurpose
from people.models import Organisation, OrganisationKind, User

from .letters import NOWHERE, send_nothing_to_nowhere

OPEN_UNIVERSITY = "The Open University (OULAD)"
SET_KEY = "course"
PASS_SHARE = Fraction(40, 100)  # "a score lower than 40 is interpreted as Fail" (the dataset's description)
OUT_OF = Fraction(100)
PASSED, FAILED, WITHDRAWN = ("Pass", "Distinction"), "Fail", "Withdrawn"
FILES = ("courses.csv", "assessments.csv", "studentInfo.csv", "studentAssessment.csv")
Line = Mapping[str, str]


class CannotLoad(Exception):
    """Raised when the folder is not such a presentation, or its course is there already. Its text says which."""


@dataclass(frozen=True)
class Loaded:
    """What was made, for the sentence at the end."""

    cohort: Cohort
    learners: int
    marks: int
    completed: int
    not_passed: int
    withdrawn: int


@dataclass(frozen=True)
class Presentation:
    """The four files, read."""

    name: str
    days: int
    assessments: Sequence[Line]
    learners: Sequence[Line]
    marks: Mapping[str, Sequence[Line]]  # by learner


def read_folder(folder: Path) -> Presentation:
    """The files of one presentation. Raises CannotLoad."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise CannotLoad(f"{folder} does not hold {', '.join(missing)}.")
    courses, assessments, learners, marks = (_lines(folder / name) for name in FILES)
    by_learner: dict[str, list[Line]] = defaultdict(list)
    try:
        (course,) = courses
        for mark in marks:
            by_learner[mark["id_student"]].append(mark)
        name = f"{course['code_module']} {course['code_presentation']}"
        return Presentation(name, int(course["module_presentation_length"]), assessments, learners, by_learner)
    except (KeyError, ValueError) as error:
        raise CannotLoad(f"The files of {folder} are not those of one presentation: {error}.") from error


def _lines(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_presentation(folder: Path, *, starts_on: date | None, trainer: User, at: datetime) -> Loaded:
    """Everything of the folder, or nothing; without a first day the presentation ended yesterday. Raises CannotLoad.

    No letter is sent to anybody in it.
    """
    read = read_folder(folder)
    key = f"oulad-{read.name.replace(' ', '-').lower()}"
    if Course.objects.filter(key=key).exists():
        raise CannotLoad(f"{read.name} was loaded before: its course is there already.")
    begins = starts_on or at.date() - timedelta(days=read.days + 1)
    with transaction.atomic():
        return _Loading(read, key, begins, trainer, at).all(folder.name)


class _Loading:
    """One presentation on its way in."""

    def __init__(self, read: Presentation, key: str, begins: date, trainer: User, at: datetime) -> None:
        self.read, self.key, self.begins, self.trainer, self.at = read, key, begins, trainer, at
        self.activities: dict[str, Activity] = {}

    def all(self, source: str) -> Loaded:
        course = self._course()
        cohort = Cohort.objects.create(
            course=course, name=f"OULAD {self.read.name}", starts_on=self.begins, ends_on=self._day(self.read.days)
        )
        give_cohort_role(self.trainer, cohort, CohortRoleCode.TRAINER, at=self._moment(0))
        self._enrol(cohort)
        runs = {run.learner.email: run for run in Enrolment.objects.filter(cohort=cohort).select_related("learner")}
        for line in self.read.learners:
            self._tell(runs[_address(line)], line, source)
        send_nothing_to_nowhere()
        return self._loaded(cohort)

    def _day(self, number: int) -> date:
        return self.begins + timedelta(days=number)

    def _moment(self, number: int) -> datetime:
        return datetime.combine(self._day(number), time(12), tzinfo=UTC)

    def _course(self) -> Course:
        """A quiz for each assessment, in order; the requirement set asks for the final result alone."""
        course = Course.objects.create(key=self.key, code=self.key.upper()[:20])
        module = Module.objects.create(course=course, number=1)
        bank = ItemBank.objects.create(key=self.key, course=course, titles={"en": self.read.name})
        numbers: dict[str, int] = defaultdict(int)
        for position, line in enumerate(self.read.assessments):
            kind = line["assessment_type"]
            numbers[kind] += 1
            activity = Activity.objects.create(
                kind=ActivityKind.ASSESSMENT, course=course, module=module, position=position
            )
            titles = {"en": "Final result" if kind == "Exam" else f"{kind} {numbers[kind]}"}
            Assessment.objects.create(activity=activity, bank=bank, titles=titles)
            self.activities[line["id_assessment"]] = activity
            self.activities[kind] = activity
        made = RequirementSet.objects.create(course=course, key=SET_KEY, version=1, created_at=self.at)
        Requirement.objects.create(requirement_set=made, activity=self.activities["Exam"], pass_share=1)
        made.sealed_at = self.at
        made.save(update_fields=["sealed_at"])
        return course

    def _enrol(self, cohort: Cohort) -> None:
        """By the importer: the list is sent in, checked, its near misses answered, and taken in."""
        booker, made = Organisation.objects.get_or_create(name=OPEN_UNIVERSITY)
        if made:
            OrganisationKind.objects.create(organisation=booker, kind=OrganisationPurpose.TRAINING_PROVIDER)
        CohortOffer.objects.create(cohort=cohort, organisation=booker)
        begun = self._moment(0)
        one = receive_list(
            self._list(), f"{self.key}.csv", organisation=booker, cohort=cohort, by=self.trainer, at=begun
        )
        check_list(one.pk, at=begun)
        one.refresh_from_db()
        choose(one, {}, others_differ=True)  # numbers one digit apart are different people
        begin_taking_in(one, by=self.trainer, at=begun)
        take_in(one.pk, at=begun)
        one.refresh_from_db()
        if one.booked_count != len(self.read.learners):
            raise CannotLoad(f"The importer booked {one.booked_count} of {len(self.read.learners)} learners.")

    def _list(self) -> bytes:
        written = io.StringIO()
        writer = csv.writer(written)
        writer.writerow(["E-mail", "Name"])
        writer.writerows([_address(line), f"Learner {line['id_student']}"] for line in self.read.learners)
        return written.getvalue().encode()

    def _tell(self, run: Enrolment, line: Line, source: str) -> None:
        """Begun with the presentation; marks in order; then the final result, or that they left."""
        begun, ended = self._moment(0), self._moment(self.read.days)
        run = change_state(run, EnrolmentState.ACTIVE, at=begun)
        told = [self._mark(mark) for mark in self.read.marks.get(line["id_student"], [])]
        final = line["final_result"]
        if final in (*PASSED, FAILED):
            reached = Fraction(int(final in PASSED))
            told.append(Reached(self.activities["Exam"], reached, Fraction(1), ended))
        record_results(run, told, at=self.at, by=None, source=source)
        if final == WITHDRAWN:  # the day is in none of the files; they are not seen after their last mark
            last = max((one.at for one in told), default=begun)
            change_state(run, EnrolmentState.WITHDRAWN, at=last)

    def _mark(self, mark: Line) -> Reached:
        points = Fraction(mark["score"]) if mark["score"] else None
        return Reached(
            self.activities[mark["id_assessment"]], points, OUT_OF, self._moment(int(mark["date_submitted"])),
            passed=points is not None and points >= PASS_SHARE * OUT_OF,
        )  # fmt: skip

    def _loaded(self, cohort: Cohort) -> Loaded:
        states = list(Enrolment.objects.filter(cohort=cohort).values_list("state", flat=True))
        return Loaded(
            cohort, len(states), sum(map(len, self.read.marks.values())), states.count(EnrolmentState.COMPLETED),
            states.count(EnrolmentState.ACTIVE), states.count(EnrolmentState.WITHDRAWN),
        )  # fmt: skip


def _address(line: Line) -> str:
    return f"oulad-{line['id_student']}@{NOWHERE}"
