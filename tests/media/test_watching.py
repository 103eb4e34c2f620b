"""Counting what was watched: merged, bounded by the server's clock, one place for every device."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from media.films import Watching
from media.signals import film_watched
from media.watching import ReportRefused, open_film, place_of, report, resumable
from tests.factories import NOON, people
from tests.factories.films import film_of, film_page
from tests.factories.people import person

pytestmark = pytest.mark.django_db


def after(seconds: float):
    return NOON + timedelta(seconds=seconds)


@pytest.fixture
def amina():
    return people().amina


@pytest.fixture
def film():
    """A film of sixty seconds in the channel."""
    return film_of(film_page())


@pytest.fixture
def heard():
    """The films whose news was sent."""
    sent = []

    def listen(sender, watching, **kwargs):
        sent.append(watching.film_id)

    film_watched.connect(listen)
    yield sent
    film_watched.disconnect(listen)


def send(amina, film, intervals, *, seconds, opened=0, place=0.0):
    """A report so many seconds after noon from a page opened so many seconds after noon."""
    opening = open_film(amina, film, at=after(opened))
    return report(amina, film, opening, intervals=intervals, place=place, at=after(seconds))


def test_what_was_watched_is_merged_over_reports_and_pages(amina, film):
    send(amina, film, [(0, 10)], seconds=10)
    send(amina, film, [(0, 10), (9, 20)], seconds=20)
    send(amina, film, [(30, 35)], seconds=90, opened=60)

    assert Watching.objects.get().intervals == [[0, 20], [30, 35]]


def test_same_report_again_changes_nothing(amina, film):
    first = send(amina, film, [(0, 10)], seconds=10, place=10)
    again = send(amina, film, [(0, 10)], seconds=11, place=10)

    assert (again.pk, again.counted_at, Watching.objects.get().intervals) == (first.pk, after(10), [[0, 10]])


@pytest.mark.parametrize("watched", [10, 20, 20.4])
def test_up_to_the_time_passed_times_the_fastest_speed_is_counted(amina, film, watched):
    row = send(amina, film, [(0, watched)], seconds=10)

    assert row.intervals == [(0, watched)]


@pytest.mark.parametrize("intervals", [[(0, 21)], [(0, 10), (20, 31)], [(0, 60)]])
def test_more_than_that_is_refused_and_nothing_of_it_is_kept(amina, film, intervals):
    with pytest.raises(ReportRefused, match="More was reported than could have been watched"):
        send(amina, film, intervals, seconds=10, place=40)

    assert Watching.objects.count() == 0


def test_time_is_not_counted_twice_by_two_tabs(amina, film):
    send(amina, film, [(0, 20)], seconds=10)

    with pytest.raises(ReportRefused):
        send(amina, film, [(20, 40)], seconds=10)

    row = send(amina, film, [(20, 40)], seconds=20)
    assert row.intervals == [(0, 40)]


def test_page_left_open_overnight_gives_no_credit_for_the_time_before_the_last_count(amina, film):
    send(amina, film, [(0, 5)], seconds=3600)

    with pytest.raises(ReportRefused):
        send(amina, film, [(0, 60)], seconds=3605)


def test_page_that_says_it_was_opened_later_than_now_gives_no_credit(amina, film):
    with pytest.raises(ReportRefused):
        send(amina, film, [(0, 10)], seconds=0, opened=600)


def test_moments_after_the_end_of_the_film_do_not_count(amina, film):
    row = send(amina, film, [(50, 90)], seconds=10, place=90)

    assert (row.intervals, row.place_seconds) == ([(50, 60)], 60)


@pytest.mark.parametrize(("watched", "is_watched"), [(53.9, False), (54, True), (60, True)])
def test_nine_tenths_of_a_film_is_watched(amina, film, watched, is_watched):
    row = send(amina, film, [(0, watched)], seconds=60)

    assert (row.watched_at == after(60)) is is_watched


def test_first_time_a_film_was_watched_is_kept_and_the_news_is_sent_each_time(
    amina, film, heard, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(amina, film, [(0, 20)], seconds=20)
        send(amina, film, [(20, 56)], seconds=60)
        send(amina, film, [(56, 60)], seconds=70)

    assert (Watching.objects.get().watched_at, heard) == (after(60), [film.pk, film.pk])


def test_nobody_reports_for_somebody_else_or_for_another_film(amina, film):
    other = person("Zoe Lane")
    another = film_of(film_page("another"))
    opening = open_film(amina, film, at=NOON)

    for who, what in ((other, film), (amina, another)):
        with pytest.raises(ReportRefused, match="opened by somebody else, or for another film"):
            report(who, what, opening, intervals=[(0, 1)], place=0, at=after(10))

    assert Watching.objects.count() == 0


@pytest.mark.parametrize("opening", ["", "made-up", "a:b:c"])
def test_note_we_did_not_sign_is_refused(amina, film, opening):
    with pytest.raises(ReportRefused, match="opened too long ago"):
        report(amina, film, opening, intervals=[(0, 1)], place=0, at=after(10))


def test_note_older_than_a_day_is_refused(amina, film, time_machine):
    time_machine.move_to(NOON)
    opening = open_film(amina, film, at=NOON)
    time_machine.move_to(NOON + timedelta(hours=25))

    with pytest.raises(ReportRefused, match="opened too long ago"):
        report(amina, film, opening, intervals=[(0, 1)], place=0, at=timezone.now())


def test_somebody_not_signed_in_gets_no_note_and_has_no_place(film):
    assert (open_film(AnonymousUser(), film, at=NOON), place_of(AnonymousUser(), film)) == ("", 0)


@pytest.mark.parametrize(("place", "kept"), [(0, 0), (4.9, 0), (5, 5), (30, 30), (50, 50), (50.1, 0), (60, 0)])
def test_place_is_gone_back_to_unless_it_is_the_beginning_or_the_end(amina, film, place, kept):
    send(amina, film, [], seconds=60, place=place)

    assert (place_of(amina, film), resumable(place, 60)) == (kept, kept)


def test_film_never_opened_or_of_unknown_length_has_no_place(amina, film):
    assert (place_of(amina, film), resumable(30, None)) == (0, 0)


# -- The address the page's script posts to -------------------------------------------------------------------


@pytest.fixture
def page():
    return film_page()


def post(client, page, **changed):
    given = {"intervals": json.dumps([[0, 0.5]]), "place": "12.5", **changed}
    return client.post(f"/film-report/{page.film.uuid}/", given)


def test_report_from_the_page_keeps_place_and_intervals_for_any_device(client, page, amina):
    client.force_login(amina)
    opening = client.get(page.url).context["showing"].opening

    response = post(client, page, opening=opening)

    row = Watching.objects.get()
    assert (response.status_code, response.json()) == (200, {"is_watched": False})
    assert (row.person, row.intervals, row.place_seconds) == (amina, [[0, 0.5]], 12.5)


def test_report_of_too_much_is_answered_409_in_words(client, page, amina):
    client.force_login(amina)
    opening = client.get(page.url).context["showing"].opening

    response = post(client, page, opening=opening, intervals="[[0, 60]]")

    assert (response.status_code, Watching.objects.count()) == (409, 0)
    assert response.json()["problem"].startswith("More was reported than could have been watched")


@pytest.mark.parametrize(
    "changed",
    [{"intervals": "not json"}, {"intervals": "[[1]]"}, {"intervals": "{}"}, {"intervals": "[" * 19_000},
     {"place": "nan"}, {"place": "x"}, {"place": "-1"}, {"place": "1e99"}],
)  # fmt: skip
def test_report_that_did_not_arrive_whole_is_answered_400(client, page, amina, changed):
    client.force_login(amina)
    opening = client.get(page.url).context["showing"].opening

    response = post(client, page, opening=opening, **changed)

    assert (response.status_code, Watching.objects.count()) == (400, 0)
    assert response.json() == {"problem": "The report did not arrive whole."}


def test_somebody_not_signed_in_keeps_nothing(client, page):
    response = post(client, page, opening="x")

    assert (response.status_code, Watching.objects.count()) == (302, 0)


def test_film_one_may_not_see_is_not_found(client, page, amina):
    page.unpublish()
    client.force_login(amina)

    assert post(client, page, opening="x").status_code == 404
    assert client.get(f"/film-report/{page.film.uuid}/").status_code == 405
