"""Films that are part of a course travel with it: page, film, poster, captions, transcript, and the activity."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import Activity, Course, ModulePage, Requirement, RequirementSet
from media.models import FilmPage, SiteImage
from publishing.exporter import CannotExport, export, exported_course
from publishing.faults import BadContent
from publishing.loader import Side, Verdict, load
from tests.factories.films import film_file, film_page
from tests.media.footage import mp4
from tests.publishing.parcel import parcel
from tests.publishing.test_exporter import another_site, bytes_of, load_from
from tests.publishing.test_film_files import picture

pytestmark = pytest.mark.django_db


def film_in_the_course(poster_name="Some Poster.PNG", **fields):
    """The small course with a film in its module, which a second requirement set asks for."""
    load(parcel())
    poster = SiteImage(title="Poster", file=ContentFile(picture(), name=poster_name))
    poster._set_image_file_metadata()
    poster.save()
    page = film_page(
        parent=ModulePage.objects.get(),
        **{"drafted_by": "The project", "drafted_on": date(2026, 11, 25), "poster": poster, "poster_alt": "A table",
           **fields},
    )  # fmt: skip
    made = RequirementSet.objects.create(
        course=Course.objects.get(), key="with-film", version=1, created_at=timezone.now()
    )
    Requirement.objects.create(requirement_set=made, activity=Activity.objects.get(film=page.film))
    made.sealed_at = timezone.now()
    made.save()
    return page


def test_a_film_goes_along_byte_by_byte_and_keeps_its_activity(tmp_path):
    with another_site():
        film_in_the_course(film_file=film_file(mp4(75)))
        was = Activity.objects.filter(film__isnull=False).values("uuid", "position").get()
        export("small", tmp_path / "package.zip")
        export("small", tmp_path / "package")
    with another_site():
        report = load_from(tmp_path / "package.zip")
        again = load_from(tmp_path / "package")
        page = FilmPage.objects.get()
        now = Activity.objects.filter(film=page.film).values("uuid", "position").get()
        parent = page.get_parent().specific
        with page.film_file.file.open() as stored:
            content = stored.read()
        export("small", tmp_path / "again")

    files = bytes_of(tmp_path / "package")
    assert files["films/second-look/film.mp4"] == content == mp4(75)
    assert files["films/second-look/poster.png"] == picture()
    assert (now, type(parent), page.minutes, len(page.lines)) == (was, ModulePage, 1, 3)
    assert {verdict for verdict, _thing in report.lines} == {Verdict.CREATE}
    assert {verdict for verdict, _thing in again.lines} == {Verdict.UNCHANGED}
    assert bytes_of(tmp_path / "again") == files


def test_a_film_at_a_host_goes_along_by_its_address(tmp_path):
    address = {"embed_address": "https://vimeo.com/76979871", "embed_seconds": 420, "embed_captioned": True}
    with another_site():
        film_in_the_course(**address, captions="")
        export("small", tmp_path / "package")
    with another_site():
        load_from(tmp_path / "package")
        page = FilmPage.objects.get()
        export("small", tmp_path / "again")

    assert {name: getattr(page, name) for name in address} == address
    assert bytes_of(tmp_path / "again") == bytes_of(tmp_path / "package")


def test_a_film_of_the_channel_that_a_package_puts_into_a_course_moves_there(tmp_path):
    with another_site():
        film_in_the_course()
        export("small", tmp_path / "package")
        uuid = FilmPage.objects.get().film.uuid
    load(parcel())
    page = film_page("second-look", drafted_by="The project", drafted_on=date(2026, 11, 25))
    type(page.film).objects.filter(pk=page.film_id).update(uuid=uuid)

    with pytest.raises(BadContent) as refused:
        load_from(tmp_path / "package")
    report = load_from(tmp_path / "package", Side.FILE)

    assert "which it asks for, is not there." in str(refused.value)
    assert [thing.kind for thing in report.of(Verdict.UPDATE)] == ["film"]
    assert isinstance(FilmPage.objects.get().get_parent().specific, ModulePage)
    assert FilmPage.objects.get().poster_alt == "A table"


def test_a_poster_of_a_kind_no_file_may_be_is_refused_by_name(tmp_path):
    film_in_the_course(poster_name="poster.gif")

    with pytest.raises(CannotExport) as refused:
        export("small", tmp_path / "package")

    assert refused.value.sentences == ["films/second-look/film.md: names “poster.gif”, which is not beside it."]
    assert list(tmp_path.iterdir()) == []


def test_who_a_poster_is_by_is_named_as_left_out():
    film_in_the_course()
    SiteImage.objects.update(credit="Drawn by Ann, CC BY")

    exported = exported_course("small")

    assert exported.notes.left_out == ["“Film second-look” (en): the credit of its poster: Drawn by Ann, CC BY."]


def test_a_film_that_was_taken_out_of_its_module_is_no_part_of_the_course():
    film_in_the_course()
    film_page("taken-out").film.activities.create(kind="film", course=Course.objects.get(key="small"), position=90)

    exported = exported_course("small")

    assert [one for one in exported.texts if "taken-out" in one] == []
    assert [one for one in exported.texts if one.endswith("film.md")] == ["films/second-look/film.md"]
