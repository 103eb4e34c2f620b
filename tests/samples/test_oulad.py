"""One real presentation of a course, by the importer and as recorded results: our figures are those of its README."""

import csv
import io
from collections import Counter
from datetime import date

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from courses.models import Course
from enrolments.models import Cohort, Enrolment, RecordedResult
from people.models import User
from post.models import Message
from samples.oulad import read_folder
from tests.factories import people
from tests.factories.again import again
from tests.hostile.words import CORPORA
from training.board.reading import board_of
from training.choices import CellState
from training.reports import completion, stopping, times

pytestmark = pytest.mark.django_db
FOLDER = CORPORA / "oulad-AAA2013J"
LEARNERS, PASS, DISTINCTION, FAIL, WITHDRAWN, MARKS = 383, 258, 20, 45, 60, 1633
there = pytest.mark.skipif(not FOLDER.is_dir(), reason="the corpora are not on this machine (QUALITY: tests skip)")


def _load() -> None:
    beth = people().beth
    call_command("load_oulad", str(FOLDER), trainer=beth.email, starts_on=date(2025, 10, 1), stdout=io.StringIO())


@pytest.fixture
def loaded() -> Cohort:
    again("oulad", _load)
    return Cohort.objects.get(course__key="oulad-aaa-2013j")


@there
def test_the_files_are_those_the_readme_speaks_of():
    read = read_folder(FOLDER)

    results = Counter(line["final_result"] for line in read.learners)
    assert results == {"Pass": PASS, "Distinction": DISTINCTION, "Fail": FAIL, "Withdrawn": WITHDRAWN}
    assert sum(map(len, read.marks.values())) == MARKS


@pytest.mark.lengthy
@there
def test_everybody_came_in_by_the_importer_at_addresses_that_reach_nobody(loaded):
    runs = Enrolment.objects.filter(cohort=loaded)

    addresses = set(runs.values_list("learner__email", flat=True))
    assert (len(addresses), {one.partition("@")[2] for one in addresses}) == (LEARNERS, {"example.invalid"})
    assert loaded.enrolment_lists.get().booked_count == LEARNERS
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.lengthy
@there
def test_marks_are_recorded_results_and_the_final_results_complete(loaded):
    marks = RecordedResult.objects.filter(enrolment__cohort=loaded)

    states = Counter(Enrolment.objects.filter(cohort=loaded).values_list("state", flat=True))
    assert states == {"completed": PASS + DISTINCTION, "active": FAIL, "withdrawn": WITHDRAWN}
    assert marks.filter(max_score="100").count() == MARKS
    assert marks.filter(max_score="1").count() == LEARNERS - WITHDRAWN
    assert marks.filter(points=None).count() == 2


@there
def test_the_board_says_the_same(loaded):
    rows = board_of(loaded, at=_end(loaded)).rows

    finals = Counter(row.cells[-1] for row in rows)
    assert (len(rows), finals) == (
        LEARNERS - WITHDRAWN,
        {CellState.DONE: PASS + DISTINCTION, CellState.FAILED: FAIL},
    )
    assert [row for row in rows if row.need] == []  # the cohort is over: nobody needs anybody


@there
def test_the_file_of_the_board_says_the_same(client, loaded):
    client.force_login(User.objects.get(email="beth.okafor@example.org"))

    answer = client.get(f"/cohort/{loaded.uuid}/board.csv")

    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    states = Counter(row["State"] for row in rows)
    assert states == {"Completed": PASS + DISTINCTION, "Active": FAIL}


@there
def test_the_completion_report_and_its_files_say_the_same(client, loaded):
    client.force_login(User.objects.get(email="beth.okafor@example.org"))
    address = f"/cohort/{loaded.uuid}/reports/completion"

    report = completion.of_cohort(loaded, at=_end(loaded))
    rows = list(csv.DictReader(io.StringIO(b"".join(client.get(f"{address}.csv")).decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{address}.xlsx")))).active
    page = client.get(f"{address}/").content.decode()

    completed = f"{PASS + DISTINCTION} of {LEARNERS} (72%)"
    assert report.figures == [
        ("Completed", completed), ("Under way", str(FAIL)), ("Not begun", "0"), ("On leave", "0"),
        ("Left the course", str(WITHDRAWN)),
    ]  # fmt: skip
    assert Counter(row["State"] for row in rows) == {"Completed": PASS + DISTINCTION, "Active": FAIL}
    assert Counter(row["M1: Final result"] for row in rows) == {"Done": PASS + DISTINCTION, "Not passed": FAIL}
    assert Counter(row["Per cent"] for row in rows) == {"100": PASS + DISTINCTION, "0": FAIL}
    assert sheet.max_row == 1 + LEARNERS - WITHDRAWN
    assert completed in page


@there
def test_the_other_reports_say_the_same(loaded):
    took = times.of_cohort(loaded, at=_end(loaded))
    stops = stopping.of_cohort(loaded, at=_end(loaded))

    assert {row[-1] for row in took.rows} == {269}  # 268 days, the first and the last counted
    assert len(took.rows) == PASS + DISTINCTION
    assert stops.figures == [("Began", str(LEARNERS)), ("Left the course", f"{WITHDRAWN} of {LEARNERS} (15%)")]
    # Everybody stands somewhere: whoever completed has done all that is asked and stands nowhere.
    assert sum(row[-1] for row in stops.rows) == WITHDRAWN
    assert sum(row[-2] for row in stops.rows) == FAIL
    assert stops.rows[-1][:3] == ["Final result", "M1", PASS + DISTINCTION]


@there
def test_the_organisation_that_sent_them_reads_the_same(loaded):
    booker = loaded.enrolment_lists.get().organisation

    report = completion.of_organisation(booker, at=_end(loaded))

    stages = Counter(row[3] for row in report.rows)
    assert stages == {"Done": PASS + DISTINCTION, "Doing": FAIL, "Left the course": WITHDRAWN}


@there
def test_loading_it_again_says_so_and_changes_nothing(loaded):
    with pytest.raises(CommandError, match="loaded before"):
        _again(loaded)

    assert Enrolment.objects.filter(cohort=loaded).count() == LEARNERS


def _again(loaded: Cohort) -> None:
    call_command("load_oulad", str(FOLDER), trainer="beth.okafor@example.org", stdout=io.StringIO())


def _end(cohort: Cohort):
    return Enrolment.objects.filter(cohort=cohort, completed_at__isnull=False)[0].completed_at


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "does not hold courses.csv"),
        (
            dict.fromkeys(("courses.csv", "assessments.csv", "studentInfo.csv", "studentAssessment.csv"), "a\n1\n"),
            "not",
        ),
    ],
)
def test_another_folder_is_refused_with_a_sentence(tmp_path, files, words):
    beth = people().beth
    for name, text in files.items():
        (tmp_path / name).write_text(text)

    with pytest.raises(CommandError, match=words):
        call_command("load_oulad", str(tmp_path), trainer=beth.email)

    assert not Course.objects.exists()


def test_a_trainer_who_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("load_oulad", str(tmp_path), trainer="who@example.org")
