"""Pages and the neutral rows they point to: one row for what is taught, one page for each language of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from courses.models import Activity, Course, CoursePage, LessonPage, Module, ModulePage
from enrolments.models import Progress
from enrolments.progress import mark_read
from tests.factories import NOON, cohort, enrolment, lesson_page, people, taught_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def welsh():
    return Locale.objects.get_or_create(language_code="cy")[0]


def fields_of(activity):
    return activity.kind, activity.course, activity.module, activity.position


def test_a_lesson_an_editor_adds_gets_an_activity_at_the_end_of_its_module():
    taught = taught_course()
    before = set(Activity.objects.all())

    page = taught.module_page.add_child(instance=LessonPage(title="Third", slug="third"))

    made = set(Activity.objects.all()) - before
    assert made == {page.activity}
    assert fields_of(page.activity) == ("lesson", taught.course, taught.module, 30)
    assert page.language == "en"


def test_a_module_an_editor_adds_gets_the_next_number():
    taught = taught_course()

    page = taught.course_page.add_child(instance=ModulePage(title="Two", slug="m2"))

    assert (page.module.course, page.module.number, Module.objects.count()) == (taught.course, 2, 2)


def test_a_course_an_editor_adds_gets_a_course_of_its_slug():
    taught = taught_course()

    page = taught.home.add_child(instance=CoursePage(title="Another", slug="another-course"))

    assert (page.course.key, page.course.code, Course.objects.count()) == ("another-course", "ANOTHER-COURSE", 2)


def test_the_first_module_and_lesson_of_a_course_count_from_one_and_ten():
    taught = taught_course()
    course = taught.home.add_child(instance=CoursePage(title="Another", slug="another"))

    module = course.add_child(instance=ModulePage(title="One", slug="m1"))
    lesson = module.add_child(instance=LessonPage(title="First", slug="first"))

    assert (module.module.number, lesson.activity.position) == (1, 10)


def test_saving_a_page_again_keeps_its_activity():
    page = taught_course().lessons[0]
    activity = page.activity

    page.title = "Retitled"
    page.save_revision().publish()

    page.refresh_from_db()
    assert (page.activity, Activity.objects.filter(kind="lesson").count()) == (activity, 2)


def test_a_copied_lesson_gets_an_activity_of_its_own():
    taught = taught_course()
    original = taught.lessons[0]

    copy = original.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert copy.activity != original.activity
    assert fields_of(copy.activity) == ("lesson", taught.course, taught.module, 30)


def test_a_copied_module_gets_a_number_and_its_lessons_activities_of_their_own():
    taught = taught_course()

    copy = taught.module_page.copy(recursive=True, update_attrs={"slug": "m2", "title": "Copy"})

    lessons = LessonPage.objects.child_of(copy)
    assert (copy.module.number, [lesson.activity.module for lesson in lessons]) == (2, [copy.module, copy.module])
    assert {lesson.activity_id for lesson in lessons} & {lesson.activity_id for lesson in taught.lessons} == set()


def translate(taught, welsh):
    for page in (taught.home, taught.course_page, taught.module_page):
        page.copy_for_translation(welsh).save_revision().publish()
    translated = taught.lessons[0].copy_for_translation(welsh)
    translated.save_revision().publish()
    return LessonPage.objects.get(pk=translated.pk)


def test_a_translation_shares_its_activity(welsh):
    taught = taught_course()

    translated = translate(taught, welsh)

    assert (translated.activity, translated.language) == (taught.lessons[0].activity, "cy")
    assert [page.module for page in ModulePage.objects.all()] == [taught.module] * 2
    assert [page.course for page in CoursePage.objects.all()] == [taught.course] * 2


def test_there_is_one_page_for_a_row_and_language(welsh):
    taught = taught_course()
    translate(taught, welsh)
    second = LessonPage(title="Again", slug="again", activity=taught.lessons[0].activity)

    with pytest.raises(ValidationError) as refused:
        taught.module_page.add_child(instance=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        LessonPage.objects.filter(pk=taught.lessons[1].pk).update(activity=taught.lessons[0].activity)

    assert refused.value.message_dict == {"__all__": ["Lesson with this Activity and Language already exists."]}
    assert LessonPage.objects.filter(activity=taught.lessons[0].activity).count() == 2


def test_the_pages_of_both_languages_point_to_each_other(welsh):
    taught = taught_course()
    translate(taught, welsh)

    contexts = [page.get_context(None)["translations"] for page in (taught.course_page, taught.module_page)]

    assert [[page.locale.language_code for page in pages] for pages in contexts] == [["cy"], ["cy"]]


def test_sections_are_their_keys_and_headings_in_order():
    body = [
        {"type": "section", "value": {"heading": "One", "key": "one"}},
        {"type": "text", "value": "<p>x</p>"},
        {"type": "section", "value": {"heading": "Two", "key": "two"}},
    ]

    page = lesson_page(taught_course().module_page, "Sections", "sections", body=body)

    assert page.sections == [("one", "One"), ("two", "Two")]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (50, 1), (200, 1), (299, 1), (301, 2), (800, 4), (1000, 5)])
def test_minutes_are_the_words_at_two_hundred_a_minute(words, minutes):
    body = [{"type": "text", "value": "<p>" + "word " * words + "</p>"}]

    page = LessonPage(title="x", slug="x", body=LessonPage._meta.get_field("body").to_python(body))

    assert page.minutes == minutes


def test_the_digest_changes_with_what_a_reader_sees_and_with_nothing_else():
    page = taught_course().lessons[0]
    before = page.content_digest
    digests = {}

    for name, value in [
        ("drafted_by", "Somebody"),
        ("slug", "moved"),
        ("title", "Other"),
        ("lead", "Other"),
        ("content_notice", 2),
        ("content_topics", ["harm"]),
    ]:
        other = LessonPage.objects.get(pk=page.pk)
        setattr(other, name, value)
        digests[name] = other.content_digest == before

    assert digests == {
        "drafted_by": True,
        "slug": True,
        "title": False,
        "lead": False,
        "content_notice": False,
        "content_topics": False,
    }


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"checked_by": "Somebody"}, {"checked_on": ["Say both who checked this page and on which day."]}),
        ({"checked_on": date(2026, 1, 1)}, {"checked_on": ["Say both who checked this page and on which day."]}),
        ({"content_notice": 1}, {"content_topics": ["Say what the content notice is about."]}),
    ],
)
def test_a_page_that_tells_half_is_refused(fields, fault):
    page = taught_course().lessons[0]
    for name, value in fields.items():
        setattr(page, name, value)

    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    assert refused.value.message_dict == fault


def test_a_checked_page_is_checked_until_its_words_change():
    page = taught_course().lessons[0]
    page.checked_by, page.checked_on = "A practitioner", date(2026, 12, 1)
    page.save()
    checked = page.is_checked

    page.lead = "Other words."
    page.save()
    changed = page.is_checked

    assert (checked, changed) == (True, False)


# -- As served ------------------------------------------------------------------------------------------------


def test_course_and_module_pages_are_open_to_anybody():
    taught = taught_course()
    anybody = Client()

    course, module = (anybody.get(page.url) for page in (taught.course_page, taught.module_page))

    assert (course.status_code, module.status_code) == (200, 200)
    assert "Module one" in course.content.decode()
    for words in ("Lesson 1", "Lesson 2", "Can do thing 1.", "Can do thing 3.", "1 minute"):
        assert words in module.content.decode()


def test_a_lesson_asks_for_an_enrolment_and_gives_nothing_away():
    taught, cast = taught_course(), people()
    stranger = Client()
    stranger.force_login(cast.carol, backend="people.backends.Door")

    signed_out, refused = Client().get(taught.lessons[0].url), stranger.get(taught.lessons[0].url)

    assert (signed_out.status_code, refused.status_code) == (302, 403)
    assert "Words of lesson-1" not in refused.content.decode()


def test_unpublishing_hides_a_lesson_and_keeps_what_was_done_on_it():
    taught, amina = taught_course(), people().amina
    run = enrolment(amina, cohort(taught.course))
    mark_read(run, taught.lessons[0].activity, digest="d", at=NOON)
    before = list(Progress.objects.values())
    learner = Client()
    learner.force_login(amina, backend="people.backends.Door")
    url = taught.lessons[0].url

    taught.lessons[0].unpublish()

    assert learner.get(url).status_code == 404
    assert list(Progress.objects.values()) == before
    assert "Lesson 1" not in Client().get(taught.module_page.url).content.decode()


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_module_page_costs_the_same_queries_however_many_lessons(lessons):
    taught = taught_course()
    for number in range(3, lessons + 1):
        lesson_page(taught.module_page, f"Lesson {number}", f"lesson-{number}")
    if lessons == 1:
        taught.lessons[1].unpublish()
    made_anew = f"{taught.module_page.url}?made=anew"  # without a question, a visitor is given what is kept
    Client().get(made_anew)

    with CaptureQueriesContext(connection) as captured:
        Client().get(made_anew)

    assert (LessonPage.objects.live().count(), len(captured)) == (lessons, 13)


def test_a_locale_with_pages_is_not_deleted(welsh):
    translate(taught_course(), welsh)
    before = Page.objects.count()

    with pytest.raises(Exception, match="protected") as refused:
        welsh.delete()

    assert refused.typename == "ProtectedError"
    assert (Page.objects.count(), Locale.objects.filter(language_code="cy").count()) == (before, 1)
