"""A course with one module, two lessons and a quiz, with pages in English."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from wagtail.models import Locale, Page, Site

from assessments.items import TYPES
from assessments.models import Assessment, BlueprintLine, Item, ItemBank, ItemVersion
from courses.choices import ActivityKind
from courses.models import (
    Activity,
    Course,
    CoursePage,
    LearningOutcome,
    LessonPage,
    Module,
    ModulePage,
    Requirement,
    RequirementSet,
)
from home.models import HomePage
from tests.factories.again import again
from tests.factories.people import NOON


@dataclass
class TaughtCourse:
    """Everything `taught_course` made."""

    course: Course
    module: Module
    outcomes: list[LearningOutcome]  # LO1.1, LO1.2, LO1.3
    home: HomePage
    course_page: CoursePage
    module_page: ModulePage
    lessons: list[LessonPage]
    assessment: Assessment
    items: list[Item] = field(default_factory=list)
    requirement_set: RequirementSet | None = None

    @property
    def bank(self) -> ItemBank:
        return self.assessment.bank


def front_page() -> HomePage:
    """The English front page at the root of the default site; made once."""
    if not HomePage.objects.filter(language="en").exists():
        again("front page", _make_front_page)
    return HomePage.objects.filter(language="en")[0]


def _make_front_page() -> None:
    root = Page.get_first_root_node() or _new_root()
    site = Site.objects.filter(is_default_site=True).first()
    welcome = site.root_page if site else None
    home = root.add_child(instance=HomePage(title="Learning Together", slug="front", lead="The front page."))
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
    else:
        site.root_page = home
        site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()


def _new_root() -> Page:
    """What Wagtail's migrations make, for tests that run after the database was flushed."""
    locale, _made = Locale.objects.get_or_create(language_code="en")
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def lesson_page(parent: ModulePage, title: str, slug: str, **fields: object) -> LessonPage:
    """A live lesson with one section `start` and a paragraph of four words, as published at noon without a revision."""
    body = [
        {"type": "section", "value": {"heading": "Where it starts", "key": "start"}},
        {"type": "text", "value": f"<p>Words of {slug} here.</p>"},
    ]
    published = {"first_published_at": NOON, "last_published_at": NOON}
    page = LessonPage(title=title, slug=slug, lead=f"About {slug}.", **{"body": body, **published, **fields})
    parent.add_child(instance=page)
    return LessonPage.objects.get(pk=page.pk)


def item(
    bank: ItemBank,
    outcome: LearningOutcome,
    *,
    kind: str = "single_choice",
    correct: tuple[str, ...] = ("a",),
    choices: tuple[str, ...] = ("a", "b", "c", "d"),
    prompt: str = "Which one?",
    max_score: Fraction = Fraction(1),
    explanation: str = "Because of {choice}.",
) -> Item:
    """An item with one version. Choices are worded "Option a" and so on."""
    made = Item.objects.create(bank=bank)
    made.current = ItemVersion.objects.create(
        item=made,
        number=1,
        kind=kind,
        learning_outcome=outcome,
        structure={"choices": list(choices)},
        key={"correct": sorted(correct)},
        scoring_rule=TYPES[kind].scoring_rule,
        scoring_rule_version=TYPES[kind].scoring_rule_version,
        max_score=max_score,
        texts={
            "en": {
                "prompt": prompt,
                "choices": {
                    one: {"text": f"Option {one}", "explanation": explanation.format(choice=one)} for one in choices
                },
            }
        },
        digest="0" * 64,
        created_at=NOON,
    )
    made.save()
    return made


def open_item(
    bank: ItemBank,
    outcome: LearningOutcome,
    *,
    prompt: str = "Why did it make sense?",
    comments: tuple[str, ...] = ("Say what they knew.",),
    level: str = "level",
) -> Item:
    """An open response for 6 points: two criteria of four levels, two extracts that may be cited, one comment."""
    made = Item.objects.create(bank=bank)
    kind, criteria = TYPES["open_response"], {"sense": "Makes sense of it", "fair": "Fair to everybody"}
    made.current = ItemVersion.objects.create(
        item=made,
        number=1,
        kind=kind.kind,
        learning_outcome=outcome,
        structure={"choices": ["e1", "e2"], "criteria": [{"key": key, "levels": 4} for key in criteria]},
        key={"correct": []},
        scoring_rule=kind.scoring_rule,
        scoring_rule_version=kind.scoring_rule_version,
        max_score=Fraction(6),
        texts={
            "en": {
                "prompt": prompt,
                "choices": {one: {"text": f"Extract {one}", "explanation": ""} for one in ("e1", "e2")},
                "criteria": {
                    key: {"title": title, "levels": [f"{key} {level} {number}" for number in range(4)]}
                    for key, title in criteria.items()
                },
                "comments": list(comments),
            }
        },
        digest="0" * 64,
        created_at=NOON,
    )
    made.save()
    return made


