"""Somebody outside reads a draft at a private address and answers in a box; nobody else is shown it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from toolkit.days import site_day

from courses.models import LessonPage
from media.models import FilmPage, Watching
from people.models import User
from publishing.fact_checks import MOST_ANSWERS, address_of, ask
from publishing.models import FactCheck, FactCheckAnswer
from reference.pages import WrittenPage
from tests.factories import briefing_page, front_page, people, report_page, story_page, taught_course
from tests.factories.films import film_page
from tests.factories.people import person
from tests.publishing.lessons import BEFORE, LATER, SPELT, drafted, form_of, published, publisher, said, signed_in

pytestmark = pytest.mark.django_db
ASKING = {"act": "ask", "reader": "Prof. Ŵyn Hâf", "question": "Is the time right?"}


@pytest.fixture
def dev() -> User:
    return publisher(people().dev)


@pytest.fixture
def lesson() -> LessonPage:
    return published(taught_course().lessons[0], BEFORE)


def desk(page: LessonPage) -> str:
    return reverse("fact_checks", args=[page.pk])


def in_days(days: int) -> str:
    return str(site_day() + timedelta(days=days))


def checked(page: LessonPage, by: User, *, days: int = 14) -> FactCheck:
    now, until = timezone.now(), site_day() + timedelta(days=days)
    return ask(page, reader="Ŵyn Hâf", question="Is the time right?", open_until=until, by=by, at=now)


def outside(check: FactCheck) -> str:
    return address_of(check).removeprefix("http://testserver")


def sent(check: FactCheck, words: str, client: Client | None = None) -> Any:
    return (client or Client()).post(outside(check), {"words": words})


def test_editor_given_a_name_and_a_question_has_an_address_that_shows_the_draft(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)

    made = signed_in(dev).post(desk(page), {**ASKING, "open_until": in_days(14)}, follow=True)
    check = FactCheck.objects.get()
    read = Client().get(outside(check))

    assert address_of(check) in said(made)
    assert "14 days." in said(read)
    assert "A draft for Prof. Ŵyn Hâf to check" in said(read)
    assert "Is the time right?" in said(read)


@pytest.mark.parametrize(
    "make",
    [lambda: briefing_page(4), lambda: story_page("rang"), report_page, film_page, front_page],
    ids=["briefing", "story", "report", "film", "front"],
)
def test_draft_of_every_kind_of_page_is_shown(dev: User, make: Callable[[], WrittenPage]) -> None:
    page = make()
    page.lead = "Words that only the draft has."
    page.save_revision()
    check = checked(type(page).objects.get(pk=page.pk), dev)

    response = Client().get(outside(check))

    assert response.status_code == 200
    assert "Words that only the draft has." in said(response)
    assert "Send my answer" in said(response)


def test_readers_of_the_live_page_see_nothing_of_the_draft_or_of_who_checks_it(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    check = checked(page, dev)
    Client().get(outside(check))

    live = said(signed_in(dev).get(page.url))

    assert "12 days." in live
    assert "14 days." not in live
    assert "Ŵyn" not in live


def test_draft_goes_into_no_cache_and_no_search_engine(lesson: LessonPage, dev: User) -> None:
    response = Client().get(outside(checked(drafted(lesson, LATER, dev), dev)))

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"].startswith("noindex")


def test_answer_is_shown_to_its_writer_and_at_the_desk_until_dealt_with(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    check, editor = checked(page, dev), signed_in(dev)

    mine = said(Client().post(outside(check), {"words": "It is\n15 <days>."}, follow=True))
    first = said(editor.get(reverse("wagtailadmin_home")))
    there = said(editor.get(desk(page)))
    editor.post(desk(page), {"act": "deal", "answer": str(FactCheckAnswer.objects.get().uuid)})
    after = said(editor.get(reverse("wagtailadmin_home")))

    assert "It is<br>15 <days>." in mine
    assert "It is<br>15 <days>." in there
    assert ("Ŵyn Hâf" in first, "Ŵyn Hâf" in after) == (True, False)
    assert FactCheckAnswer.objects.get().dealt_with_by == dev


def test_same_answer_sent_twice_is_kept_once_and_another_beside_it(lesson: LessonPage, dev: User) -> None:
    check = checked(drafted(lesson, LATER, dev), dev)

    for words in ("Fifteen.", "Fifteen.", "And the group is called a panel."):
        sent(check, words)

    assert list(check.answers.values_list("words", flat=True)) == ["Fifteen.", "And the group is called a panel."]


@pytest.mark.parametrize("words", ["", " \n\u200b", "x" * 10_001])
def test_answer_that_cannot_be_kept_is_refused_with_a_sentence_and_stays_in_the_box(
    lesson: LessonPage, dev: User, words: str
) -> None:
    check = checked(drafted(lesson, LATER, dev), dev)

    response = sent(check, words)

    assert response.status_code == 422
    assert "<title>Error:" in said(response)
    assert words.strip() in said(response)
    assert not check.answers.exists()


def test_one_answer_too_many_is_refused_and_stays_in_the_box(lesson: LessonPage, dev: User) -> None:
    check = checked(drafted(lesson, LATER, dev), dev)
    for number in range(MOST_ANSWERS):
        FactCheckAnswer.objects.create(fact_check=check, words=str(number), at=timezone.now())

    response = sent(check, "Something else.")

    assert "as many answers here as one draft takes" in said(response)
    assert "Something else." in said(response)
    assert check.answers.count() == MOST_ANSWERS


@pytest.mark.parametrize("how", ["closed", "over", "gone"])
def test_address_that_is_no_longer_open_shows_nothing_of_the_draft_and_takes_no_answer(
    lesson: LessonPage, dev: User, how: str
) -> None:
    page = drafted(lesson, LATER, dev)
    check = checked(page, dev, days=-1 if how == "over" else 14)
    address = outside(check)
    if how == "closed":
        signed_in(dev).post(desk(page), {"act": "close", "check": str(check.uuid)})
    if how == "gone":
        page.revisions.filter(pk=check.revision_id).delete()

    read, answered = Client().get(address), Client().post(address, {"words": "Fifteen."})

    assert (read.status_code, answered.status_code) == (410, 410)
    assert "This draft is no longer open" in said(read)
    assert "days." not in said(read) + said(answered)
    assert not check.answers.exists()


@pytest.mark.parametrize("end", ["x", "\x00", "/", ":", "é"])
def test_address_with_a_sign_changed_is_not_there(lesson: LessonPage, dev: User, end: str) -> None:
    address = outside(checked(drafted(lesson, LATER, dev), dev))

    assert Client().get(f"{address[:-2]}{end}/").status_code == 404


def test_version_that_was_sent_out_is_the_one_that_is_read_whatever_is_saved_later(
    lesson: LessonPage, dev: User
) -> None:
    page = drafted(lesson, LATER, dev)
    check = checked(page, dev)
    later = drafted(page, SPELT.replace("12", "16"), dev)

    read, at_desk = said(Client().get(outside(check))), said(signed_in(dev).get(desk(later)))

    assert ("14 days." in read, "16 days." in read) == (True, False)
    assert "the draft has been saved again since" in at_desk


def test_version_that_was_sent_out_is_not_written_over(lesson: LessonPage, dev: User) -> None:
    page = drafted(lesson, LATER, dev)
    check = checked(page, dev)
    over = {**form_of(page, SPELT.replace("12", "16")), "overwrite_revision_id": str(page.latest_revision_id)}

    response = signed_in(dev).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), over)

    assert "Somebody outside reads this version, so it stays." in said(response)
    assert "14 days." in said(Client().get(outside(check)))


BAD = [
    ("reader", "", "Write who checks it."),
    ("reader", "\u200b", "Write who checks it."),
    ("question", "", "Write what they should look at."),
    ("open_until", "", "Choose the last day on which it opens."),
    ("open_until", "soon", "Write a day such as 2027-01-31."),
    ("open_until", "yesterday", "Choose a day from today on"),
    ("open_until", "61 days", "Choose a day from today on"),
]


@pytest.mark.parametrize(("name", "typed", "sentence"), BAD)
def test_asking_without_what_is_needed_is_refused_with_a_sentence(
    lesson: LessonPage, dev: User, name: str, typed: str, sentence: str
) -> None:
    typed = {"yesterday": in_days(-1), "61 days": in_days(61)}.get(typed, typed)

    response = signed_in(dev).post(desk(lesson), {**ASKING, "open_until": in_days(14), name: typed})

    assert response.status_code == 422
    assert sentence in said(response)
    assert not FactCheck.objects.exists()


@pytest.mark.parametrize(
    "act", [{"act": "close"}, {"act": "close", "check": "x"}, {"act": "deal", "answer": "\x00"}, {}]
)
def test_act_on_what_is_not_there_changes_nothing_and_is_no_fault_of_ours(
    lesson: LessonPage, dev: User, act: dict[str, str]
) -> None:
    checked(drafted(lesson, LATER, dev), dev)

    response = signed_in(dev).post(desk(lesson), act)

    assert response.status_code in (302, 400, 404)
    assert FactCheck.objects.get().closed_at is None


def test_fact_check_of_another_page_is_not_closed_from_here(lesson: LessonPage, dev: User) -> None:
    check = checked(drafted(lesson, LATER, dev), dev)
    other = LessonPage.objects.exclude(pk=lesson.pk)[0]

    response = signed_in(dev).post(desk(other), {"act": "close", "check": str(check.uuid)})

    assert response.status_code == 404
    assert FactCheck.objects.get().closed_at is None


def test_person_who_may_not_edit_the_page_has_no_screen_of_its_fact_checks(lesson: LessonPage) -> None:
    ann = person("Ann Lee")

    response = signed_in(ann).get(desk(lesson))

    assert response.status_code in (302, 403)


NEW_CAPTIONS = "WEBVTT\n\n00:00:02.000 --> 00:00:06.000\n<v Narrator>The draft says: no reply.\n"


def film_sent_out(dev: User, **fields: Any) -> tuple[FactCheck, FilmPage]:
    """A film that was never published, with captions of its own."""
    page = film_page("unseen", **fields)
    page.unpublish()
    page.captions = NEW_CAPTIONS
    page.save_revision()
    page = FilmPage.objects.get(pk=page.pk)
    return checked(page, dev), page


def test_draft_of_a_film_plays_with_its_own_captions_and_transcript_without_an_account(dev: User) -> None:
    check, page = film_sent_out(dev)
    film, captions = f"{outside(check)}film.mp4", f"{outside(check)}captions.vtt"
    client = Client()

    read = said(client.get(outside(check)))
    part: Any = client.get(film, headers={"Range": "bytes=0-3"})
    words = client.get(captions)

    assert (f'src="{film}"' in read, f'src="{captions}"' in read, f'href="{film}"' in read) == (True, True, True)
    assert (page.film_file.url in read, "data-report" in read) == (False, False)
    assert "The kettle was on." in read
    assert (part.status_code, len(b"".join(part.streaming_content))) == (206, 4)
    assert (words.status_code, "The draft says: no reply." in words.content.decode()) == (200, True)
    for response in (part, words):
        assert "no-store" in response.headers["Cache-Control"]
        assert response.headers["X-Robots-Tag"].startswith("noindex")
    assert (client.get(page.film_file.url).status_code, client.get(f"{outside(check)}film.webm").status_code) == (
        404,
        404,
    )


@pytest.mark.parametrize("how", ["closed", "over", "gone"])
def test_film_of_a_draft_is_gone_with_its_check(dev: User, how: str) -> None:
    check, page = film_sent_out(dev)
    addresses = [f"{outside(check)}film.mp4", f"{outside(check)}captions.vtt"]
    assert [Client().get(one).status_code for one in addresses] == [200, 200]
    ended = outside(checked(page, dev, days=-1))

    if how == "closed":
        signed_in(dev).post(desk(page), {"act": "close", "check": str(check.uuid)})
    elif how == "over":
        addresses = [f"{ended}film.mp4", f"{ended}captions.vtt"]
    else:
        page.revisions.filter(pk=check.revision_id).delete()

    assert [Client().get(one).status_code for one in addresses] == [404, 404]


def test_check_of_another_page_opens_no_film_and_nothing_of_who_watches_is_kept(lesson: LessonPage, dev: User) -> None:
    check, page = film_sent_out(dev)
    other = checked(drafted(lesson, LATER, dev), dev)
    amina = person("Amina Watching")

    read = signed_in(amina).get(outside(check))

    assert [Client().get(f"{outside(other)}{end}").status_code for end in ("film.mp4", "captions.vtt")] == [404, 404]
    assert Client().get(f"{outside(check)[:-3]}x/film.mp4").status_code == 404
    assert "data-report" not in said(read)
    assert not Watching.objects.filter(film=page.film).exists()


def test_draft_of_a_film_at_another_host_lets_its_frame_in(dev: User) -> None:
    given = {
        "film_file": None,
        "embed_address": "https://vimeo.com/76979871",
        "embed_seconds": 60,
        "embed_captioned": True,
    }
    check, _page = film_sent_out(dev, **given)

    assert "player.vimeo.com" in Client().get(outside(check)).headers["Content-Security-Policy"]
