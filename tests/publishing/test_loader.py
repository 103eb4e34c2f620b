"""Loading: made once, changed only where the file changed, never over an editor's work, all of it or nothing."""

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from assessments.attempts import start_attempt
from assessments.models import Assessment, Item, ItemVersion, Place
from assessments.rules import AttemptRules
from courses.models import Activity, Course, CoursePage, LessonPage, Module, ModulePage, RequirementSet
from credentials.models import Achievement
from home.models import HomePage
from publishing.faults import BadContent
from publishing.loader import Report, Side, Verdict, load, summary
from publishing.models import LoadedFile
from reference.models import Source
from tests.factories import NOON, people
from tests.publishing.parcel import (
    COURSE,
    ITEM,
    ITEM_UUID,
    LESSON,
    LESSON_UUID,
    MODULE,
    QUIZ,
    QUIZ_UUID,
    REQUIREMENTS,
    SECOND_ITEM,
    SOURCES,
    changed,
    loaded,
    parcel,
)

pytestmark = pytest.mark.django_db

OURS = [
    model
    for label in ("courses", "assessments", "credentials", "reference", "publishing", "home")
    for model in apps.get_app_config(label).get_models()
]


def everything():
    """Every row of every table a load can touch, revisions and pages included."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in [*OURS, Page, Revision, Site]
    }


def verdicts(report):
    return {thing.path: verdict for verdict, thing in report.lines}


def lesson():
    return LessonPage.objects.get(activity__uuid=LESSON_UUID)


def edit(page, **fields):
    """What an editor does: change, save as a revision, publish."""
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_a_first_load_makes_everything():
    texts = parcel()

    report = load(texts)

    assert {verdict for verdict, _thing in report.lines} == {Verdict.CREATE}
    assert len(report.lines) == LoadedFile.objects.count() == 10
    assert {
        model.__name__: model.objects.count()
        for model in (
            Achievement,
            Activity,
            Assessment,
            Course,
            CoursePage,
            HomePage,
            Item,
            ItemVersion,
            LessonPage,
            Module,
            ModulePage,
            RequirementSet,
            Source,
        )
    } == {
        "Achievement": 1,
        "Activity": 2,
        "Assessment": 1,
        "Course": 1,
        "CoursePage": 1,
        "HomePage": 1,
        "Item": 2,
        "ItemVersion": 2,
        "LessonPage": 1,
        "Module": 1,
        "ModulePage": 1,
        "RequirementSet": 1,
        "Source": 1,
    }
    page = lesson()
    assert (page.live, page.title, page.url, page.language, page.drafted_by) == (
        True,
        "First lesson",
        "/small/m1/first/",
        "en",
        "The project",
    )
    assert [(block["type"], block["value"]) for block in page.body.raw_data] == [
        ("section", {"heading": "Where it starts", "key": "start"}),
        (
            "text",
            '<p>A paragraph with <b>strong</b> words and a <a href="https://example.org/a?b=1&amp;c=2">link</a>.</p>'
            "<ul><li>one</li><li>two</li></ul>",
        ),
        ("key_point", {"text": "<p>One idea.</p>"}),
        ("quotation", {"text": "<p>What they said.</p>", "speaker": "A worker, invented"}),
        ("section", {"heading": "Where it goes", "key": "on"}),
        ("text", "<p>The end.</p>"),
    ]
    assert [source.key for source in page.sources.all()] == ["guide"]
    assert RequirementSet.objects.get().sealed_at is not None


def test_a_second_load_changes_nothing_at_all():
    loaded(parcel())
    before = everything()

    report = load(parcel())

    assert {verdict for verdict, _thing in report.lines} == {Verdict.UNCHANGED}
    assert everything() == before


def test_a_changed_file_changes_its_own_thing_and_keeps_the_identifiers_of_its_blocks():
    loaded(parcel())
    before, old = everything(), lesson()
    identifiers = [block["id"] for block in old.body.raw_data]

    report = load(changed(LESSON, "The end.", "The very end."))

    assert [(thing.path, verdict) for verdict, thing in report.lines if verdict != Verdict.UNCHANGED] == [
        (LESSON, Verdict.UPDATE)
    ]
    page = lesson()
    assert (page.pk, page.activity_id, [block["id"] for block in page.body.raw_data]) == (
        old.pk,
        old.activity_id,
        identifiers,
    )
    assert page.body.raw_data[5]["value"] == "<p>The very end.</p>"
    assert page.content_digest != old.content_digest
    after = everything()
    touched = {label for label in before if before[label] != after[label]}
    assert touched <= {
        "courses.Change",
        "courses.LessonPage",
        "publishing.LoadedFile",
        "wagtailcore.Page",
        "wagtailcore.Revision",
    }
    assert Revision.objects.for_instance(page).count() == 2


def test_a_block_put_in_between_leaves_the_other_blocks_their_identifiers():
    loaded(parcel())
    before = {block["id"]: block["value"] for block in lesson().body.raw_data}

    load(changed(LESSON, "## Where it goes {#on}", "::: key-point {#kp-2}\nAnother.\n:::\n\n## Where it goes {#on}"))

    after = {block["id"]: block["value"] for block in lesson().body.raw_data}
    assert {identifier: after.get(identifier) for identifier in before} == before
    assert [value for identifier, value in after.items() if identifier not in before] == [{"text": "<p>Another.</p>"}]


def test_a_page_edited_on_the_site_is_left_alone_and_reported():
    loaded(parcel())
    edit(lesson(), title="Edited here")
    before = everything()

    report = load(parcel())

    assert verdicts(report)[LESSON] == Verdict.LEAVE
    assert everything() == before


def test_a_draft_on_the_site_counts_as_an_edit():
    loaded(parcel())
    page = lesson()
    page.lead = "A draft nobody published."
    page.save_revision()
    before = everything()

    report = load(parcel())

    assert verdicts(report)[LESSON] == Verdict.LEAVE
    assert everything() == before


def test_a_page_unpublished_on_the_site_stays_so():
    loaded(parcel())
    lesson().unpublish()

    report = load(parcel())

    assert verdicts(report)[LESSON] == Verdict.LEAVE
    assert lesson().live is False


def test_a_page_changed_in_both_places_is_a_conflict_and_not_overwritten():
    loaded(parcel())
    edit(lesson(), title="Edited here")
    before = everything()

    report = load(changed(LESSON, "The end.", "The very end."))

    assert verdicts(report)[LESSON] == Verdict.CONFLICT
    assert report.count(Verdict.CONFLICT) == 1
    assert everything() == before


def test_the_same_conflict_is_reported_again_until_somebody_decides():
    loaded(parcel())
    edit(lesson(), title="Edited here")
    texts = changed(LESSON, "The end.", "The very end.")
    loaded(texts)

    report = load(texts)

    assert verdicts(report)[LESSON] == Verdict.CONFLICT


def test_the_same_words_in_both_places_are_no_conflict():
    loaded(parcel())
    edit(lesson(), title="First lesson, again")

    report = load(changed(LESSON, "title: First lesson", "title: First lesson, again"))

    assert verdicts(report)[LESSON] == Verdict.UNCHANGED


def test_taking_the_files_words_settles_a_conflict_and_keeps_the_editors_revision():
    loaded(parcel())
    edit(lesson(), title="Edited here")
    texts = changed(LESSON, "The end.", "The very end.")

    report = load(texts, side=Side.FILE)

    page = lesson()
    assert verdicts(report)[LESSON] == Verdict.UPDATE
    assert (page.title, page.body.raw_data[5]["value"]) == ("First lesson", "<p>The very end.</p>")
    titles = [revision.content["title"] for revision in Revision.objects.for_instance(page).order_by("pk")]
    assert titles == ["First lesson", "Edited here", "First lesson"]
    assert verdicts(load(texts))[LESSON] == Verdict.UNCHANGED


def test_taking_the_sites_words_settles_a_conflict_for_good():
    loaded(parcel())
    edit(lesson(), title="Edited here")
    texts = changed(LESSON, "The end.", "The very end.")

    report = load(texts, side=Side.SITE)

    assert verdicts(report)[LESSON] == Verdict.LEAVE
    assert (lesson().title, lesson().body.raw_data[5]["value"]) == ("Edited here", "<p>The end.</p>")
    assert verdicts(load(texts))[LESSON] == Verdict.UNCHANGED


@pytest.mark.parametrize("side", [Side.FILE, Side.SITE])
def test_choosing_a_side_touches_nothing_that_is_no_conflict(side):
    loaded(parcel())
    edit(lesson(), title="Edited here")
    before = everything()

    report = load(parcel(), side=side)

    assert verdicts(report)[LESSON] == Verdict.LEAVE
    assert everything() == before


def test_what_the_package_lacks_is_left_alone():
    loaded(parcel())
    before = everything()

    report = load({path: text for path, text in parcel().items() if path in (SOURCES, COURSE)})

    assert len(report.lines) == 2
    assert everything() == before


def test_a_page_deleted_on_the_site_is_not_brought_back():
    loaded(parcel())
    LessonPage.objects.get(pk=lesson().pk).delete()

    report = load(parcel())

    assert LessonPage.objects.count() == 0
    assert verdicts(report)[LESSON] == Verdict.LEAVE


def test_a_page_deleted_on_the_site_and_changed_in_the_file_is_a_conflict():
    loaded(parcel())
    LessonPage.objects.get(pk=lesson().pk).delete()
    texts = changed(LESSON, "The end.", "The very end.")

    report = load(texts)
    taken = load(texts, side=Side.FILE)

    assert verdicts(report)[LESSON] == Verdict.CONFLICT
    assert verdicts(taken)[LESSON] == Verdict.UPDATE
    assert str(lesson().activity.uuid) == LESSON_UUID


def test_a_page_that_stood_there_before_any_load_is_a_conflict_not_overwritten():
    loaded(parcel())
    edit(lesson(), title="Ours")
    LoadedFile.objects.all().delete()

    report = load(parcel())

    assert verdicts(report)[LESSON] == Verdict.CONFLICT
    assert {verdict for path, verdict in verdicts(report).items() if path != LESSON} == {Verdict.UNCHANGED}
    assert lesson().title == "Ours"


def test_a_new_wording_of_an_item_is_version_two_and_version_one_stays():
    loaded(parcel())
    first = ItemVersion.objects.filter(item__uuid=ITEM_UUID).values().get()

    report = load(changed(ITEM, "Which of two?", "Which of these two?"))

    item = Item.objects.get(uuid=ITEM_UUID)
    assert verdicts(report)[ITEM] == Verdict.UPDATE
    assert list(item.versions.order_by("number").values_list("number", "texts__en__prompt")) == [
        (1, "Which of two?"),
        (2, "Which of these two?"),
    ]
    assert (item.current.number, item.versions.filter(number=1).values().get()) == (2, first)


def test_an_item_checked_by_a_practitioner_is_still_the_same_version():
    loaded(parcel())

    load(changed(ITEM, "checked_by:\nchecked_on:\n", "checked_by: A practitioner\nchecked_on: 2026-12-01\n"))

    versions = ItemVersion.objects.filter(item__uuid=ITEM_UUID)
    assert list(versions.values_list("number", "checked_by", "checked_on__year")) == [(1, "A practitioner", 2026)]


def test_a_reworded_item_changes_no_attempt_begun():
    loaded(parcel())
    attempt = start_attempt(
        Assessment.objects.get(uuid=QUIZ_UUID),
        people().amina,
        run_id=Activity.objects.first().uuid,
        rules=AttemptRules(1),
        language="en",
        at=NOON,
        seed="s",
    )
    before = list(Place.objects.values())

    load(changed(ITEM, "answer: [b]", "answer: [a]"))

    assert list(Place.objects.values()) == before
    assert {place.item_version.number for place in attempt.places.all()} == {1}


def test_a_new_version_of_a_requirement_set_leaves_the_old_one():
    loaded(parcel())
    old = list(RequirementSet.objects.values())
    texts = parcel()
    second = texts[REQUIREMENTS].replace("    version: 1\n", "    version: 2\n").replace('"7/10"', '"8/10"')

    load({**texts, REQUIREMENTS: second})

    shares = [
        (one.version, str(one.requirements.get(pass_share__isnull=False).pass_share), one.sealed_at is not None)
        for one in RequirementSet.objects.order_by("version")
    ]
    assert shares == [(1, "7/10", True), (2, "4/5", True)]
    assert list(RequirementSet.objects.filter(version=1).values()) == old


def test_a_quiz_moved_in_the_file_moves_and_keeps_its_attempts():
    loaded(parcel())

    report = load(changed(QUIZ, "position: 90", "position: 95"))

    assert verdicts(report)[QUIZ] == Verdict.UPDATE
    assert Activity.objects.get(uuid=QUIZ_UUID).position == 95
    assert Assessment.objects.get().blueprint.count() == 1


def test_a_welsh_page_beside_the_english_one_shares_its_activity_and_blocks():
    texts = parcel()
    for path in ("pages/home.md", COURSE, MODULE, LESSON):
        texts[path.replace(".md", ".cy.md")] = texts[path].replace("title: ", "title: Cymraeg ")

    loaded(texts)

    pages = LessonPage.objects.order_by("language")
    assert list(pages.values_list("language", "activity__uuid")) == [
        ("cy", pages[0].activity.uuid),
        ("en", pages[0].activity.uuid),
    ]
    assert [block["id"] for block in pages[0].body.raw_data] == [block["id"] for block in pages[1].body.raw_data]
    assert {verdict for verdict, _ in load(texts).lines} == {Verdict.UNCHANGED}


def test_pages_of_two_languages_are_translations_of_one_another():
    texts = parcel()
    for path in ("pages/home.md", COURSE, MODULE, LESSON):
        texts[path.replace(".md", ".cy.md")] = texts[path].replace("title: ", "title: Cymraeg ")

    loaded(texts)

    for model in (HomePage, CoursePage, ModulePage, LessonPage):
        english = model.objects.get(language="en")
        assert [page.language for page in english.get_translations()] == ["cy"], model.__name__


def test_an_empty_report_is_an_empty_summary():
    report = Report()

    words = summary(report)

    assert words == ""


def test_a_load_that_breaks_half_way_leaves_nothing():
    # Another course has the code already; the database refuses after the source and the front page were written.
    Course.objects.create(key="other", code="LT-S")
    before = everything()

    with pytest.raises(BadContent), transaction.atomic():
        load(parcel())

    assert everything() == before


def test_moments_are_kept_with_what_was_loaded():
    begun = timezone.now()

    load(parcel())

    assert all(begun <= one.loaded_at <= timezone.now() for one in LoadedFile.objects.all())
    assert set(LoadedFile.objects.values_list("path", flat=True)) == set(parcel())


def test_two_faults_in_two_files_are_named_together():
    texts = changed(ITEM, "answer: [b]", "answer: [z]")
    texts[SECOND_ITEM] = texts[SECOND_ITEM].replace("kind: single_choice", "kind: essay")

    with pytest.raises(BadContent) as refused:
        load(texts)

    assert sorted({fault.path for fault in refused.value.faults}) == [ITEM, SECOND_ITEM]
