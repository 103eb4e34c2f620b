"""The command load_content: what it prints, how it ends, what it refuses."""

import io

import pytest
from django.core.management import CommandError, call_command

from publishing.models import LoadedFile
from tests.publishing.parcel import (
    LESSON,
    changed,
    parcel,
    write_folder,
)
from tests.publishing.test_loader import edit, everything, lesson

pytestmark = pytest.mark.django_db


def command(*arguments):
    out = io.StringIO()
    call_command("load_content", *map(str, arguments), stdout=out)
    return out.getvalue()


def test_the_command_says_how_many_of_each(tmp_path):
    folder = write_folder(tmp_path, parcel())

    first, second = command(folder), command(folder)

    assert (first, second) == ("Content: 10 created.\n", "Content: 10 unchanged.\n")


def test_the_command_names_what_it_left_alone(tmp_path):
    folder = write_folder(tmp_path, parcel())
    command(folder)
    edit(lesson(), title="Edited here")

    said = command(folder)

    assert said == (f"{LESSON}: left alone, because it was edited on the site.\nContent: 9 unchanged, 1 left alone.\n")


def test_the_command_ends_badly_on_a_conflict_and_well_once_a_side_is_taken(tmp_path):
    folder = write_folder(tmp_path, parcel())
    command(folder)
    edit(lesson(), title="Edited here")
    write_folder(tmp_path, changed(LESSON, "The end.", "The very end."))

    with pytest.raises(CommandError) as refused:
        command(folder)

    assert str(refused.value) == "Conflicts were left as they are. Run again with --take-file or --take-site."
    assert command(folder, "--take-site") == (
        f"{LESSON}: left alone, because it was edited on the site.\nContent: 9 unchanged, 1 left alone.\n"
    )
    assert command(folder) == "Content: 10 unchanged.\n"


def test_the_command_takes_the_files_side(tmp_path):
    folder = write_folder(tmp_path, parcel())
    command(folder)
    edit(lesson(), title="Edited here")
    write_folder(tmp_path, changed(LESSON, "The end.", "The very end."))

    said = command(folder, "--take-file")

    assert said == "Content: 1 updated, 9 unchanged.\n"
    assert lesson().title == "First lesson"


def test_the_command_refuses_both_sides_at_once(tmp_path):
    folder = write_folder(tmp_path, parcel())

    with pytest.raises(CommandError) as refused:
        command(folder, "--take-file", "--take-site")

    assert "not allowed with argument" in str(refused.value)
    assert LoadedFile.objects.count() == 0


def test_the_command_refuses_a_bad_file_by_name_and_line_and_loads_nothing(tmp_path):
    folder = write_folder(tmp_path, changed(LESSON, "lead: About first lesson.", "leed: About first lesson."))
    before = everything()

    with pytest.raises(CommandError) as refused:
        command(folder)

    assert str(refused.value) == (
        "Nothing was loaded.\n"
        f"{LESSON}, line 1: “lead” is missing or is not text.\n"
        f"{LESSON}, line 5: “leed” is not a field of this kind of file."
    )
    assert everything() == before


def test_the_command_refuses_a_path_that_is_not_there(tmp_path):
    nowhere = tmp_path / "nowhere"

    with pytest.raises(CommandError) as refused:
        command(nowhere)

    assert str(refused.value) == f"{nowhere} does not exist."
