"""A term set out in a lesson: its meaning follows the glossary, and the glossary keeps what lessons set out."""

import pytest
from django.urls import reverse

from courses.models import LessonPage
from publishing.checks import findings_in
from publishing.drafts import draft_of
from reference.protection import reason_to_keep
from tests.factories import lesson_page, person, taught_course, term
from tests.publishing.lessons import publisher, signed_in

pytestmark = pytest.mark.django_db


def lesson(key: str = "drift") -> LessonPage:
    body = [{"type": "term", "value": {"key": key}, "id": "00000000-0000-4000-8000-0000000000aa"}]
    page = lesson_page(taught_course().module_page, "Words", "words", body=body)
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def test_lesson_sets_out_the_term_with_its_meaning_and_lists_it() -> None:
    term("drift", en="Drift", meaning="Moving a little at a time.")

    page = lesson()

    assert '<dfn><a href="/glossary/drift/">Drift</a></dfn></dt><dd>Moving a little at a time.</dd>' in str(page.text)
    assert [one.key for one in page.terms] == ["drift"]


def test_meaning_changed_in_the_glossary_changes_in_the_lesson() -> None:
    drift = term("drift", en="Drift", meaning="Before.")
    page = lesson()

    drift.meanings = {"en": "After."}
    drift.save()

    assert "After." in str(LessonPage.objects.get(pk=page.pk).text)


def test_term_that_is_not_in_the_glossary_is_in_the_way_of_publishing() -> None:
    found = findings_in(draft_of(lesson("gone")))

    assert [(one.code, one.detail) for one in found if one.code == "link_gone"] == [("link_gone", "gone")]


def test_term_that_is_there_is_not() -> None:
    term("drift", en="Drift")

    assert [one for one in findings_in(draft_of(lesson())) if one.code.startswith("link")] == []


def test_editor_chooses_among_the_terms_by_their_words() -> None:
    page = lesson()
    term("drift", en="Slow drift")
    desk = signed_in(publisher(person("dev")))

    said = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "Slow drift" in said


def test_term_a_lesson_sets_out_is_kept_with_a_reason() -> None:
    drift, other = term("drift", en="Drift"), term("other", en="Other")
    lesson()

    assert reason_to_keep(drift) == "“Drift” is linked from a page and cannot be deleted. Take the link off first."
    assert reason_to_keep(other) == ""
