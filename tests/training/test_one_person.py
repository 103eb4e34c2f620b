"""One of a lead's people: saying that they leave, in words first, and what is there afterwards."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from enrolments.models import Enrolment
from people.models import Membership, OrganisationRole
from tests.enrolments.doings import read
from tests.factories import cohort, enrolment, people, taught_course
from tests.training.making import autumn, colleague, led_by
from training.own_people import people_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _today() -> date:
    return timezone.localdate()


def test_lead_is_told_what_happens_before_anything_does(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Amy Able", group, council)
    client.force_login(cast.lena)

    page = client.get(f"/organisation/{council.uuid}/people/{run.learner.uuid}/leaving/?on={_today()}").content.decode()

    run.refresh_from_db()
    assert run.booking_ended_on is None
    for words in ("They keep their account", "you no longer see them here", "is free again", "Yes, they leave from"):
        assert words in page


def test_leaver_of_today_is_gone_at_once_and_their_page_with_them(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Amy Able", group, council)
    address = f"/organisation/{council.uuid}/people/{run.learner.uuid}/"
    client.force_login(cast.lena)

    done = client.post(f"{address}leaving/", {"on": _today()}, follow=True)

    assert done.redirect_chain == [(f"/organisation/{council.uuid}/", 302)]
    assert f"Amy Able left your organisation from {_today().day} " in done.content.decode()
    assert people_of(council, on=_today()) == []
    answers = [
        client.get(address),
        client.get(f"{address}leaving/"),
        client.post(f"{address}leaving/", {"on": _today()}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Enrolment.objects.get(pk=run.pk).state == "booked"


def test_leaver_of_a_day_ahead_stays_listed_with_it_until_then_and_may_stay_after_all(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Amy Able", group, council)
    address = f"/organisation/{council.uuid}/people/{run.learner.uuid}/"
    on = _today() + 40 * DAY
    client.force_login(cast.lena)

    client.post(f"{address}leaving/", {"on": on})
    listed = [[row.leaves_on for row in people_of(council, on=on - days * DAY)] for days in (40, 1, 0)]
    pages = [client.get(one).content.decode() for one in (f"/organisation/{council.uuid}/", address)]
    client.post(f"{address}leaving/", {"stay": "1"})

    assert listed == [[on], [on], []]
    assert [f"on {on.day} {on:%B %Y}" in page for page in pages] == [True, True]
    assert [row.leaves_on for row in people_of(council, on=on)] == [None]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "Give a day."),
        ("tomorrow", "Give a day, such as"),
        ("2020-01-01", "has belonged to your organisation since"),
        ("2099-01-01", "more than a year ahead"),
    ],
)
def test_day_that_cannot_be_is_refused_in_words_asked_or_sent(client: Client, given: str, said: str) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    run = colleague("Amy Able", group, council)
    address = f"/organisation/{council.uuid}/people/{run.learner.uuid}/leaving/"
    client.force_login(cast.lena)

    answers = [client.get(address, {"on": given}), client.post(address, {"on": given})]

    assert [(answer.status_code, said in answer.content.decode()) for answer in answers] == [(422, True)] * 2
    assert not Membership.objects.exclude(ended_on=None).exists()


def test_lead_who_leaves_is_lead_no_more_and_is_told_so_before(client: Client) -> None:
    cast, group = people(), autumn()
    council = led_by(cast.lena)
    Membership.objects.create(person=cast.lena, organisation=council, started_on=date(2026, 1, 1))
    enrolment(cast.amina, group, booked_by=council)
    client.force_login(cast.lena)
    address = f"/organisation/{council.uuid}/people/{cast.lena.uuid}/leaving/"

    asked = client.get(address, {"on": _today()}).content.decode()
    done = client.post(address, {"on": _today()}, follow=True)

    assert "you are no lead here any more" in asked
    assert (done.redirect_chain, done.status_code) == ([("/my-learning/", 302)], 200)
    assert client.get(f"/organisation/{council.uuid}/").status_code == 404
    assert OrganisationRole.objects.get().ends_on == _today()


def test_member_who_is_not_booked_may_leave_too(client: Client) -> None:
    cast = people()
    council = led_by(cast.lena)
    Membership.objects.create(person=cast.amina, organisation=council, started_on=date(2026, 1, 1))
    client.force_login(cast.lena)
    address = f"/organisation/{council.uuid}/people/{cast.amina.uuid}/"

    page = client.get(address).content.decode()
    client.post(f"{address}leaving/", {"on": _today()})

    assert "you have booked nothing for them" in page
    assert people_of(council, on=_today()) == []


def test_somebody_who_begins_before_the_place_is_taken_back_keeps_it(client: Client) -> None:
    taught, cast = taught_course(), people()
    council = led_by(cast.lena)
    run = colleague("Amy Able", cohort(taught.course), council)
    client.force_login(cast.lena)
    address = f"/organisation/{council.uuid}/bookings/{run.uuid}/"
    asked = client.get(address)
    read(run, taught.lessons[0])

    answer = client.post(address)

    run.refresh_from_db()
    assert (asked.status_code, answer.status_code, run.state) == (200, 404, "active")
