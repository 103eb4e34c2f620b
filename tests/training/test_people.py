"""A lead's own people: who stands there and how, what never does, and the same in files."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credentials.validity import last_valid_day
from enrolments.choices import AppointmentRole, EnrolmentState
from enrolments.invitations import accept_invitation
from enrolments.models import Cohort, Enrolment, EnrolmentChange, Invitation
from enrolments.roles import appoint
from enrolments.states import change_state
from people.models import Membership, Organisation
from post.outbox import queue_message
from tests.enrolments.doings import complete, read, sit
from tests.factories import NOON, achievement, cohort, enrolment, organisation, people, person, taught_course
from tests.pages import without_token
from tests.training.making import autumn, certificate, colleague, led_by, written_to
from training.choices import Stage
from training.looking import Look
from training.own_people import Row, people_of, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _today() -> date:
    return timezone.localdate()


def _page(client: Client, council: Organisation, rest: str = "", asked: str = "") -> str:
    response = client.get(f"/organisation/{council.uuid}/{rest}{asked}")
    assert response.status_code == 200
    return response.content.decode()


def _csv(client: Client, council: Organisation, asked: str = "") -> list[dict[str, str]]:
    response = client.get(f"/organisation/{council.uuid}/people.csv{asked}")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def _stand(council: Organisation) -> dict[str, tuple[Stage, list[str]]]:
    return {row.name: (row.stage, row.how_far) for row in told(people_of(council, on=_today()))}


def test_everybody_of_the_organisation_stands_in_one_of_six_states() -> None:
    taught, cast = taught_course(), people()
    group, council = cohort(taught.course), led_by(cast.lena)
    achievement(taught.course, titles={"en": "Module 1"})
    Membership.objects.create(person=person("Nia Not"), organisation=council, started_on=date(2026, 1, 1))
    colleague("Lou Letter", group, council, signed_in=False)
    written_to("Ivo Invited", group, council)
    colleague("Bo Booked", group, council)
    read(colleague("Dee Doing", group, council), taught.lessons[0])
    complete(colleague("Don Done", group, council), taught)
    away = colleague("Amy Away", group, council)
    read(away, taught.lessons[0])
    change_state(away, EnrolmentState.ON_LEAVE, at=NOON)
    gone = colleague("Lee Left", group, council)
    read(gone, taught.lessons[0])
    change_state(gone, EnrolmentState.WITHDRAWN, at=NOON)

    assert _stand(council) == {
        "Nia Not": (Stage.NOT_BOOKED, []),
        "Lou Letter": (Stage.LETTER_SENT, []),
        "Ivo Invited": (Stage.LETTER_SENT, []),
        "Bo Booked": (Stage.BOOKED, ["Module 1, 0%"]),
        "Dee Doing": (Stage.DOING, ["Module 1, 33%"]),
        "Don Done": (Stage.DONE, ["Module 1, 100%"]),
        "Amy Away": (Stage.DOING, ["Module 1, 33%"]),
        "Lee Left": (Stage.LEFT, ["Module 1, 33%"]),
    }


def test_somebody_booked_who_never_signed_in_and_somebody_invited_cannot_be_told_apart(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Sam Same", group, council, signed_in=False, agency="health")
    letter = written_to("Sam Same", group, council)
    Invitation.objects.filter(pk=letter.pk).update(expires_at=NOON - 300 * DAY, agency="health")
    client.force_login(cast.lena)

    page = _page(client, council)
    booked, invited = (_page(client, council, f"bookings/{uuid}/") for uuid in (run.uuid, letter.uuid))

    rows = [part.partition("</tr>")[0] for part in page.split('<tr role="row">')[1:]]
    hidden = [row.replace(str(run.uuid), "X").replace(str(letter.uuid), "X") for row in rows]
    assert (len(hidden), hidden[0] == hidden[1], "E-mail sent" in hidden[0]) == (2, True, True)
    assert _alike(booked, run.uuid) == _alike(invited, letter.uuid)
    lines = _csv(client, council)
    assert lines[0] == lines[1]
    assert client.get(f"/organisation/{council.uuid}/people/{run.learner.uuid}/").status_code == 404


def _alike(page: str, uuid: object) -> str:
    return without_token(page).replace(str(uuid), "X")


def test_taking_back_a_letter_leaves_nothing_by_which_the_two_could_be_told_apart(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Sam Same", group, council, signed_in=False)
    letter = written_to("Tim Same", group, council)
    client.force_login(cast.lena)

    answers = [client.post(f"/organisation/{council.uuid}/bookings/{uuid}/") for uuid in (run.uuid, letter.uuid)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert people_of(council, on=_today()) == []
    assert "The place of Sam Same is free again." in (page := _page(client, council))
    assert "The place of Tim Same is free again." in page
    assert client.post(f"/organisation/{council.uuid}/bookings/{letter.uuid}/").status_code == 404


def test_person_booked_by_two_organisations_and_by_themself_shows_each_lead_their_own_booking() -> None:
    cast, council, police = people(), organisation("Council"), organisation("Police")
    foundation, refresher, third = (taught_course(key) for key in ("foundation", "refresher", "third"))
    amina = cast.amina
    amina.last_login = NOON
    amina.save()
    for taught, booker in ((foundation, council), (refresher, police), (third, None)):
        enrolment(amina, cohort(taught.course, f"Cohort of {taught.course.key}"), booked_by=booker)

    seen = [[row.cohort for row in people_of(one, on=_today())] for one in (council, police)]

    assert seen == [["Cohort of foundation"], ["Cohort of refresher"]]


def test_member_whose_only_course_was_booked_elsewhere_is_not_booked_here() -> None:
    cast, council = people(), organisation("Council")
    enrolment(cast.amina, autumn(), booked_by=organisation("Police"))
    Membership.objects.create(person=cast.amina, organisation=council, started_on=date(2026, 1, 1))

    assert _stand(council) == {"Amina Rahman": (Stage.NOT_BOOKED, [])}


def test_people_of_another_organisation_and_pages_of_theirs_are_not_found(client: Client) -> None:
    cast, group = people(), autumn()
    council, police = led_by(cast.lena), led_by(cast.carol, "Police")
    theirs = colleague("Pat Police", group, police)
    letter = written_to("Ivo Invited", group, police)
    client.force_login(cast.lena)

    addresses = ["", "people.csv", "people.xlsx", f"people/{theirs.learner.uuid}/", f"bookings/{theirs.uuid}/"]
    addresses += [f"people/{theirs.learner.uuid}/leaving/", f"bookings/{letter.uuid}/"]

    for where in (council, police):
        answers = [client.get(f"/organisation/{where.uuid}/{one}").status_code for one in addresses]
        assert answers == ([200, 200, 200, 404, 404, 404, 404] if where == council else [404] * 7)
    assert client.get(f"/organisation/{council.uuid}/people.pdf").status_code == 404


def test_never_an_answer_a_score_a_note_or_what_happened_elsewhere(client: Client) -> None:
    taught, cast = taught_course(), people()
    group, council = cohort(taught.course), led_by(cast.lena)
    run = colleague("Amy Able", group, council, certificate_name="zqcanary printed")
    other = cohort(taught_course("refresher").course, "zqcanary elsewhere")
    enrolment(run.learner, other, booked_by=organisation("zqcanary employer"))
    attempt = sit(run, taught, right=5)
    read(run, taught.lessons[0])
    run.progress.update(place="zqcanary-place")
    EnrolmentChange.objects.create(enrolment=run, to_state="active", at=NOON, why="zqcanary why")
    appoint(person("Zqcanary supervisor Jones"), run, AppointmentRole.SUPERVISOR, at=NOON)
    queue_message(kind="test", subject="zqcanary letter", text="zqcanary letter", at=NOON, to=run.learner)
    certificate(run, achievement(taught.course), until=None, evidence={"results": "zqcanary evidence"})
    client.force_login(cast.lena)

    sheet = b"".join(client.get(f"/organisation/{council.uuid}/people.xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    said = {
        "list": _page(client, council),
        "person": _page(client, council, f"people/{run.learner.uuid}/"),
        "csv": str(_csv(client, council)),
        "xlsx": str([[cell.value for cell in row] for row in book.active.iter_rows()]),
    }

    said = {where: without_token(text) for where, text in said.items()}
    assert all("Amy Able" in text for text in said.values())
    canaries = [
        "zqcanary",
        "Zqcanary",
        "Option",
        "Because",
        "Item 1",
        "LO1",
        "not passed",
        "5/8",
        "62%",
        run.learner.email,
    ]
    canaries += [str(attempt.uuid), str(run.run_id), run.learner.credentials.get().code]
    assert [(where, word) for where, text in said.items() for word in canaries if word in text] == []


@pytest.mark.parametrize(
    ("months", "days", "said"),
    [
        (6, 0, "Runs out within 6 months"),
        (6, 1, ""),
        (3, 0, "Runs out within 3 months"),
        (3, 1, "Runs out within 6 months"),
        (1, 0, "Runs out within a month"),
        (0, 0, "Runs out within a month"),
        (0, -1, "Expired"),
    ],
)
def test_certificate_says_how_soon_it_runs_out(months: int, days: int, said: str) -> None:
    group, council = autumn(), organisation()
    run = colleague("Amy Able", group, council)
    until = last_valid_day(_today(), months)
    assert until is not None
    certificate(run, achievement(group.course), until=until + days * DAY)

    assert [one.words for row in people_of(council, on=_today()) for one in row.held] == [said]


def test_certificate_covered_by_a_later_one_is_not_running_out_and_one_taken_away_says_so() -> None:
    group, council = autumn(), organisation()
    first = colleague("Amy Able", group, council)
    earned = achievement(group.course)
    certificate(first, earned, until=_today() + 9 * DAY)
    change_state(first, EnrolmentState.WITHDRAWN, at=NOON)
    Enrolment.objects.filter(pk=first.pk).update(started_at=NOON)
    again = enrolment(first.learner, group, booked_by=council)
    certificate(again, earned, until=_today() + 900 * DAY)
    certificate(colleague("Sue Suspended", group, council), earned, until=None, state="suspended")

    words = {row.uuid: [one.words for one in row.held] for row in told(people_of(council, on=_today()))}

    assert (words[first.uuid], words[again.uuid]) == ([""], [""])
    assert ["Suspended"] in words.values()


def _some(client: Client) -> tuple[Organisation, Cohort]:
    taught, cast = taught_course(), people()
    group, council = cohort(taught.course), led_by(cast.lena)
    colleague("Ŵyn Bowen", group, council, agency="police")
    colleague("Zoe Adams", group, council, agency="health")
    run = colleague("Ann Cole", group, council, agency="education")
    read(run, taught.lessons[0])
    done = colleague("Bea Dunn", group, council)
    complete(done, taught)
    certificate(done, achievement(taught.course), until=_today() + 9 * DAY)
    written_to("Ivo Ellis", group, council)
    client.force_login(cast.lena)
    return council, group


def _named(lines: list[dict[str, str]]) -> list[str]:
    return [line["Name"] for line in lines]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", ["Ann Cole", "Bea Dunn", "Ivo Ellis", "Ŵyn Bowen", "Zoe Adams"]),
        ("?sort=-name", ["Zoe Adams", "Ŵyn Bowen", "Ivo Ellis", "Bea Dunn", "Ann Cole"]),
        ("?sort=agency", ["Ann Cole", "Zoe Adams", "Bea Dunn", "Ŵyn Bowen", "Ivo Ellis"]),
        ("?sort=state", ["Ivo Ellis", "Ŵyn Bowen", "Zoe Adams", "Ann Cole", "Bea Dunn"]),
        ("?sort=until", ["Bea Dunn", "Ann Cole", "Ivo Ellis", "Ŵyn Bowen", "Zoe Adams"]),
        ("?sort=nonsense&show=nonsense", ["Ann Cole", "Bea Dunn", "Ivo Ellis", "Ŵyn Bowen", "Zoe Adams"]),
        ("?q=WYN", ["Ŵyn Bowen"]),
        ("?q=adams+zoe", ["Zoe Adams"]),
        ("?q=%25", []),
        ("?show=booked", ["Ivo Ellis", "Ŵyn Bowen", "Zoe Adams"]),
        ("?show=doing", ["Ann Cole"]),
        ("?show=done", ["Bea Dunn"]),
        ("?show=expiring", ["Bea Dunn"]),
        ("?show=expiring-1&q=bea", ["Bea Dunn"]),
        ("?show=expired", []),
        ("?show=not_booked", []),
    ],
)
def test_list_is_narrowed_searched_and_sorted_and_page_and_file_agree(
    client: Client, asked: str, named: list[str]
) -> None:
    council, _group = _some(client)

    page = _page(client, council, asked=asked)

    assert _named(_csv(client, council, asked)) == named
    shown = [name for name in ("Ann Cole", "Bea Dunn", "Ivo Ellis", "Ŵyn Bowen", "Zoe Adams") if f">{name}<" in page]
    assert (sorted(shown), page.count('<tr role="row">')) == (sorted(named), len(named))
    places = [page.index(f">{name}<") for name in named]
    assert places == sorted(places)


def test_counts_are_links_that_narrow_and_the_sorted_column_says_which_way(client: Client) -> None:
    council, _group = _some(client)

    page = _page(client, council, asked="?show=doing&sort=-cohort&q=ann")

    for key, count in (("booked", 3), ("doing", 1), ("done", 1), ("expiring", 1), ("everybody", 5), ("expired", 0)):
        link = page.partition('<div class="filters">')[2].partition(f"show={key}&")[2].partition("</a>")[0]
        assert f'<span class="count">{count}</span>' in link, key
    assert page.count("aria-sort") == 1
    assert 'scope="col" aria-sort="descending"><a href="?show=doing&amp;sort=cohort&amp;q=ann">Cohort' in page
    assert 'aria-current="true">Doing' in page


@pytest.mark.lengthy
def test_page_and_files_take_the_same_statements_for_one_three_and_two_hundred_rows(client: Client) -> None:
    cast, group = people(), autumn()
    council, earned = led_by(cast.lena), achievement(group.course)
    client.force_login(cast.lena)
    counted = []

    for number in (*range(3), *range(3, 200)):
        certificate(colleague(f"Person {number}", group, council), earned, until=_today() + 9 * DAY)
        if number in (0, 2, 199):
            counted.append([_statements(client, council, rest) for rest in ("", "people.csv", "people.xlsx")])

    assert counted[0] == counted[1] == counted[2]
    assert "Page 1 of 4" in _page(client, council)
    assert "Page 4 of 4" in _page(client, council, asked="?page=99")


def _statements(client: Client, council: Organisation, rest: str) -> int:
    address = f"/organisation/{council.uuid}/{rest}"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
    return len(queries)


def test_files_hold_every_row_of_the_filter_and_not_of_the_page(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    for number in range(60):
        colleague(f"Person {number:02}", group, council)
    client.force_login(cast.lena)

    response = client.get(f"/organisation/{council.uuid}/people.csv?page=2")

    assert len(_csv(client, council, "?page=2")) == 60
    assert response["Content-Disposition"] == (
        f'attachment; filename="larchmere-council-people-{_today().isoformat()}.csv"'
    )


def test_person_says_what_was_booked_here_and_offers_to_take_back_what_nobody_began(client: Client) -> None:
    taught, cast = taught_course(), people()
    group, council = cohort(taught.course), led_by(cast.lena)
    run = colleague("Amy Able", group, council)
    again = enrolment(run.learner, cohort(taught_course("refresher").course, "Refresher"), booked_by=council)
    read(run, taught.lessons[0])
    client.force_login(cast.lena)

    page = _page(client, council, f"people/{run.learner.uuid}/")
    client.post(f"/organisation/{council.uuid}/bookings/{again.uuid}/")

    assert ("33%" in page, "Refresher" in page) == (True, True)
    assert [f"bookings/{one.uuid}/" in page for one in (run, again)] == [False, True]
    again.refresh_from_db()
    assert (again.state, [row.uuid for row in told(people_of(council, on=_today()))]) == ("withdrawn", [run.uuid])
    assert client.get(f"/organisation/{council.uuid}/bookings/{run.uuid}/").status_code == 404


def test_answered_letter_becomes_a_booking_under_the_persons_own_name() -> None:
    cast, group = people(), autumn()
    council = organisation()
    letter = written_to("Amina R.", group, council, email=cast.amina.email)
    cast.amina.last_login = NOON
    cast.amina.save()

    accept_invitation(letter, cast.amina, at=NOON)

    assert [(row.name, row.stage) for row in people_of(council, on=_today())] == [("Amina Rahman", Stage.BOOKED)]


def test_erased_person_leaves_the_list() -> None:
    group, council = autumn(), organisation()
    run = colleague("Amy Able", group, council)
    type(run.learner).objects.filter(pk=run.learner.pk).update(blanked_at=NOON, email=None, is_active=False, name="")

    assert people_of(council, on=_today()) == []


@pytest.mark.parametrize("typed", "'’‘ʼ`")
@pytest.mark.parametrize("written", "'’‘ʼ`")
def test_name_with_an_apostrophe_is_found_however_either_is_written(typed: str, written: str) -> None:
    rows = [Row(f"Cat O{written}Neill", Stage.BOOKED), Row("Cat Oneill", Stage.BOOKED)]

    found = Look(words=f"o{typed}neill").of(rows)

    assert found == rows[:1]


def test_look_falls_back_to_everybody_by_name() -> None:
    assert Look.asked({"show": "x", "sort": "-x", "q": " a "}) == Look("everybody", "a", "name", False)


def test_member_who_was_written_to_stands_once_under_their_own_name_and_has_their_page(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    for email in (cast.amina.email, "Cast.Other@example.org"):
        Membership.objects.get_or_create(person=cast.amina, organisation=council, started_on=NOON.date())
        written_to("Typed Name", group, council, email)
    client.force_login(cast.lena)

    rows = {(row.name, row.stage, row.member) for row in people_of(council, on=_today()) if row.member != cast.lena.pk}
    page = _page(client, council, f"people/{cast.amina.uuid}/")

    assert rows == {
        (cast.amina.name, Stage.LETTER_SENT, cast.amina.pk), ("Typed Name", Stage.LETTER_SENT, None),
    }  # fmt: skip
    assert page.count("<strong>E-mail sent</strong>") == 1
