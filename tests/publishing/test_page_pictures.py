"""Pictures among a lesson's text: loaded with it, told apart by what they hold, taken out again; bad ones refused."""

from pathlib import Path
from typing import Any

import pytest
from wagtail.images import get_image_model

from courses.models import LessonPage
from publishing.changed import change_of
from publishing.changes import Class
from publishing.exporter import CannotExport, export, exported_course
from publishing.loader import Verdict
from tests.publishing.parcel import LESSON, LESSON_UUID, parcel
from tests.publishing.test_exporter import another_site, bytes_of, load_from
from tests.publishing.test_film_files import faults_of, picture

pytestmark = pytest.mark.django_db
BLOCK = (
    "::: picture {#bridge} bridge.png\nA bridge over a dry river.\n\nThe bridge, that autumn.\n:::\n\n## Where it goes"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The small package with a picture in its lesson."""
    texts = parcel()
    texts[LESSON] = texts[LESSON].replace("## Where it goes", BLOCK)
    folder = tmp_path / "package"
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    put(folder, picture())
    return folder


def put(folder: Path, content: bytes) -> None:
    (folder / LESSON).with_name("bridge.png").write_bytes(content)


def verdict_of(package: Path) -> Verdict:
    return next(verdict for verdict, thing in load_from(package).lines if thing.path == LESSON)


def lesson() -> LessonPage:
    return LessonPage.objects.get(activity__uuid=LESSON_UUID)


def value_of(page: LessonPage) -> Any:
    return next(block.value for block in page.body if block.block_type == "picture")


def test_picture_is_loaded_with_its_lesson_and_a_second_time_changes_nothing(package: Path) -> None:
    load_from(package)

    again = verdict_of(package)

    assert again == Verdict.UNCHANGED
    assert get_image_model().objects.count() == 1
    html = str(lesson().text)
    assert 'alt="A bridge over a dry river."' in html
    assert "<figcaption>The bridge, that autumn.</figcaption>" in html


def test_another_file_under_the_same_name_takes_the_place_of_the_old_one(package: Path) -> None:
    load_from(package)
    first = value_of(lesson())["image"].pk
    put(package, picture("#aa3311"))

    assert verdict_of(package) == Verdict.UPDATE
    assert value_of(lesson())["image"].pk != first


def test_words_of_a_picture_changed_at_the_desk_are_left_alone(package: Path) -> None:
    load_from(package)
    page = lesson()
    value_of(page)["alt"] = "A bridge, seen from below."
    page.save_revision().publish()

    assert verdict_of(package) == Verdict.LEAVE
    assert value_of(lesson())["alt"] == "A bridge, seen from below."


def test_course_with_a_picture_goes_into_another_site_and_comes_out_the_same(package: Path, tmp_path: Path) -> None:
    with another_site():
        load_from(package)
        export("small", tmp_path / "first")
    with another_site():
        load_from(tmp_path / "first")
        export("small", tmp_path / "second")

    first = bytes_of(tmp_path / "first")
    assert bytes_of(tmp_path / "second") == first
    assert [content for path, content in first.items() if path.endswith(".png")] == [picture()]


def test_picture_that_is_not_beside_its_lesson_is_refused_by_name(package: Path) -> None:
    (package / LESSON).with_name("bridge.png").unlink()

    assert faults_of(package) == [f"{LESSON}: names “bridge.png”, which is not beside it."]


def test_file_that_is_no_picture_is_refused_by_name(package: Path) -> None:
    put(package, b"<svg onload=alert(1)>")

    assert faults_of(package) == ["courses/small/m1/bridge.png: is not a picture (JPEG, PNG or WebP)."]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (" bridge.png\n", "\n", "a picture has its file after its key and what it shows on the first line."),
        ("A bridge over a dry river.\n", "\n", "a picture has its file after its key"),
        ("A bridge over", "A bridge " * 40, "words of a picture are longer than 250 characters."),
    ],
)
def test_picture_written_wrongly_is_refused_by_line(package: Path, old: str, new: str, fault: str) -> None:
    file = package / LESSON
    file.write_text(file.read_text().replace(old, new, 1))

    assert [one for one in faults_of(package) if fault in one and ", line " in one] != [], faults_of(package)


def test_picture_exchanged_is_a_change_of_substance_and_its_words_are_wording(package: Path) -> None:
    load_from(package)
    other = get_image_model().objects.create(title="Other", file=value_of(lesson())["image"].file, width=1, height=1)
    page, reworded = lesson(), lesson()
    value_of(page)["image"] = other
    value_of(reworded)["caption"] = "The bridge, that autum."

    exchanged, spelt = change_of(page), change_of(reworded)

    assert exchanged is not None
    assert (exchanged.found.kind, [one.code for one in exchanged.found.reasons]) == (Class.SUBSTANCE, ["picture"])
    assert spelt is not None
    assert spelt.found.kind is Class.WORDING


def test_a_picture_whose_file_is_lost_hinders_an_export_by_name(package: Path) -> None:
    load_from(package)
    Path(get_image_model().objects.get().file.path).unlink()

    with pytest.raises(CannotExport) as refused:
        exported_course("small")

    assert refused.value.sentences == [f"{LESSON}: a picture whose file is gone has no form in a content file"]
