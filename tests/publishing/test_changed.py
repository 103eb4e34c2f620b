"""What is asked of a draft: pages outside courses nothing, films their words, and the editor sees it while writing."""

import pytest
from django.urls import reverse

from courses.models import Activity, Change, LessonPage
from publishing.changed import change_of
from publishing.changes import Class
from tests.factories import briefing_page, people, taught_course
from tests.factories.films import CAPTIONS, TRANSCRIPT, film_page
from tests.publishing.lessons import BEFORE, LATER, SPELT, form_of, published, publisher, said, signed_in, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson() -> LessonPage:
    return published(taught_course().lessons[0], BEFORE)


def kind_of(page: object) -> Class:
    change = change_of(page)  # type: ignore[arg-type]
    return change.found.kind if change else Class.NONE


def test_briefing_and_film_of_the_channel_are_no_course_content() -> None:
    briefing, film = briefing_page(4), film_page()
    briefing.title, film.title = "Another", "Another"

    assert [kind_of(page) for page in (briefing, film)] == [Class.NONE, Class.NONE]


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("captions", CAPTIONS.replace("file says", "fiel says"), Class.WORDING),
        ("captions", CAPTIONS.replace("06.000", "09.000"), Class.SUBSTANCE),
        ("transcript", [*TRANSCRIPT[:2], {**TRANSCRIPT[2], "text": "The ketle was on."}], Class.WORDING),
        ("transcript", [*TRANSCRIPT[:2], {**TRANSCRIPT[2], "speaker": "Doctor"}], Class.SUBSTANCE),
        ("transcript", TRANSCRIPT[:2], Class.SUBSTANCE),
        ("chapters", [{"at": 0, "title": "As it looked"}], Class.SUBSTANCE),
        ("lead", "Abuot second-look.", Class.SUBSTANCE),
        ("lead", "About teh second-look.", Class.WORDING),
        ("title", "Film second-loook", Class.SUBSTANCE),
        ("drafted_by", "Somebody else", Class.NONE),
        ("slug", "another", Class.NONE),
    ],
)
def test_film_in_a_course_is_classed_by_its_words(field: str, value: object, kind: Class) -> None:
    page = film_page(parent=taught_course().module_page)
    setattr(page, field, value)

    found = kind_of(page)

    assert found is kind


def test_published_change_of_a_film_is_kept_for_its_activity() -> None:
    page = film_page(parent=taught_course().module_page)
    before = page.content_digest
    page.transcript = TRANSCRIPT[:2]

    page.save_revision().publish()

    kept = Change.objects.get()
    assert kept.activity == Activity.objects.get(film=page.film)
    assert (kept.is_substance, kept.before_digest, kept.after_digest) == (True, before, page.content_digest)


def test_editor_is_told_of_what_stands_in_the_form_before_it_is_saved(lesson: LessonPage) -> None:
    client = signed_in(publisher(people().dev))
    address = reverse("publish_checks_of_form", args=[lesson.pk])

    wording, substance = (said(client.post(address, form_of(lesson, text))) for text in (SPELT, LATER))

    assert "<strong>Wording.</strong>" in wording
    assert "<strong>Substance.</strong>" in substance
    assert "The number “12” became “14”." in substance


def test_form_that_says_what_the_live_page_says_changes_nothing(lesson: LessonPage) -> None:
    client = signed_in(publisher(people().dev))

    told = said(client.post(reverse("publish_checks_of_form", args=[lesson.pk]), form_of(lesson, BEFORE)))

    assert "What this changes" not in told


def test_row_saved_without_a_publish_is_kept_as_a_change_too(lesson: LessonPage) -> None:
    written(lesson, LATER).save()

    kept = Change.objects.latest("pk")

    assert (kept.activity, kept.is_substance, kept.note) == (lesson.activity, True, "")