def exercise(taught: "TaughtCourse", **fields: str) -> Assessment:
    """A written exercise of one open response beside the course, passed from 2/3 on; `fields` are the item's."""
    activity = Activity.objects.create(
        kind=ActivityKind.ASSESSMENT, course=taught.course, module=taught.module, position=110
    )
    bank = ItemBank.objects.create(key=f"{taught.course.key}-written", course=taught.course, titles={"en": "Written"})
    open_item(bank, taught.outcomes[0], **fields)  # type: ignore[arg-type]
    made = Assessment.objects.create(
        activity=activity,
        bank=bank,
        titles={"en": "In your own words"},
        introductions={"en": "One text."},
        own_pass_share=Fraction(2, 3),
    )
    BlueprintLine.objects.create(assessment=made, learning_outcome=taught.outcomes[0], count=1)
    return made


def written_quiz(taught: "TaughtCourse", *, written: int = 1) -> list[Item]:
    """Make the course's quiz draw so many open responses and one choice; returns the open ones."""
    taught.assessment.blueprint.all().delete()
    lines = {taught.outcomes[0]: ("open_response", written), taught.outcomes[1]: ("single_choice", 1)}
    for outcome, (kind, count) in lines.items():
        BlueprintLine.objects.create(
            assessment=taught.assessment, learning_outcome=outcome, item_kind=kind, count=count
        )
    prompts = ["Why did it make sense?", *(f"Why, once more ({number})?" for number in range(2, written + 1))]
    return [open_item(taught.bank, taught.outcomes[0], prompt=prompt) for prompt in prompts]


def bank_with_items(key: str, outcomes: list[LearningOutcome], counts: list[int], **fields: object) -> ItemBank:
    """A bank with so many single-choice items (key "a") of each outcome."""
    bank = ItemBank.objects.create(key=key, course=outcomes[0].course, titles={"en": f"Bank {key}"}, **fields)
    for outcome, count in zip(outcomes, counts, strict=True):
        for number in range(1, count + 1):
            item(bank, outcome, prompt=f"Item {number} of {outcome.code}?")
    return bank


def sealed_set(
    course: Course,
    activities: list[Activity],
    *,
    key: str = "module-1",
    version: int = 1,
    pass_share: Fraction = Fraction(7, 10),
    attempts_allowed: int | None = None,
    gap_seconds: int = 0,
) -> RequirementSet:
    """A sealed requirement set asking for these activities; the share and limits apply to its assessments."""
    made = RequirementSet.objects.create(course=course, key=key, version=version, created_at=NOON)
    for activity in activities:
        asks = {"pass_share": pass_share, "attempts_allowed": attempts_allowed, "gap_seconds": gap_seconds}
        is_quiz = activity.kind == ActivityKind.ASSESSMENT
        Requirement.objects.create(requirement_set=made, activity=activity, **(asks if is_quiz else {}))
    made.sealed_at = NOON
    made.save(update_fields=["sealed_at"])
    return made


def taught_course(key: str = "foundation", *, item_counts: tuple[int, int, int] = (6, 4, 6)) -> TaughtCourse:
    """Course, module M1, two live lessons and a quiz of 3, 2 and 3 items, with a sealed set `module-1` asking for all.

    The bank is private; no limit on attempts and no gap; to pass, 7/10 of the points.
    """
    again(f"taught course {key} {item_counts}", lambda: _make_taught_course(key, item_counts))
    return course_as_taught(key)


def course_as_taught(key: str) -> TaughtCourse:
    """What `taught_course` made under this key, as the database has it now."""
    course = Course.objects.get(key=key)
    assessment = Assessment.objects.select_related("activity", "bank").get(bank__key=f"{key}-m1")
    return TaughtCourse(
        course=course,
        module=Module.objects.get(course=course),
        outcomes=list(LearningOutcome.objects.filter(course=course).order_by("code")),
        home=front_page(),
        course_page=CoursePage.objects.get(course=course),
        module_page=ModulePage.objects.get(module__course=course),
        lessons=list(LessonPage.objects.filter(activity__course=course).order_by("path")),
        assessment=assessment,
        items=list(assessment.bank.items.order_by("pk")),
        requirement_set=RequirementSet.objects.get(course=course),
    )


def _make_taught_course(key: str, item_counts: tuple[int, int, int]) -> None:
    home = front_page()
    course = Course.objects.create(key=key, code=f"LT-{key[:10].upper()}")
    module = Module.objects.create(course=course, number=1)
    outcomes = [
        LearningOutcome.objects.create(
            course=course, module=module, code=f"LO1.{number}", statements={"en": f"Can do thing {number}."}
        )
        for number in (1, 2, 3)
    ]
    course_page = CoursePage(
        title=f"Course {key}", slug=key, course=course, drafted_by="Us", drafted_on=date(2026, 1, 1)
    )
    home.add_child(instance=course_page)
    module_page = ModulePage(title="Module one", slug="m1", module=module)
    course_page.add_child(instance=module_page)
    lessons = [lesson_page(module_page, f"Lesson {number}", f"lesson-{number}") for number in (1, 2)]
    quiz = Activity.objects.create(kind=ActivityKind.ASSESSMENT, course=course, module=module, position=100)
    bank = bank_with_items(f"{key}-m1", outcomes, list(item_counts))
    assessment = Assessment.objects.create(
        activity=quiz, bank=bank, titles={"en": "Module 1 quiz"}, introductions={"en": "Eight questions."}
    )
    for outcome, count in zip(outcomes, (3, 2, 3), strict=True):
        BlueprintLine.objects.create(assessment=assessment, learning_outcome=outcome, count=count)
    sealed_set(course, [*(lesson.activity for lesson in lessons), quiz])
