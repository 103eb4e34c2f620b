"""A trainer marks on the pages: the queue, one response at a time, what is alike, what goes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.assessment_rules import AssessmentPart, AssessmentRules
from assessments.models import Attempt, KeptComment, Response, RevisionRequest, Score
from credentials.models import Credential
from enrolments.models import Cohort, Enrolment
from people.models import User
from post.models import Message
from tests.assessments.writing import hand_in_words, response_of
from tests.enrolments.doings import read
from tests.factories import (
    NOON,
    TaughtCourse,
    achievement,
    cohort,
    enrolment,
    people,
    person,
    taught_course,
    trainer,
    written_quiz,
)

pytestmark = pytest.mark.django_db
ALL_THREES = {"level-sense": "3", "level-fair": "3"}


@pytest.fixture
def taught() -> TaughtCourse:
    made = taught_course()
    written_quiz(made)
    return made


@pytest.fixture
def beth(client: Client) -> User:
    made = people().beth
    client.force_login(made)
    return made


@pytest.fixture
def group(taught: TaughtCourse, beth: User) -> Cohort:
    made = cohort(taught.course)
    trainer(beth, made)
    return made


def learner(group: Cohort, name: str) -> Enrolment:
    return enrolment(person(name, last_login=NOON), group)


def prompt_of(response: Response) -> str:
    return str(response.place.item_version.texts["en"]["prompt"])


def queue(group: Cohort, asked: str = "") -> str:
    return f"/cohort/{group.uuid}/marking/{asked}"


def page_of(group: Cohort, response: Response) -> str:
    return f"{queue(group)}{response.pk}/"


def marks(**given: Any) -> dict[str, Any]:
    return {"go": "mark", "seen": "", "comment": "", **ALL_THREES, **given}


def test_marking_the_last_response_makes_the_result_the_progress_the_certificate_and_a_letter(
    client: Client, taught: TaughtCourse, group: Cohort, django_capture_on_commit_callbacks: Any
) -> None:
    achievement(taught.course)
    run = learner(group, "Amy Able")
    read(run, *taught.lessons)
    attempt = hand_in_words(run, taught, "She was told that it was fine.")
    assert (attempt.state, attempt.result, Credential.objects.count()) == ("awaiting_marker", None, 0)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page_of(group, response_of(attempt)), marks(comment="Clear."))

    attempt.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (302, queue(group))
    assert attempt.state == "scored"
    assert (attempt.result.points, attempt.result.max_score, attempt.result.passed) == (7, 7, True)
    assert Credential.objects.get().learner == run.learner
    assert Message.objects.get(kind="marked").person == run.learner
    client.force_login(run.learner)
    shown = client.get(f"/attempt/{attempt.uuid}/result/").content.decode()
    assert "Marked by Beth Okafor" in shown
    assert "Clear." in shown
    assert "sense level 3" in shown


def test_queue_lists_the_oldest_first_and_those_alike_together(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    for days, (name, words) in enumerate([("Zoe", "It was late."), ("Abe", "She asked."), ("Mo", " it WAS late ")]):
        hand_in_words(learner(group, name), taught, words, at=NOON + timedelta(days=days))

    shown = client.get(queue(group))
    by_learner = client.get(queue(group, "?by=learner"))

    assert [[one.who for one in group] for group in shown.context["groups"]] == [["Zoe", "Mo"], ["Abe"]]
    assert [group[0].who for group in by_learner.context["groups"]] == ["Abe", "Mo"]
    assert "2 that say the same" in shown.content.decode()


def test_number_of_any_length_beside_an_answer_is_none_of_those_alike(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    first = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She was told that it was fine."))

    answer = client.post(page_of(group, first), marks(also=["9" * 5000, "\u0663", ""]))

    assert (answer.status_code, Score.objects.filter(kind="marker").count()) == (302, 1)


def test_queue_names_each_response_by_its_first_words_and_says_a_question_of_all_once(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    attempts = [
        hand_in_words(learner(group, name), taught, words)
        for name, words in (("Zoe", "It was late."), ("Abe", "She asked."))
    ]

    shown = client.get(queue(group)).content.decode()

    assert [f">{words}</a>" in shown for words in ("It was late.", "She asked.")] == [True, True]
    assert shown.count(prompt_of(response_of(attempts[0]))) == 1


def test_one_look_marks_all_that_are_alike_with_a_score_each(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    attempts = [
        hand_in_words(learner(group, name), taught, words)
        for name, words in (("Zoe", "It was late."), ("Mo", "it was LATE"), ("Abe", "It was late!"))
    ]
    first, second, third = [response_of(attempt) for attempt in attempts]

    client.post(page_of(group, first), marks(also=[second.pk], comment="Who says so?"))

    assert list(Score.objects.filter(kind="marker").order_by("response").values_list("response", "points")) == [
        (first.pk, 6),
        (second.pk, 6),
    ]
    assert Message.objects.filter(kind="marked").count() == 2
    assert third.scores.count() == 0


def test_too_long_a_comment_with_what_goes_back_is_refused_in_words_and_kept_in_the_form(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    first = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She failed."))
    long = "Look again. " * 1000

    answer = client.post(page_of(group, first), marks(go="return", comment=long, due_on="2099-01-01"))

    page = answer.content.decode()
    assert (answer.status_code, "Write at most" in page, long.strip() in page) == (422, True, True)
    assert RevisionRequest.objects.count() == 0


def test_a_response_given_back_is_written_anew_and_waits_again(
    client: Client, taught: TaughtCourse, group: Cohort, beth: User
) -> None:
    run = learner(group, "Amy Able")
    attempt = hand_in_words(run, taught, "She failed.")
    due = (timezone.localdate() + timedelta(days=5)).isoformat()

    back = client.post(
        page_of(group, response_of(attempt)), {"go": "return", "comment": "Without blame?", "due_on": due}
    )

    attempt.refresh_from_db()
    assert (back.status_code, attempt.state) == (302, "returned")
    assert client.get(queue(group)).context["count"] == 0
    letter = Message.objects.get(kind="returned_for_revision")
    assert (letter.person, "Without blame?" in letter.text) == (run.learner, False)

    client.force_login(run.learner)
    place = response_of(attempt).place
    address = f"/attempt/{attempt.uuid}/{place.position}/"
    assert "Without blame?" in client.get(f"/attempt/{attempt.uuid}/result/").content.decode()
    assert client.get(f"/attempt/{attempt.uuid}/{3 - place.position}/").status_code == 302
    unchanged = client.post(f"/attempt/{attempt.uuid}/hand-in/", follow=True).content.decode()
    saved = client.post(
        address, {"sequence": "2", f"q{place.position}": "1", f"q{place.position}-text": "She was told.", "go": "next"}
    )
    client.post(f"/attempt/{attempt.uuid}/hand-in/")
    client.post(f"/attempt/{attempt.uuid}/hand-in/")

    attempt.refresh_from_db()
    assert "was not handed in again" in unchanged
    assert saved.headers["Location"] == f"/attempt/{attempt.uuid}/check/"
    assert [one.value["text"] for one in place.responses.all()] == ["She failed.", "She was told."]
    assert attempt.state == "awaiting_marker"
    client.force_login(beth)
    assert client.get(queue(group)).context["count"] == 1
    assert "She failed." in client.get(page_of(group, response_of(attempt))).content.decode()


def test_what_a_marker_forgets_is_said_and_nothing_typed_is_lost(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    response = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She was told."))

    unleveled = client.post(page_of(group, response), {"go": "mark", "level-sense": "2", "comment": "Long thought."})
    undated = client.post(page_of(group, response), {"go": "return", "comment": "", "due_on": "yesterday"})

    shown = unleveled.content.decode()
    assert (unleveled.status_code, undated.status_code) == (422, 422)
    assert "Choose a level for “Fair to everybody”." in shown
    assert "Long thought." in shown
    assert 'value="2" data-key="3" checked' in shown
    assert "Say what they should look at again." in undated.content.decode()
    assert "Write the day as in 27/11/2026." in undated.content.decode()
    assert Score.objects.filter(kind="marker").count() + RevisionRequest.objects.count() == 0


def test_a_second_tab_does_not_overwrite_a_score_and_loses_no_word(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    response = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She was told."))
    client.post(page_of(group, response), marks(comment="First."))

    again = client.post(page_of(group, response), marks(comment="First."))
    other = client.post(page_of(group, response), marks(comment="Second.", **{"level-fair": "0"}))

    assert again.status_code == 302
    assert other.status_code == 409
    assert "Somebody scored this after your page was opened." in other.content.decode()
    assert ">Second.</textarea>" in other.content.decode()
    assert Score.objects.filter(kind="marker").count() == 1


def test_a_correction_needs_a_reason_and_is_a_new_score(client: Client, taught: TaughtCourse, group: Cohort) -> None:
    attempt = hand_in_words(learner(group, "Amy Able"), taught, "She was told.")
    response = response_of(attempt)
    client.post(page_of(group, response), marks())
    first = response.scores.get()

    without = client.post(page_of(group, response), marks(seen=first.pk, **{"level-fair": "0"}))
    client.post(page_of(group, response), marks(seen=first.pk, reason="I misread it.", **{"level-fair": "0"}))

    assert "Say why you correct the score." in without.content.decode()
    assert list(response.scores.order_by("pk").values_list("points", "reason", "supersedes")) == [
        (6, "", None),
        (3, "I misread it.", first.pk),
    ]
    assert [result.points for result in attempt.results.order_by("pk")] == [7, 4]
    assert "was corrected" in Message.objects.filter(kind="marked").latest("pk").text


@pytest.mark.parametrize("is_divided", [True, False])
def test_screen_names_the_part_of_its_question_and_keeps_what_was_read_before_it(
    client: Client, taught: TaughtCourse, group: Cohort, is_divided: bool
) -> None:
    words = AssessmentPart({"en": "An extract"}, {"en": "Read the <first> page."})
    if is_divided:
        taught.assessment.rules = AssessmentRules(parts=(AssessmentPart({"en": "The ideas"}), words)).to_json()
        taught.assessment.save()
        taught.assessment.blueprint.filter(item_kind="open_response").update(part=1)
    response = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She was told that it was fine."))

    page = client.get(page_of(group, response)).content.decode()

    assert ('<p class="eyebrow">Part 2 of 2: An extract</p>' in page, "Part " in page) == (is_divided, is_divided)
    assert page.count("<p>Read the &lt;first&gt; page.</p>") == page.count("read before this part") == int(is_divided)


def test_where_names_are_hidden_no_page_of_marking_says_one(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    taught.assessment.names_hidden = True
    taught.assessment.save()
    for name in ("Amy Able", "Ben Bold"):
        attempt = hand_in_words(learner(group, name), taught, "She was told.")

    pages = [client.get(queue(group, asked)).content.decode() for asked in ("", "?by=learner")]
    pages.append(client.get(page_of(group, response_of(attempt))).content.decode())

    assert [name for page in pages for name in ("Amy", "Ben", str(attempt.uuid)) if name in page] == []


def test_comments_kept_and_of_the_item_are_offered_to_their_marker_alone(
    client: Client, taught: TaughtCourse, group: Cohort
) -> None:
    responses = [
        response_of(hand_in_words(learner(group, name), taught, words))
        for name, words in (("Amy", "One."), ("Ben", "Two."))
    ]
    client.post(page_of(group, responses[0]), marks(comment="Who told her?", add="0", keep="on"))

    offered = client.get(page_of(group, responses[1])).context["comments"]
    carol = person("Carol Other")
    trainer(carol, group)
    client.force_login(carol)
    for_carol = client.get(page_of(group, responses[1])).context["comments"]

    kept = "Who told her?\n\nSay what they knew."
    assert responses[0].scores.get().comment == kept
    assert KeptComment.objects.get().text == kept
    assert (offered, for_carol) == ([(0, "Say what they knew."), (1, kept)], [(0, "Say what they knew.")])


def test_who_does_not_train_the_cohort_and_who_wrote_it_meet_nothing(
    client: Client, taught: TaughtCourse, group: Cohort, beth: User
) -> None:
    mine = response_of(hand_in_words(enrolment(beth, group), taught, "I wrote this."))
    others = response_of(hand_in_words(learner(group, "Amy Able"), taught, "She was told."))
    carol = User.objects.get(name="Carol Hughes")
    elsewhere = cohort(taught.course, "Another")
    trainer(carol, elsewhere)

    own = client.get(page_of(group, mine)).status_code
    counted = client.get(queue(group)).context["count"]
    client.force_login(carol)
    asked = [
        client.get(page_of(group, others)).status_code,
        client.get(page_of(elsewhere, others)).status_code,
        client.post(page_of(elsewhere, others), marks()).status_code,
        client.get(queue(group)).status_code,
    ]

    assert (own, counted, asked) == (404, 1, [404, 404, 404, 404])
    assert Attempt.objects.filter(state="scored").count() == 0


@pytest.mark.parametrize("count", [1, 12])
def test_queue_and_screen_take_no_more_statements_for_many(
    client: Client, taught: TaughtCourse, group: Cohort, count: int, django_assert_max_num_queries: Any
) -> None:
    attempts = [hand_in_words(learner(group, f"Amy {number}"), taught, f"Words {number}") for number in range(count)]
    client.get(queue(group))

    with django_assert_max_num_queries(15):
        client.get(queue(group))
    with django_assert_max_num_queries(15):
        client.get(page_of(group, response_of(attempts[0])))
