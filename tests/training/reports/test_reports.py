"""What each report says of a cohort and of an organisation's people, and that it takes no more to say it of many."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments.attempts import finish_attempt, save_draft
from assessments.choices import AttemptState
from assessments.marking import Judgement, mark
from assessments.models import Assessment, Attempt
from courses.models import Activity
from enrolments.attempts import begin_attempt
from enrolments.attendance import enter_attendance
from enrolments.invitations import invite
from enrolments.models import CohortOffer, Enrolment
from enrolments.recording import Reached, record_results
from enrolments.requests import approve_request, ask_for_place
from tests.assessments.examples import example_item
from tests.assessments.writing import hand_in_words, response_of
from tests.enrolments.doings import complete, number_of, read, regrade, sit
from tests.factories import (
    NOON,
    bank_with_items,
    cohort,
    enrolment,
    organisation,
    people,
    person,
    sealed_set,
    taught_course,
    written_quiz,
)
from tests.factories.courses import course_as_taught
from tests.factories.live import live_activity, live_session
from tests.training.making import autumn, colleague, led_by, written_to
from tests.training.reports.making import DAY, cells, learner, uneven, with_open_bank
from training.reports import attendance, completion, outcomes, stopping, times
from training.reports.answers import answered_in
from training.reports.offered import OFFERED, read_report
from training.reports.table import Report, percent, share_in_words

pytestmark = pytest.mark.django_db
LATER = NOON + 6 * DAY


def test_completion_has_a_row_for_everybody_on_the_board_and_counts_who_left():
    _taught, group, _runs = uneven()

    report = completion.of_cohort(group, at=LATER)

    assert cells(report, "Name", "State", "Activities done", "Per cent", "Completed on") == [
        ["Amy Ash", "Completed", 3, 100, date(2026, 11, 22)],
        ["Ben Ash", "Completed", 3, 100, date(2026, 11, 26)],
        ["Cai Ash", "Active", 1, 33, None],
        ["Dee Ash", "Active", 0, 0, None],
        ["Fay Ash", "Booked", 0, 0, None],
    ]
    assert report.figures == [
        ("Completed", "2 of 6 (33%)"), ("Under way", "2"), ("Not begun", "1"), ("On leave", "0"),
        ("Left the course", "1"),
    ]  # fmt: skip


def test_completion_counts_of_all_that_several_requirement_sets_ask_for():
    group, taught = autumn(), course_as_taught("foundation")
    sealed_set(taught.course, [taught.lessons[0].activity], key="module-2")
    read(learner("Ben", group), taught.lessons[0])

    report = completion.of_cohort(group, at=LATER)

    assert cells(report, "Name", "Per cent") == [["Ben", 50]]  # two of the four that the two sets ask for together


def test_completion_says_each_activity_in_files_and_not_on_the_page():
    _taught, group, _runs = uneven()

    report = completion.of_cohort(group, at=LATER)

    assert cells(report, "M1: Lesson 1", "M1: Module 1 quiz")[3] == ["Comes next", "Not passed"]
    assert [one.words for one in report.main if one.words.startswith("M1")] == []
    assert len(report.without_details(report.rows)[0]) == len(report.main)


def test_attendance_says_how_the_registers_stand_with_each_session_as_a_detail():
    _taught, group, runs = uneven()
    beth = person("Beth Marsh")
    first, second = live_session(group), live_session(group, title="Second day", starts_at=NOON - timedelta(hours=1))
    live_session(group, title="Called off", cancelled_at=NOON)
    live_session(group, title="To come", starts_at=NOON + 9 * DAY, ends_at=NOON + 10 * DAY)
    enter_attendance(first, runs["Amy"], "absent", seen=0, by=beth, at=NOON)
    enter_attendance(first, runs["Amy"], "present", seen=1, by=beth, at=NOON)
    enter_attendance(second, runs["Amy"], "part", seen=0, by=beth, at=NOON)
    enter_attendance(first, runs["Ben"], "excused", seen=0, by=beth, at=NOON)
    enter_attendance(first, runs["Eve"], "present", seen=0, by=beth, at=NOON)

    report = attendance.of_cohort(group, at=LATER)

    assert cells(report, "Name", "Present", "There for part", "Excused", "Absent", "Not entered")[:2] == [
        ["Amy Ash", 1, 1, 0, 0, 0],
        ["Ben Ash", 0, 0, 1, 0, 1],
    ]
    assert [one.words.partition(": ")[2] for one in report.headings if one.is_detail] == [first.title, "Second day"]
    assert report.rows[0][2:4] == ["Present", "There for part"]
    assert dict(report.figures)["Present"] == "1 of 3 (33%)"
    assert "Eve Ash" not in str(report.rows)


def test_a_lead_has_no_register():
    assert read_report("attendance", None, organisation("Council"), at=NOON) is None


def test_time_to_complete_counts_both_days_and_says_what_half_took():
    _taught, group, _runs = uneven()

    report = times.of_cohort(group, at=LATER)

    assert cells(report, "Name", "Days") == [["Amy Ash", 1], ["Ben Ash", 5]]
    assert report.figures == [
        ("Completed", "2"), ("Half took at most", "1 day"), ("The quickest", "1 day"), ("The longest", "5 days"),
    ]  # fmt: skip


def test_where_people_stop_counts_who_stands_and_who_left_at_the_first_activity_not_done():
    _taught, group, _runs = uneven()

    report = stopping.of_cohort(group, at=LATER)

    assert cells(
        report, "Activity", "Done by", "Per cent of those who began", "Stand here now", "Left the course here"
    ) == [
        ["Lesson 1", 4, 80, 1, 0],
        ["Lesson 2", 2, 40, 1, 1],
        ["Module 1 quiz", 2, 40, 0, 0],
    ]
    assert report.figures == [("Began", "5"), ("Left the course", "1 of 5 (20%)")]


def test_where_people_stop_calls_what_is_of_no_module_part_of_the_whole_course():
    taught, group, _runs = uneven()
    live_session(group, live_activity(taught.course))

    report = stopping.of_cohort(group, at=LATER)

    assert cells(report, "Module") == [["M1"], ["M1"], ["M1"], ["Whole course"]]


def test_learning_outcomes_count_the_first_time_somebody_meets_a_question():
    _taught, group, _runs = uneven()

    report = outcomes.of_cohort(group, at=LATER)

    # Amy and Ben have all 8 right; Dee the first two of the eight. A draw has 3, 2 and 3 questions.
    assert cells(report, "Code", "Trainees who answered", "First answers") == [
        ["LO1.1", 3, 9], ["LO1.2", 3, 6], ["LO1.3", 3, 9],
    ]  # fmt: skip
    assert sum(row[0] for row in cells(report, "Right at the first try")) == 18


def test_of_a_private_bank_results_say_how_many_answered_and_not_what_that_earned():
    taught = taught_course()
    opened = bank_with_items("open", taught.outcomes[:1], [1], is_open=True)
    own = Activity.objects.create(course=taught.course, module=taught.module, kind="assessment", position=9)
    quiz = Assessment.objects.create(activity=own, bank=opened, titles={"en": "Open"}, own_pass_share=Fraction(1, 2))
    quiz.blueprint.create(learning_outcome=taught.outcomes[0], count=1)
    written_quiz(taught)
    group = cohort(taught.course)
    run = learner("Amy", group)
    attempt = hand_in_words(run, taught, "It made sense.")
    mark(response_of(attempt), Judgement({"sense": 3, "fair": 3}), seen=None, by=people().beth, at=NOON)
    attempt = begin_attempt(run, quiz, language="en", at=NOON)
    save_draft(attempt.places.get(), posted=[number_of(attempt.places.get(), "a")], sequence=1, at=NOON)
    finish_attempt(attempt, at=NOON)

    report = outcomes.of_cohort(group, at=LATER)

    names = ("Trainees who answered", "First answers", "Right at the first try", "Per cent", "Marked texts")
    more = ("Per cent of their points", "First answers, private banks")
    assert cells(report, *names, *more) == [
        [1, 1, 1, 100, 0, None, 1],
        [1, 0, 0, None, 0, None, 1],
        [0, 0, 0, None, 0, None, 0],
    ]
    assert "and in no report" in report.notes[-1]


def test_what_earns_nothing_counts_as_no_answer():
    taught = taught_course(item_counts=(1, 0, 0))
    taught.assessment.blueprint.exclude(learning_outcome=taught.outcomes[0]).delete()
    taught.assessment.blueprint.update(count=1)
    example_item(taught.bank, taught.outcomes[0], "information")
    taught.assessment.blueprint.create(learning_outcome=taught.outcomes[0], item_kind="information", count=1)
    group = cohort(taught.course)
    attempt = begin_attempt(enrolment(people().amina, group), taught.assessment, language="en", at=NOON)
    finish_attempt(attempt, at=NOON)

    answered = list(answered_in(group))

    assert attempt.places.count() == 2
    assert [(one.points, one.max_score) for one in answered] == [(0, 1)]


def test_marked_texts_stand_apart_with_the_mean_share_of_their_points():
    taught = with_open_bank(taught_course())
    written_quiz(taught)
    group, beth = cohort(taught.course), people().beth
    for name, levels in (("Amy", {"sense": 3, "fair": 3}), ("Ben", {"sense": 2, "fair": 0}), ("Cai", None)):
        attempt = hand_in_words(learner(name, group), taught, "It made sense." if levels else "")
        if levels:
            mark(response_of(attempt), Judgement(levels), seen=None, by=beth, at=NOON)

    report = outcomes.of_cohort(group, at=LATER)

    shown = cells(report, "Code", "Trainees who answered", "First answers", "Right at the first try", "Per cent")
    assert shown == [["LO1.1", 3, 0, 0, None], ["LO1.2", 3, 3, 3, 100], ["LO1.3", 0, 0, 0, None]]
    # 6 of 6 points, 2 of 6, and nothing written: four ninths.
    assert cells(report, "Marked texts", "Per cent of their points") == [[3, 44], [0, None], [0, None]]
    assert "A text that was left empty counts with none." in report.notes[0]


def test_later_attempts_count_only_for_questions_not_met_before():
    taught, group, runs = uneven()
    before = {row[0]: row[1] for row in cells(outcomes.of_cohort(group, at=LATER), "Code", "First answers")}

    for day in (1, 2):
        sit(runs["Dee"], taught, right=8, at=NOON + day * DAY)

    after = {row[0]: row[1] for row in cells(outcomes.of_cohort(group, at=LATER), "Code", "First answers")}
    # The second draw has what was not met, and the third has nothing new: 6, 4 and 6 questions exist.
    assert after == {code: count + more for (code, count), more in zip(before.items(), (3, 2, 3), strict=True)}


def test_learning_outcomes_leave_out_who_left_what_was_set_aside_and_what_was_superseded():
    _taught, group, runs = uneven()
    attempt = Attempt.objects.get(link__enrolment=runs["Dee"])
    regrade(attempt, points=Fraction(1), passed=False)
    Attempt.objects.filter(link__enrolment=runs["Amy"]).update(state=AttemptState.VOID, void_reason="A test")

    report = outcomes.of_cohort(group, at=LATER)

    assert [row[0] for row in cells(report, "Trainees who answered")] == [1, 1, 1]


def test_results_recorded_without_an_attempt_count_as_completion_and_not_for_outcomes():
    taught, group, runs = uneven()
    read(runs["Fay"], *taught.lessons)

    record_results(
        runs["Fay"], [Reached(taught.assessment.activity, Fraction(8), Fraction(8), NOON)], at=LATER, by=None
    )

    assert cells(completion.of_cohort(group, at=LATER), "Name", "State")[-1] == ["Fay Ash", "Completed"]
    assert [row[0] for row in cells(outcomes.of_cohort(group, at=LATER), "Trainees who answered")] == [3, 3, 3]


@pytest.mark.parametrize("key", [one.key for one in OFFERED])
def test_an_empty_cohort_is_said_in_words(key: str):
    report = read_report(key, cohort(taught_course().course), None, at=NOON)

    assert report is not None
    assert report.empty


@pytest.mark.parametrize("key", [one.key for one in OFFERED])
def test_a_report_takes_as_many_statements_for_many_as_for_one(key: str):
    taught = taught_course()
    group = cohort(taught.course)
    complete(learner("Amy", group), taught)
    counted = []
    for more in (0, 4):
        for number in range(more):
            complete(learner(f"Ben {number}", group), taught)
        read_report(key, group, None, at=LATER)  # makes what is kept of the course
        with CaptureQueriesContext(connection) as captured:
            read_report(key, group, None, at=LATER)
        counted.append(len(captured))

    assert counted[1] <= counted[0]
    assert counted[0] <= 12


@pytest.mark.parametrize("key", [one.key for one in OFFERED if one.of_organisation])
def test_a_leads_report_takes_as_many_statements_for_many_as_for_one(key: str):
    taught = taught_course()
    group, council = cohort(taught.course), organisation("Council")
    complete(colleague("Amy", group, council), taught)
    counted = []
    for more in (0, 4):
        for number in range(more):
            complete(colleague(f"Ben {number}", group, council), taught)
        with CaptureQueriesContext(connection) as captured:
            read_report(key, None, council, at=timezone.now())
        counted.append(len(captured))

    assert counted[1] <= counted[0]


# -- An organisation's own people ---------------------------------------------------------------------------------


def _leads(key: str) -> Report:
    council = led_by(people().lena)
    group, taught = autumn(), course_as_taught("foundation")
    complete(colleague("Amy", group, council), taught)
    read(colleague("Ben", group, council), taught.lessons[0])
    colleague("Cai", group, council)
    colleague("Dee", group, council, signed_in=False)
    written_to("Eve", group, council)
    sit(colleague("Fay", group, council), taught, right=2)
    complete(colleague("Gus", group, organisation("Elsewhere")), taught)
    report = read_report(key, None, council, at=timezone.now())
    assert report is not None
    return report


def test_a_leads_completion_says_stages_and_percentages_of_their_own_people():
    report = _leads("completion")

    assert cells(report, "Name", "State", "How far") == [
        ["Amy", "Done", "module-1, 100%"],
        ["Ben", "Doing", "module-1, 33%"],
        ["Cai", "Booked", "module-1, 0%"],
        ["Dee", "E-mail sent", ""],
        ["Eve", "E-mail sent", ""],
        ["Fay", "Doing", "module-1, 0%"],
    ]
    assert report.figures == [
        ("Completed", "1 of 6 (16%)"), ("Under way", "2"), ("Not begun", "3"), ("Left the course", "0"),
    ]  # fmt: skip


def test_a_lead_sees_how_long_and_how_far():
    assert cells(_leads("time-to-complete"), "Name", "Days") == [["Amy", 1]]


def test_a_leads_stopping_counts_by_quarters_of_what_is_asked():
    report = _leads("where-people-stop")

    assert report.words == [
        "Cohort", "Not begun", "Under 25%", "25–49%", "50–74%", "75–99%", "All of it", "Left the course",
    ]  # fmt: skip
    assert report.rows == [["Autumn cohort", 3, 1, 1, 0, 0, 1, 0]]


def test_a_leads_stopping_counts_of_all_that_several_requirement_sets_ask_for():
    council, group, taught = led_by(people().lena), autumn(), course_as_taught("foundation")
    sealed_set(taught.course, [taught.lessons[1].activity], key="module-2")
    complete(colleague("Amy", group, council), taught)
    read(colleague("Ben", group, council), taught.lessons[0])

    report = read_report("where-people-stop", None, council, at=timezone.now())

    assert report.rows == [["Autumn cohort", 0, 0, 1, 0, 0, 1, 0]]


def test_a_lead_has_no_results_by_learning_outcome():
    council = led_by(people().lena)

    assert read_report("learning-outcomes", None, council, at=NOON) is None


@pytest.mark.parametrize("key", [one.key for one in OFFERED if one.of_organisation])
def test_a_leads_report_cannot_tell_who_was_booked_from_who_was_invited(key: str):
    group, cast = autumn(), people()
    booking, inviting = led_by(cast.lena, "Council A"), led_by(cast.lena, "Council B")
    colleague("Dee", group, booking, signed_in=False)
    invitation = written_to("Dee", group, inviting, "dee@example.org")
    invitation.agency = Enrolment.objects.get(booked_by=booking).agency
    invitation.save()

    one, other = (read_report(key, None, council, at=NOON + timedelta(days=1)) for council in (booking, inviting))

    assert (one.rows, one.figures) == (other.rows, other.figures)


def test_a_yes_reads_as_not_begun_until_they_begin():
    group, cast = autumn(), people()
    council = led_by(cast.lena)
    asked = _asked(group, council, person("Dee", last_login=NOON))
    approve_request(asked, by=cast.lena, at=NOON)

    report = completion.of_organisation(council, at=NOON + DAY)

    assert cells(report, "Name", "State", "How far") == [["Dee", "E-mail sent", ""]]


def _asked(group, council, who):
    CohortOffer.objects.create(cohort=group, organisation=council)
    link, _token = invite(group, organisation=council, expires_at=NOON + 30 * DAY, at=NOON, max_uses=3, asks_first=True)
    return ask_for_place(link, who, at=NOON)


# -- Small things -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "of", "expected"), [(0, 0, None), (1, 3, 33), (299, 300, 99), (300, 300, 100)])
def test_per_cent_is_whole_and_100_means_all(count, of, expected):
    assert percent(count, of) == expected


def test_share_of_nothing_has_no_per_cent():
    assert (share_in_words(0, 0), share_in_words(278, 383)) == ("0 of 0", "278 of 383 (72%)")
