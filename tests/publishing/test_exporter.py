"""A course taken out of a site and put into another: the same bytes again, and nothing lost without a word."""

import zipfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from assessments.models import Assessment, Item, ItemBank
from courses.choices import ActivityKind
from courses.models import Activity, Course, LearningOutcome, LessonPage, Requirement, RequirementSet
from credentials.models import Achievement
from publishing.attachments import read_attachments
from publishing.exporter import CannotExport, export, exported_course
from publishing.faults import BadContent
from publishing.loader import Verdict, load, summary
from publishing.package import read_package
from reference.models import LegalStatement
from tests.factories import legal_statement, source
from tests.factories.site import real_content
from tests.publishing.parcel import LESSON, loaded, parcel
from tests.publishing.test_loader import edit, lesson

pytestmark = pytest.mark.django_db

CONTENT = Path(__file__).resolve().parents[2] / "content"


@contextmanager
def another_site():
    """What happens inside leaves no trace in the database: the site before it is there again afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def bytes_of(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def load_from(package, side=None):
    return load(read_package(package), files=read_attachments(package), side=side)


@pytest.mark.lengthy
def test_the_starter_course_loaded_into_an_empty_site_and_exported_again_is_the_same_bytes(tmp_path):
    with another_site():
        real_content()
        export("foundation", tmp_path / "first")
    with another_site():
        report = load_from(tmp_path / "first")
        export("foundation", tmp_path / "second")

    first = bytes_of(tmp_path / "first")
    assert {verdict for verdict, _thing in report.lines} == {Verdict.CREATE}
    assert bytes_of(tmp_path / "second") == first
    asked = [path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("courses/**/items/*.yaml")]
    assert {path for path in first if "/items/" in path} == set(asked)
    assert len(asked) > 100
    texts = [text for path, text in first.items() if not path.endswith(".png")]
    assert all(text.endswith(b"\n") and b"\r" not in text for text in texts)
    assert len(first) - len(texts) == 2  # the pictures of two questions


@pytest.mark.lengthy
def test_the_starter_course_exported_and_loaded_where_it_came_from_changes_nothing(tmp_path):
    real_content()
    export("foundation", tmp_path / "package")

    report = load_from(tmp_path / "package")

    assert {verdict for verdict, _thing in report.lines} == {Verdict.UNCHANGED}
    assert len(report.lines) > 40


def test_a_zip_holds_the_same_as_a_folder_and_is_the_same_bytes_each_time(tmp_path):
    loaded(parcel())

    for name in ("folder", "one.zip", "two.zip"):
        export("small", tmp_path / name)

    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        held = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        days = {entry.date_time for entry in archive.infolist()}
    assert held == bytes_of(tmp_path / "folder")
    assert days == {(1980, 1, 1, 0, 0, 0)}
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def asked_for(*, is_sealed=True, **rules):
    """One more requirement set of the small course, which asks for its quiz."""
    course, now = Course.objects.get(), timezone.now()
    made = RequirementSet.objects.create(course=course, key="more", version=1, created_at=now)
    quiz = Activity.objects.get(kind=ActivityKind.ASSESSMENT)
    rules = {"pass_share": "1/2", "attempts_allowed": 2, **rules}
    Requirement.objects.create(requirement_set=made, activity=quiz, **rules)
    if is_sealed:
        made.sealed_at = now
        made.save(update_fields=["sealed_at"])


def test_a_set_that_is_not_sealed_stays_behind_and_a_private_bank_is_warned_of():
    load(parcel())
    asked_for(is_sealed=False)
    ItemBank.objects.update(is_open=False)

    exported = exported_course("small")

    assert exported.notes.left_out == ["The requirement set “more” version 1, which is not sealed yet."]
    assert exported.notes.warned == [
        "The package holds the keys of the private bank “small-open”. Keep it where keys are kept."
    ]


def test_what_was_published_at_the_desk_comes_out_and_goes_into_another_site(tmp_path):
    with another_site():
        load(parcel())
        page = lesson()
        raw = [dict(block) for block in page.body.raw_data]
        raw.append({"type": "text", "value": '<p data-block-key="x1">Put in <b>here </b>today.</p><p></p>'})
        raw.append({"type": "section", "value": {"heading": "Made here", "key": "made-here"}})
        raw.append({"type": "key_point", "value": {"text": f'<p><a linktype="page" id="{page.pk}">This</a></p>'}})
        edit(
            page, body=page.body.stream_block.to_python(raw), title="Said anew", content_notice=1, content_topics=["x"]
        )
        ids = [block["id"] for block in lesson().body.raw_data]
        export("small", tmp_path / "package")
    with another_site():
        load_from(tmp_path / "package")
        there = lesson()
        export("small", tmp_path / "again")

    assert (there.title, there.content_topics) == ("Said anew", ["x"])
    assert [block["id"] for block in there.body.raw_data] == ids
    assert [block["value"] for block in there.body.raw_data][-3:] == [
        "<p>Put in <b>here</b> today.</p>",
        {"heading": "Made here", "key": "made-here"},
        {"text": '<p><a href="/small/m1/first/">This</a></p>'},
    ]
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "package")


def test_a_draft_stays_behind_and_is_named():
    loaded(parcel())
    page = lesson()
    page.title = "Not for readers yet"
    page.save_revision()

    exported = exported_course("small")

    assert "title: First lesson\n" in exported.texts[LESSON]
    assert exported.notes.left_out == [
        "“First lesson” (en): a draft that is not published. The package has what readers have."
    ]


def test_a_text_changed_since_it_was_checked_does_not_count_as_checked_elsewhere(tmp_path):
    with another_site():
        load(parcel())
        edit(lesson(), checked_by="Ann Reader", checked_on="2026-11-23")
        edit(lesson(), lead="Another lead.")
        was = lesson().is_checked
        export("small", tmp_path / "package")
    with another_site():
        load_from(tmp_path / "package")
        there = lesson()

    assert (was, there.is_checked, there.checked_by) == (False, False, "Ann Reader")


def test_a_film_of_another_host_among_the_text_goes_along(tmp_path):
    film = {
        "title": "A film",
        "address": "https://vimeo.com/76979871",
        "transcript": "0:00 [A room.]\n0:05 Ann: Hello.",
    }
    with another_site():
        load(parcel())
        page = lesson()
        raw = [*map(dict, page.body.raw_data), {"type": "embedded_film", "value": film}]
        edit(page, body=page.body.stream_block.to_python(raw))
        export("small", tmp_path / "package")
    with another_site():
        load_from(tmp_path / "package")
        there = lesson().body.raw_data[-1]["value"]

    assert there == film


@pytest.mark.lengthy
def test_terms_and_sources_go_along_as_far_as_they_lead():
    real_content()
    page = LessonPage.objects.order_by("slug").first()
    raw = [*map(dict, page.body.raw_data)]
    raw.append({"type": "text", "value": '<p><a href="/glossary/at-a-glance-briefing/">A briefing</a></p>'})
    edit(page, body=page.body.stream_block.to_python(raw))

    exported = exported_course("foundation")

    named = {thing.key for thing in exported.things if thing.kind == "source"}
    asked = {key for thing in exported.things for key in thing.state.get("sources", [])}
    seen_from = {thing.key: thing.state["see"] for thing in exported.things if thing.kind == "term"}
    assert named == asked
    assert "scie-glance-34" in named
    assert {"at-a-glance-briefing", "social-care-tv"} <= set(seen_from)
    assert all(key in seen_from for see in seen_from.values() for key in see)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda: edit(lesson(), lead=""),
            f"{LESSON}, line 5: “lead” is missing or is not text.",
        ),
        (
            lambda: lesson().unpublish(),
            "The requirement set “module-1” version 1 asks for the activity 00000000-0000-4000-8000-000000000003, "
            "which is not in the package.",
        ),
        (
            lambda: LearningOutcome.objects.update(statements={"en": "Can do it.", "cy": "Gall ei wneud."}),
            "The learning outcome LO1.1 has words in another language than English, which a file cannot say yet.",
        ),
        (
            lambda: asked_for(gap_seconds=5_400),
            "The requirement set “more” version 1 has a pause that is no whole number of hours.",
        ),
        (
            lambda: asked_for(attempts_allowed=None),
            "The requirement set “more” version 1 does not limit the attempts, which a file cannot say yet.",
        ),
        (
            lambda: Achievement.objects.update(titles={"en": "Module one", "cy": "Modiwl un"}),
            "The achievement “Module one” has words in another language than English, which a file cannot say yet.",
        ),
        (
            lambda: Achievement.objects.update(issues_itself=False),
            "The achievement “Module one” is issued otherwise than its kind is, which a file cannot say.",
        ),
        (
            lambda: PageViewRestriction.objects.create(page=lesson().get_parent(), restriction_type="login"),
            "“First lesson” (en) is not for everybody to see, and a file cannot say for whom.",
        ),
        (
            lambda: edit(lesson(), body=[("text", '<p><a linktype="document" id="3">a paper</a></p>')]),
            f"{LESSON}: block 1: it holds a link to a document, or to nothing",
        ),
    ],
)
def test_what_a_package_cannot_say_is_refused_by_name_and_nothing_is_written(tmp_path, spoil, sentence):
    load(parcel())
    spoil()

    with pytest.raises(CannotExport) as refused:
        export("small", tmp_path / "package")

    assert sentence in refused.value.sentences
    assert list(tmp_path.iterdir()) == []


def test_a_retired_question_goes_along_as_retired():
    load(parcel())
    Assessment.objects.get().blueprint.update(count=1)
    Item.objects.filter(current__texts__en__prompt="And which of these?").update(retired_at="2026-11-24T12:00Z")

    exported = exported_course("small")

    assert "state: retired" in exported.texts["courses/small/m1/items/two.yaml"]
    assert "state:" not in exported.texts["courses/small/m1/items/one.yaml"]
    assert exported.notes.left_out == []


def test_a_page_in_welsh_goes_along(tmp_path):
    texts = parcel()
    for path in ("pages/home.md", "courses/small/course.md", "courses/small/m1/module.md", LESSON):
        texts[path.replace(".md", ".cy.md")] = texts[path].replace("title: ", "title: Cymraeg ")
    with another_site():
        load(texts)
        export("small", tmp_path / "package")
    with another_site():
        load(
            {path: text for path, text in texts.items() if path.startswith("pages/")}
            | {"reference/sources.yaml": texts["reference/sources.yaml"]}
        )
        report = load_from(tmp_path / "package")
        export("small", tmp_path / "again")

    assert "courses/small/m1/01-first.cy.md" in bytes_of(tmp_path / "package")
    assert report.count(Verdict.CREATE) > 0
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "package")


def test_nothing_of_the_database_is_in_the_files():
    load(parcel())
    Page.objects.filter(pk=lesson().pk).update(search_description="Found by this")

    exported = exported_course("small")

    assert exported.notes.left_out == ["“First lesson” (en): the description for search engines."]
    assert not [text for text in exported.texts.values() if "_at:" in text or "pk:" in text]
    assert summary(load(exported.texts)) == "9 unchanged"


def test_a_welsh_course_needs_a_welsh_front_page_and_says_so():
    texts = parcel()
    welsh = texts["courses/small/course.md"].replace("title: ", "title: Cymraeg ")

    with pytest.raises(BadContent) as refused:
        load({**texts, "courses/small/course.cy.md": welsh})

    assert [str(fault) for fault in refused.value.faults] == [
        "courses/small/course.cy.md: has no front page to stand under in the language “cy” (pages/home.cy.md)."
    ]


def test_a_legal_statement_a_lesson_places_goes_along_with_its_source_and_its_days(tmp_path):
    with another_site():
        load(parcel())
        act = source("act", title="An Act")
        legal_statement("susr", act, texts={"en": "One review.", "cy": "Un adolygiad."}, valid_to="2030-01-01",
                        checked_on="2026-11-20", checked_by="Nia Law")  # fmt: skip
        legal_statement("elsewhere")
        page = lesson()
        raw = [*map(dict, page.body.raw_data), {"type": "legal_statement", "value": {"key": "susr"}}]
        edit(page, body=page.body.stream_block.to_python(raw))
        export("small", tmp_path / "package")
    with another_site():
        load_from(tmp_path / "package")
        export("small", tmp_path / "again")
        fields = ("key", "nation", "texts", "valid_from", "valid_to", "checked_on", "checked_by", "source__title")
        there = list(LegalStatement.objects.values_list(*fields))

    assert there == [
        ("susr", "wales", {"en": "One review.", "cy": "Un adolygiad."}, date(2024, 10, 1), date(2030, 1, 1),
         date(2026, 11, 20), "Nia Law", "An Act"),
    ]  # fmt: skip
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "package")
