"""load_content --dry-run: says what a load would do, and leaves the site exactly as it was."""

import io

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from publishing.loader import Side, load, preview
from tests.factories import front_page
from tests.factories.films import film_page
from tests.media.film_parcel import write_package
from tests.media.footage import mp4
from tests.publishing.parcel import COURSE, LESSON, SOURCES, changed, loaded, parcel, write_folder
from tests.publishing.test_film_files import picture
from tests.publishing.test_loader import edit, lesson

pytestmark = pytest.mark.django_db


def command(*arguments):
    out = io.StringIO()
    call_command("load_content", "--dry-run", *map(str, arguments), stdout=out)
    return out.getvalue()


def dump():
    """Every row of every table."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.managed}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def stored():
    """Every file of every store, with what is in it."""

    def below(storage, folder):
        folders, files = storage.listdir(folder) if storage.exists(folder or ".") else ([], [])
        for name in files:
            with storage.open(f"{folder}{name}") as file:
                yield f"{folder}{name}", file.read()
        for name in folders:
            yield from below(storage, f"{folder}{name}/")

    return {alias: dict(below(storages[alias], "")) for alias in settings.STORAGES if alias != "staticfiles"}


def test_on_an_empty_site_everything_would_be_created_and_nothing_is(tmp_path):
    folder = write_folder(tmp_path, parcel())
    before = dump()

    said = command(folder)

    assert f"{LESSON}: would be created.\n" in said
    assert f"{SOURCES} (guide): would be created.\n" in said
    assert said.splitlines()[-1] == "Would be: 10 created. Nothing was changed."
    assert dump() == before


def test_a_film_would_be_created_and_no_file_is_stored(tmp_path):
    front_page()
    folder = write_package(tmp_path / "package", film=mp4(40), poster=picture())
    before, files = dump(), stored()

    said = command(folder)

    assert said.splitlines()[-1] == "Would be: 2 created. Nothing was changed."
    assert (dump(), stored()) == (before, files)


def test_the_store_is_read_in_a_way_that_would_see_a_new_file():
    before = stored()

    film_page()

    assert stored() != before


def test_changed_left_alone_and_in_conflict_are_told_apart_with_their_fields(tmp_path):
    loaded(parcel())
    edit(lesson(), title="Edited here")
    texts = changed(COURSE, "lead: About small course.", "lead: Said anew.")
    before = dump()

    left = command(write_folder(tmp_path / "left", texts))
    texts[LESSON] = changed(LESSON, "The end.", "The very end.")[LESSON]
    with pytest.raises(CommandError) as refused:
        command(write_folder(tmp_path / "conflict", texts))

    assert left == (
        f"{COURSE}: would be updated (lead).\n"
        f"{LESSON}: would be left alone, because it was edited on the site (title).\n"
        "Would be: 1 updated, 8 unchanged, 1 left alone. Nothing was changed.\n"
    )
    assert str(refused.value) == "Conflicts would be left as they are. --take-file or --take-site says who wins."
    assert dump() == before


@pytest.mark.parametrize("side", [None, Side.FILE, Side.SITE])
def test_a_load_then_does_what_was_said(side):
    loaded(parcel())
    edit(lesson(), title="Edited here")
    texts = changed(COURSE, "lead: About small course.", "lead: Said anew.")
    texts[LESSON] = changed(LESSON, "The end.", "The very end.")[LESSON]

    plan = preview(texts, side=side)
    report = load(texts, side=side)

    assert [(one.verdict, one.thing.path) for one in plan] == [(verdict, one.path) for verdict, one in report.lines]


def test_a_bad_file_is_refused_as_a_load_would_refuse_it(tmp_path):
    folder = write_folder(tmp_path, changed(LESSON, "title: First lesson", "titel: First lesson"))
    before = dump()

    with pytest.raises(CommandError) as refused:
        command(folder)

    assert str(refused.value).startswith(f"Nothing would be loaded.\n{LESSON}, line 1: “title” is missing")
    assert dump() == before
