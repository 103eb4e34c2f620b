"""The command export_course: what it prints, how it ends, where it refuses to write."""

import io
import os

import pytest
from django.core.management import CommandError, call_command

from publishing import packing
from tests.publishing.parcel import loaded, parcel
from tests.publishing.test_loader import everything, lesson

pytestmark = pytest.mark.django_db


def command(*arguments):
    out = io.StringIO()
    call_command("export_course", *map(str, arguments), stdout=out)
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as refusal:
        command(*arguments)
    return str(refusal.value)


@pytest.mark.parametrize("name", ["package", "package.zip", "package.ZIP"])
def test_the_command_says_how_many_files_it_wrote_and_changes_nothing_on_the_site(tmp_path, name):
    loaded(parcel())
    before = everything()

    said = command("small", tmp_path / name)

    assert said == f"{tmp_path / name}: 8 files.\n"
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert everything() == before


def test_the_command_names_what_it_left_out(tmp_path):
    loaded(parcel())
    page = lesson()
    page.lead = "A draft."
    page.save_revision()

    said = command("small", tmp_path / "package")

    assert said.splitlines()[0] == (
        "Left out: “First lesson” (en): a draft that is not published. The package has what readers have."
    )


def test_an_empty_folder_may_be_filled(tmp_path):
    loaded(parcel())
    (tmp_path / "package").mkdir()

    command("small", tmp_path / "package")

    assert (tmp_path / "package/courses/small/course.md").is_file()


@pytest.mark.parametrize(
    "slug",
    ["", "Small", "small/", "../small", "small/../../x", "/etc", "small\x00", "smáll", "x" * 5_000, "small' OR 1=1 --",
     "%", "-", "\ud800", "small.zip", "*"],
    ids=repr,
)  # fmt: skip
def test_a_slug_of_no_course_is_one_sentence_and_nothing_is_written(tmp_path, slug):
    loaded(parcel())

    said = refused(*(["--"] if slug.startswith("-") else []), slug, tmp_path / "package")

    assert said == f"Nothing was exported.\nThere is no course “{slug}”. The courses here are: small."
    assert list(tmp_path.iterdir()) == []


def test_a_site_without_a_course_says_so(tmp_path):
    said = refused("foundation", tmp_path / "package")

    assert said == "Nothing was exported.\nThere is no course “foundation”. This site has no course yet."


@pytest.mark.parametrize("name", ["there", "there.zip", "file", "link", "into-nothing/package", "file/package"])
def test_a_place_that_is_taken_or_not_there_is_one_sentence_and_left_as_it_was(tmp_path, name):
    loaded(parcel())
    (tmp_path / "there").mkdir()
    for file in ("there/mine.txt", "there.zip", "file"):
        (tmp_path / file).write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.rglob("*"))

    said = refused("small", tmp_path / name)

    assert said.startswith(str(tmp_path / name))
    assert said.count("\n") == 0
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "there/mine.txt").read_text() == (tmp_path / "there.zip").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="says who may write by user")
def test_a_place_nobody_may_write_to_is_one_sentence():
    loaded(parcel())

    said = refused("small", "/proc/package")

    assert said.startswith("/proc/package cannot be written: ")
    assert said.count("\n") == 0


def test_a_name_too_long_for_the_disk_is_one_sentence(tmp_path):
    loaded(parcel())

    said = refused("small", tmp_path / ("x" * 300))

    assert "cannot be written" in said
    assert said.count("\n") == 0
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_breaks_off_half_way_leaves_nothing_behind(tmp_path):
    texts = {"a.md": "one\n", "a.md/b.md": "two\n"}  # no folder can take the name of a file

    with pytest.raises(packing.CannotPut):
        packing.put(tmp_path / "package", texts, [])

    assert list(tmp_path.iterdir()) == []
