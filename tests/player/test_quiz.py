"""A quiz as served: rules, questions, saving, checking, handing in, and nobody else's eyes on it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from assessments.models import Attempt, Draft, ItemVersion, Response, Result
from credentials.models import Credential
from enrolments.attempts import begin_attempt
from enrolments.models import Enrolment
from people.models import OrganisationRole, User
from tests.enrolments.doings import answer, number_of, read, sit
from tests.factories import NOON, achievement, cohort, enrolment, organisation, people, source, taught_course
from tests.factories import trainer as give_trainer
from tests.pages import without_token

pytestmark = pytest.mark.django_db
ON_LEAVE = "You are on leave, so no attempt begins. Tell your trainer once you are back."
NOT_WHOLE = "That answer did not arrive whole. Please choose again."
HANDED_IN = "You have already handed this in. Your answers are safe."
CONFLICT = "This question was changed in another tab or on another device after this page opened."


class Sitting:
    """Amina in a browser, in front of her quiz."""

    def __init__(self, client: Client, **rules: Any) -> None:
        self.client, self.taught, self.cast = client, taught_course(), people()
        self.group = cohort(self.taught.course, **({"own_attempt_rules": True, **rules} if rules else {}))
        self.run = enrolment(self.cast.amina, self.group)
        self.start = f"/quiz/{self.taught.assessment.uuid}/"
        client.force_login(self.cast.amina)

    def begin(self) -> Attempt:
        self.attempt = begin_attempt(self.run, self.taught.assessment, language="en", at=timezone.now())
        self.base = f"/attempt/{self.attempt.uuid}/"
        return self.attempt

    def post(self, position: int, choice: str, *, go: str = "next", sequence: object = 1, save: bool = False) -> Any:
        place = self.attempt.places.get(position=position)
        fields = {f"q{position}": number_of(place, choice), "sequence": sequence, "go": go}
        return self.client.post(f"{self.base}{position}/{'save/' if save else ''}", fields)

    def drafts(self) -> list[tuple[int, list[str], bool, int]]:
        rows = Draft.objects.order_by("place__position")
        return [(row.place.position, row.value["chosen"], row.flagged, row.client_sequence) for row in rows]


@pytest.fixture
def sitting(client: Client) -> Sitting:
    return Sitting(client)


def test_start_page_says_the_rules_and_begins_nothing(sitting: Sitting) -> None:
    response = sitting.client.get(sitting.start)

    page = response.content.decode()
    assert (response.status_code, Attempt.objects.count()) == (200, 0)
    said = ["8 questions.", "To pass, reach 70 per cent of the points.", "There is no clock.", "Start the quiz"]
    assert [words for words in said if words not in page] == []


def test_whole_quiz_from_start_to_certificate(sitting: Sitting, django_capture_on_commit_callbacks: Any) -> None:
    achievement(sitting.taught.course)
    read(sitting.run, *sitting.taught.lessons)
    response = sitting.client.post(sitting.start)
    sitting.attempt = Attempt.objects.get()
    sitting.base = f"/attempt/{sitting.attempt.uuid}/"
    assert response["Location"] == f"{sitting.base}1/"

    for position in range(1, 9):
        following = sitting.post(position, "a")["Location"]
        assert following == (f"{sitting.base}{position + 1}/" if position < 8 else f"{sitting.base}check/")
    check = sitting.client.get(f"{sitting.base}check/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        handed_in = sitting.client.post(f"{sitting.base}hand-in/")
    result = sitting.client.get(handed_in["Location"]).content.decode()

    assert ("Option a" in check, "No answer yet" in check) == (True, False)
    assert handed_in["Location"] == f"{sitting.base}result/"
    credential = Credential.objects.get()
    assert ("You passed" in result, f"/certificate/{credential.uuid}/" in result) == (True, True)
    assert result.count("Because of a.") == 8


def test_beginning_again_carries_on_at_the_first_open_question(sitting: Sitting) -> None:
    sitting.begin()
    sitting.post(1, "b")

    page = sitting.client.get(sitting.start).content.decode()
    response = sitting.client.post(sitting.start)

    assert "Carry on with the quiz" in page
    assert (response["Location"], Attempt.objects.count()) == (f"{sitting.base}2/", 1)


def test_on_leave_the_attempt_under_way_is_carried_on_with_and_handed_in(
    sitting: Sitting, django_capture_on_commit_callbacks: Any
) -> None:
    sitting.begin()
    sitting.post(1, "b")
    Enrolment.objects.filter(pk=sitting.run.pk).update(state="on_leave")

    page = sitting.client.get(sitting.start).content.decode()
    carried_on = sitting.client.post(sitting.start)
    with django_capture_on_commit_callbacks(execute=True):
        handed_in = sitting.client.post(f"{sitting.base}hand-in/")

    assert ("Carry on with the quiz" in page, ON_LEAVE in page) == (True, False)
    assert (carried_on["Location"], handed_in["Location"]) == (f"{sitting.base}2/", f"{sitting.base}result/")
    assert (Attempt.objects.count(), Result.objects.count()) == (1, 1)


@pytest.mark.parametrize("sat", [0, 1])
def test_on_leave_no_attempt_is_offered_or_begun_and_the_page_says_why(sitting: Sitting, sat: int) -> None:
    for _attempt in range(sat):
        sit(sitting.run, sitting.taught, right=2)
    Enrolment.objects.filter(pk=sitting.run.pk).update(state="on_leave")

    shown, pressed = sitting.client.get(sitting.start), sitting.client.post(sitting.start)

    pages = [answer.content.decode() for answer in (shown, pressed)]
    assert (shown.status_code, pressed.status_code, Attempt.objects.count()) == (200, 409, sat)
    assert [(page.count(ON_LEAVE), '<form class="pager"' in page) for page in pages] == [(1, False)] * 2


@pytest.mark.parametrize(
    ("position", "go", "to"),
    [(2, "next", "3/"), (2, "previous", "1/"), (1, "previous", "1/"), (2, "flag", "2/"), (2, "check", "check/"),
     (8, "next", "check/"), (2, "nonsense", "3/")],
)  # fmt: skip
def test_every_button_saves_first_and_then_goes_where_it_says(
    sitting: Sitting, position: int, go: str, to: str
) -> None:
    sitting.begin()

    response = sitting.post(position, "b", go=go)

    assert (response.status_code, response["Location"]) == (302, f"{sitting.base}{to}")
    assert sitting.drafts() == [(position, ["b"], go == "flag", 1)]


def test_flag_is_put_on_shown_on_the_check_page_and_taken_away(sitting: Sitting) -> None:
    sitting.begin()
    sitting.post(3, "b", go="flag")
    flagged = sitting.client.get(f"{sitting.base}check/").content.decode()

    sitting.post(3, "c", go="flag", sequence=2)

    assert (">Flagged<" in flagged, "7 questions have no answer yet." in flagged) == (True, True)
    assert sitting.drafts() == [(3, ["c"], False, 2)]
    assert ">Flagged<" not in sitting.client.get(f"{sitting.base}check/").content.decode()


def test_page_shows_what_is_saved_and_the_next_sequence(sitting: Sitting) -> None:
    sitting.begin()
    sitting.post(2, "c", sequence=4)

    page = sitting.client.get(f"{sitting.base}2/").content.decode()

    place = sitting.attempt.places.get(position=2)
    assert re.findall(r'value="(\d)" checked', page) == [number_of(place, "c")]
    assert 'name="sequence" value="5"' in page
    assert "Saved at" in page


def test_older_tab_is_refused_in_words_and_shown_what_is_saved(sitting: Sitting) -> None:
    sitting.begin()
    sitting.post(1, "b", sequence=1)

    page, script = sitting.post(1, "c", sequence=1), sitting.post(1, "c", sequence=1, save=True)

    assert (page.status_code, script.status_code) == (409, 409)
    assert CONFLICT in page.content.decode()
    words = f"{CONFLICT} What is saved is shown here now. Choose again if you want to change it."
    saved = number_of(sitting.attempt.places.get(position=1), "b")
    told = {"problem": words, "fields": {"q1": [saved]}, "answer": ["Option b"], "sequence": 2}
    assert script.json() == told
    assert sitting.drafts() == [(1, ["b"], False, 1)]


def test_same_save_twice_is_one_save(sitting: Sitting) -> None:
    sitting.begin()

    answers = [sitting.post(1, "b", save=True).status_code for _ in range(2)]

    assert (answers, sitting.drafts()) == ([200, 200], [(1, ["b"], False, 1)])


def test_right_and_wrong_saves_look_alike(sitting: Sitting) -> None:
    sitting.begin()

    with time_machine.travel(NOON, tick=False):
        right, wrong = sitting.post(1, "a", save=True), sitting.post(2, "b", save=True)

    assert right.json() == wrong.json() == {"saved": "Saved at 12:00"}
    assert {**right.headers, "X-Request-ID": ""} == {**wrong.headers, "X-Request-ID": ""}


@pytest.mark.parametrize(
    "fields",
    [
        {"q1": "1"},
        {"q1": "1", "sequence": ""},
        {"q1": "1", "sequence": "one"},
        {"q1": "9", "sequence": "1"},
        {"q1": "0", "sequence": "1"},
        {"q1": "a", "sequence": "1"},
        {"q1": ["1", "2"], "sequence": "1"},
    ],
)
def test_value_this_question_cannot_have_is_refused_and_nothing_is_kept(
    sitting: Sitting, fields: dict[str, Any]
) -> None:
    sitting.begin()

    script, page = (sitting.client.post(f"{sitting.base}1/{end}", fields) for end in ("save/", ""))

    assert (script.status_code, script.json()) == (400, {"problem": NOT_WHOLE})
    assert (page.status_code, NOT_WHOLE in page.content.decode()) == (409, True)
    assert sitting.drafts() == []


def test_position_that_is_not_there_is_not_found(sitting: Sitting) -> None:
    sitting.begin()

    answers = [sitting.client.get(f"{sitting.base}9/"), sitting.client.post(f"{sitting.base}0/save/", {"sequence": 1})]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_saving_after_hand_in_is_told_it_is_closed_and_changes_nothing(sitting: Sitting) -> None:
    sitting.begin()
    answer(sitting.attempt, right=8)
    sitting.client.post(f"{sitting.base}hand-in/")
    before = sitting.drafts()

    script, page = sitting.post(1, "b", sequence=9, save=True), sitting.post(1, "b", sequence=9)

    assert (script.status_code, script.json()) == (410, {"problem": HANDED_IN})
    assert (page.status_code, page["Location"]) == (302, f"{sitting.base}result/")
    assert sitting.drafts() == before


def test_saving_after_the_time_is_up_is_told_so(client: Client) -> None:
    sitting = Sitting(client, time_limit_seconds=60)
    sitting.begin()
    sitting.post(1, "b")

    with time_machine.travel(timezone.now() + timedelta(seconds=90), tick=False):
        script, page = sitting.post(1, "c", sequence=2, save=True), sitting.post(1, "c", sequence=2)

    assert script.status_code == 410
    assert script.json() == {"problem": "The time for this attempt is over. What was saved before is safe."}
    assert page["Location"] == f"{sitting.base}check/"
    assert sitting.drafts() == [(1, ["b"], False, 1)]


def test_handing_in_twice_is_one_result_and_the_same_page(sitting: Sitting) -> None:
    sitting.begin()
    answer(sitting.attempt, right=5)

    sent = [sitting.client.post(f"{sitting.base}hand-in/") for _ in range(2)]
    pages = [without_token(sitting.client.get(one["Location"]).content.decode()) for one in sent]

    assert [one["Location"] for one in sent] == [f"{sitting.base}result/"] * 2
    assert pages[0] == pages[1]
    assert (Result.objects.count(), Response.objects.count()) == (1, 8)


def test_hand_in_happens_only_by_a_post_with_our_token() -> None:
    sitting = Sitting(Client(enforce_csrf_checks=True))
    sitting.begin()

    answers = [sitting.client.get(f"{sitting.base}hand-in/"), sitting.client.post(f"{sitting.base}hand-in/")]

    sitting.attempt.refresh_from_db()
    assert [one.status_code for one in answers] == [405, 403]
    assert (sitting.attempt.state, Result.objects.count()) == ("in_progress", 0)


def test_no_page_hands_in_by_being_looked_at(sitting: Sitting) -> None:
    sitting.begin()

    for end in ("1/", "8/", "check/", "result/"):
        sitting.client.get(sitting.base + end)

    sitting.attempt.refresh_from_db()
    assert (sitting.attempt.state, Draft.objects.count()) == ("in_progress", 0)


def test_result_says_what_a_question_rests_on_and_no_page_before_it_does(sitting: Sitting) -> None:
    guide = source("guide", title="The Guide", authors=["Ann", "Bob"], year=2008)
    for item in sitting.taught.items:
        item.current.sources.add(guide)
    sitting.begin()
    before = [sitting.client.get(f"{sitting.base}{end}").content.decode() for end in ("1/", "check/")]

    sitting.client.post(f"{sitting.base}hand-in/")
    after = sitting.client.get(f"{sitting.base}result/").content.decode()

    assert ["The Guide" in page for page in before] == [False, False]
    assert after.count("<cite>The Guide</cite>. Ann and Bob. A publisher, 2008.") == 8


def test_result_before_hand_in_leads_back_to_the_questions(sitting: Sitting) -> None:
    sitting.begin()

    response = sitting.client.get(f"{sitting.base}result/")

    assert (response.status_code, response["Location"], response.content) == (302, f"{sitting.base}1/", b"")


@pytest.mark.parametrize("end", ["1/", "check/"])
def test_questions_after_hand_in_lead_to_the_result(sitting: Sitting, end: str) -> None:
    sitting.begin()
    sitting.client.post(f"{sitting.base}hand-in/")

    assert sitting.client.get(sitting.base + end)["Location"] == f"{sitting.base}result/"


def test_no_explanation_or_key_is_on_any_page_before_hand_in(sitting: Sitting) -> None:
    sitting.begin()
    sitting.post(1, "a")

    pages = [sitting.client.get(url) for url in (sitting.start, *(sitting.base + e for e in ("1/", "2/", "check/")))]
    pages += [sitting.post(2, "b", save=True), sitting.post(2, "c", sequence=1)]

    assert [page for page in pages if b"Because of" in page.content or b"correct" in page.content] == []
    assert ItemVersion.objects.filter(key={"correct": ["a"]}).exists()


OTHERS = ["beth", "carol", "dev", "lena"]


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("state", ["open", "handed in"])
def test_other_peoples_attempt_is_not_there_at_any_of_its_addresses(sitting: Sitting, who: str, state: str) -> None:
    sitting.begin()
    answer(sitting.attempt, right=8)
    if state == "handed in":
        sitting.client.post(f"{sitting.base}hand-in/")
    enrolment(sitting.cast.carol, sitting.group)
    give_trainer(sitting.cast.beth, sitting.group)
    other = Client()
    other.force_login(getattr(sitting.cast, who))
    drafts = sitting.drafts()

    answers = [other.get(sitting.base + end) for end in ("1/", "check/", "result/")]
    answers += [other.post(sitting.base + end, {"q1": "1", "sequence": 9}) for end in ("1/", "1/save/", "hand-in/")]

    assert [one.status_code for one in answers] == [404] * 6
    assert not any(word in one.content for one in answers for word in (b"Item 1", b"Option", b"Because", b"Amina"))
    assert (sitting.drafts(), Result.objects.count()) == (drafts, int(state == "handed in"))


def test_quiz_is_not_there_for_somebody_not_on_the_course(sitting: Sitting) -> None:
    sitting.client.force_login(sitting.cast.carol)

    answers = [sitting.client.get(sitting.start), sitting.client.post(sitting.start)]

    assert [one.status_code for one in answers] == [404, 404]
    assert (b"Module 1 quiz" in answers[0].content, Attempt.objects.count()) == (False, 0)


def test_somebody_not_signed_in_is_asked_to_everywhere(sitting: Sitting) -> None:
    sitting.begin()
    stranger = Client()

    answers = [stranger.get(url) for url in (sitting.start, f"{sitting.base}1/", f"{sitting.base}result/")]
    answers += [stranger.post(sitting.base + end) for end in ("1/save/", "hand-in/")]

    assert {one.status_code for one in answers} == {302}
    assert all(one["Location"].startswith("/account/login/?next=/") for one in answers)


def test_used_up_attempts_are_said_in_words_and_no_button_is_offered(client: Client) -> None:
    sitting = Sitting(client, attempts_allowed=1)
    sit(sitting.run, sitting.taught, right=0)

    looked, pressed = client.get(sitting.start), client.post(sitting.start)

    words = "You have used all your attempts. Your trainer can give you another."
    assert (looked.status_code, pressed.status_code) == (200, 409)
    for page in (looked.content.decode(), pressed.content.decode()):
        assert (words in page, "not passed yet" in page) == (True, True)
        assert "Try again with other questions" not in page
    assert Attempt.objects.count() == 1


def test_pause_between_attempts_is_said_with_its_end(client: Client) -> None:
    sitting = Sitting(client, gap_seconds=3600)
    sit(sitting.run, sitting.taught, right=0)

    with time_machine.travel(NOON + timedelta(minutes=10), tick=False):
        looked, pressed = client.get(sitting.start), client.post(sitting.start)

    for page in (looked.content.decode(), pressed.content.decode()):
        assert "You can try again from 13:00 on 22 November 2026." in page
    assert (pressed.status_code, Attempt.objects.count()) == (409, 1)


def test_failed_attempt_says_what_there_is_to_gain_and_offers_another(sitting: Sitting) -> None:
    sitting.begin()
    sitting.client.post(f"{sitting.base}hand-in/")

    page = sitting.client.get(f"{sitting.base}result/").content.decode()

    assert ("Not passed yet" in page, sitting.start in page, Credential.objects.count()) == (True, True, 0)
    assert all(code in page for code in ("LO1.1", "LO1.2", "LO1.3"))


def test_passed_quiz_with_a_lesson_left_says_what_is_still_to_do(sitting: Sitting) -> None:
    sitting.begin()
    answer(sitting.attempt, right=8)
    sitting.client.post(f"{sitting.base}hand-in/")

    page = sitting.client.get(f"{sitting.base}result/").content.decode()

    assert "Still to do: Lesson 1" in page


def test_attempt_set_aside_says_why(sitting: Sitting) -> None:
    sitting.begin()
    sitting.client.post(f"{sitting.base}hand-in/")
    Attempt.objects.update(state="void", void_reason="The questions had leaked.")

    page = sitting.client.get(f"{sitting.base}result/").content.decode()

    assert ("This attempt was set aside" in page, "The questions had leaked." in page) == (True, True)
    assert "Because of" not in page


def test_pages_of_a_quiz_are_kept_by_no_cache(sitting: Sitting) -> None:
    sitting.begin()

    pages = [sitting.client.get(url) for url in (sitting.start, f"{sitting.base}1/", f"{sitting.base}check/")]
    pages += [sitting.post(1, "a", save=True), sitting.client.post(f"{sitting.base}hand-in/")]
    pages += [sitting.client.get(f"{sitting.base}result/")]

    assert {page["Cache-Control"] for page in pages} == {"private, no-store"}


def test_lead_of_the_organisation_that_booked_sees_no_answer_anywhere(sitting: Sitting) -> None:
    council = organisation("Council")
    run = enrolment(User.objects.get(name="Carol Hughes"), sitting.group, booked_by=council)
    OrganisationRole.objects.create(
        person=sitting.cast.lena, organisation=council, role="org_lead", starts_on=timezone.localdate()
    )
    attempt = sit(run, sitting.taught, right=5)
    sitting.client.force_login(sitting.cast.lena)

    listed = sitting.client.get(f"/organisation/{council.uuid}/").content.decode()
    result = sitting.client.get(f"/attempt/{attempt.uuid}/result/")

    assert ("Carol Hughes" in listed, result.status_code) == (True, 404)
    hidden = ["Option", "Item 1", "Because", str(attempt.uuid), "attempt", "5 of 8"]
    assert [word for word in hidden if word in listed] == []
