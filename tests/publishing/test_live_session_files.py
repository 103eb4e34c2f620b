"""live-sessions.yaml: what a course asks learners to come to, loaded, changed, required and written again."""

from typing import Any

import pytest

from courses.models import Activity
from publishing.exporter import CannotExport, exported_course
from publishing.faults import BadContent
from publishing.loader import load
from tests.publishing.parcel import LESSON_UUID, REQUIREMENTS, changed, parcel

pytestmark = pytest.mark.django_db

PATH = "courses/small/live-sessions.yaml"
UUID = "00000000-0000-4000-8000-000000000077"
TEXT = f"""sessions:
  - uuid: {UUID}
    position: 10
    en:
      title: "Live day 1: theory"
    cy:
      title: "Diwrnod byw 1: theori"
"""


def _with(text: str = TEXT) -> dict[str, str]:
    return {**parcel(), PATH: text}


def _session() -> dict[str, Any]:
    return (
        Activity.objects.filter(uuid=UUID).values("kind", "course__key", "module", "position", "titles", "film").get()
    )


def test_session_is_an_activity_of_the_course_and_of_no_module_and_comes_out_as_it_went_in() -> None:
    load(_with())

    assert _session() == {
        "kind": "live_session", "course__key": "small", "module": None, "position": 10, "film": None,
        "titles": {"en": "Live day 1: theory", "cy": "Diwrnod byw 1: theori"},
    }  # fmt: skip
    assert exported_course("small").texts[PATH].replace("'", '"').split() == TEXT.split()


def test_changed_title_is_taken_over_and_progress_hangs_on_the_same_activity() -> None:
    load(_with())
    before = Activity.objects.get(uuid=UUID).pk

    load(_with(TEXT.replace("theory", "the model")))

    assert (Activity.objects.get(uuid=UUID).pk, _session()["titles"]["en"]) == (before, "Live day 1: the model")


def test_requirement_set_may_ask_for_a_live_session() -> None:
    package = changed(REQUIREMENTS, f'- "{LESSON_UUID}"', f'- "{LESSON_UUID}"\n      - "{UUID}"')

    load({**package, PATH: TEXT})

    asked = Activity.objects.get(uuid=UUID).requirements.get()
    assert (asked.requirement_set.course.key, asked.pass_share) == ("small", None)
    assert UUID in exported_course("small").texts[REQUIREMENTS]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("position: 10", "position: none", "“position” must be a whole number from 1 to 9999."),
        ("    en:", "    fr:", "“en” is missing"),
        (UUID, LESSON_UUID, "gives a live session the identifier"),
        (UUID, "x", "“uuid” is missing or is not a UUID."),
        ("position: 10", "position: 10\n    room: 4", "“room” is not a field of this kind of file."),
    ],
)
def test_bad_file_is_refused_by_name_and_nothing_is_made(old: str, new: str, sentence: str) -> None:
    load(parcel())

    with pytest.raises(BadContent) as bad:
        load(_with(TEXT.replace(old, new)))

    assert sentence in " ".join(str(fault) for fault in bad.value.faults)
    assert not Activity.objects.filter(kind="live_session").exists()


def test_session_of_a_module_is_refused_by_the_export_in_words() -> None:
    load(_with())
    lesson = Activity.objects.get(uuid=LESSON_UUID)
    Activity.objects.filter(uuid=UUID).update(module=lesson.module)

    with pytest.raises(CannotExport, match="“Live day 1: theory” stands in a module"):
        exported_course("small")
