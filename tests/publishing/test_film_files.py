"""Films as content files: loaded whole or not at all, from a folder or a zip, and never over an editor's work."""

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from media.models import FilmFile, FilmIndexPage, FilmPage, SiteImage
from publishing.attachments import read_attachments
from publishing.faults import BadContent
from publishing.loader import Side, Verdict, load
from publishing.package import read_package
from tests.factories import front_page
from tests.media.film_parcel import CAPTIONS, CHANNEL, FILM, PAGE, POSTER, TRANSCRIPT, texts, write_package
from tests.media.footage import mp4

pytestmark = pytest.mark.django_db


def picture(colour: str = "#0b5d66") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(content, "PNG")
    return content.getvalue()


@pytest.fixture(autouse=True)
def home():
    """The front page the channel stands under."""
    return front_page()


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_package(tmp_path / "package", film=mp4(40), poster=picture())


def load_from(path: Path, side: Side | None = None) -> list[str]:
    """What was done with the channel and with the film."""
    report = load(read_package(path), files=read_attachments(path), side=side)
    return [verdict.name for verdict, _thing in report.lines]


def faults_of(path: Path) -> list[str]:
    with pytest.raises(BadContent) as refused:
        load_from(path)
    return [str(fault) for fault in refused.value.faults]


def change(folder: Path, path: str, old: str, new: str) -> None:
    text = (folder / path).read_text()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (folder / path).write_text(text.replace(old, new))


def zipped(folder: Path, to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder).as_posix())
    return to


def test_film_is_loaded_whole_and_a_second_time_changes_nothing(folder):
    first, second = load_from(folder), load_from(folder)

    page = FilmPage.objects.get()
    assert (first, second) == (["CREATE"] * 2, ["UNCHANGED"] * 2)
    assert (page.live, page.slug, page.film.key, page.seconds) == (True, "second-look", "second-look", 40)
    assert (page.get_parent().specific, len(page.lines)) == (FilmIndexPage.objects.get(), 5)
    assert (page.audience, page.topics) == (["practitioners", "boards"], ["hindsight", "findings"])
    assert [(chapter.at, chapter.title) for chapter in page.chapter_list] == [
        (0, "As the file tells it"), (20, "As it looked from the table"),
    ]  # fmt: skip
    assert page.captions.startswith("WEBVTT\n\n00:00:02.000 --> 00:00:06.000\n<v Narrator>The file says")
    assert (page.poster_alt, SiteImage.objects.count(), FilmFile.objects.count()) == (
        "A kitchen table with a red book.", 1, 1,
    )  # fmt: skip


def test_zip_loads_the_same_as_the_folder(folder, tmp_path):
    load_from(folder)

    again = load_from(zipped(folder, tmp_path / "package.zip"))

    assert again == ["UNCHANGED"] * 2


def test_zip_alone_brings_film_and_poster(folder, tmp_path):
    load_from(zipped(folder, tmp_path / "package.zip"))

    page = FilmPage.objects.get()
    with page.film_file.file.open() as stored:
        assert stored.read() == mp4(40)
    assert page.poster.file_size == len(picture())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (CAPTIONS, "no answer", "an answer"),
        (TRANSCRIPT, "A kitchen. A health", "A kitchen, later. A health"),
        (PAGE, "One visit, told twice.", "One visit."),
    ],
)
def test_change_in_any_of_its_files_updates_the_film(folder, path, old, new):
    load_from(folder)
    change(folder, path, old, new)

    assert load_from(folder) == ["UNCHANGED", "UPDATE"]


def test_new_film_file_or_poster_takes_the_place_of_the_old_one(folder):
    load_from(folder)
    (folder / FILM).write_bytes(mp4(41))
    (folder / POSTER).write_bytes(picture("#7d2f63"))

    assert load_from(folder) == ["UNCHANGED", "UPDATE"]
    page = FilmPage.objects.get()
    assert (page.seconds, FilmFile.objects.count(), SiteImage.objects.count()) == (41, 2, 2)


def test_transcript_edited_at_the_desk_is_left_alone_and_a_change_on_both_sides_is_a_conflict(folder):
    load_from(folder)
    page = FilmPage.objects.get()
    page.transcript = [{"at": 0, "kind": "visual", "text": "Edited here.", "speaker": ""}]
    page.save_revision().publish()

    left = load_from(folder)
    change(folder, PAGE, "One visit, told twice.", "One visit.")
    conflict = load_from(folder)

    assert (left, conflict) == (["UNCHANGED", "LEAVE"], ["UNCHANGED", "CONFLICT"])
    assert FilmPage.objects.get().lines[0].text == "Edited here."
    assert load_from(folder, side=Side.FILE) == ["UNCHANGED", "UPDATE"]
    assert FilmPage.objects.get().lead == "One visit."


def test_film_without_a_poster_is_loaded(tmp_path):
    folder = write_package(tmp_path, film=mp4(40))

    load_from(folder)

    assert FilmPage.objects.get().poster is None


def test_film_at_a_host_needs_no_file_and_no_captions_of_ours(tmp_path):
    folder = write_package(tmp_path, film=mp4(40))
    own = "film: film.mp4\ncaptions: captions.en.vtt\n"
    embed = "embed: https://vimeo.com/123456789\nembed_seconds: 40\nembed_captioned: true\n"
    change(folder, PAGE, "film: film.mp4\n", "")
    change(folder, PAGE, "captions: captions.en.vtt\n", embed)

    verdicts = [load_from(folder), load_from(folder)]

    page = FilmPage.objects.get()
    assert own not in (folder / PAGE).read_text()
    assert verdicts == [["CREATE"] * 2, ["UNCHANGED"] * 2]
    assert (page.embed_address, page.seconds, page.film_file) == ("https://vimeo.com/123456789", 40, None)


@pytest.mark.parametrize(
    ("path", "old", "new", "fault"),
    [
        (PAGE, "key: second-look", "key: third-look", f"{PAGE}, line 3: “key” is the name of the film's folder."),
        (PAGE, "[practitioners, boards]", "[strangers]", f"{PAGE}, line 10: “strangers” is none of these: all,"),
        (PAGE, "[hindsight, findings]", "[cats]", f"{PAGE}, line 11: “cats” is none of these: systems,"),
        (PAGE, 'at: "0:20"', 'at: "0:00"', f"{PAGE}, line 12: this chapter does not begin after the one above."),
        (PAGE, "captions: captions.en.vtt\n", "", f"{PAGE}, line 1: “captions” is missing or is not text."),
        (PAGE, "transcript: transcript.yaml\n", "", f"{PAGE}, line 1: “transcript” is missing or is not text."),
        (PAGE, "film: film.mp4\n", "", f"{PAGE}, line 1: “film” is missing or is not text."),
        (PAGE, "film: film.mp4", "film: other.mp4", f"{PAGE}: names “other.mp4”, which is not beside it."),
        (PAGE, "captions: captions", "captions: none", f"{PAGE}: names “none.en.vtt”, which is not beside it."),
        (PAGE, "film: film.mp4", "embed: https://example.org/", f"{PAGE}, line 17: This is not the address of a film"),
        (CAPTIONS, "00:06.000", "00:01.000", f"{CAPTIONS}, line 3: this caption ends before it has begun."),
        (TRANSCRIPT, "at: 9.5", "at: 1", f"{TRANSCRIPT}, line 8: this moment lies before that of the line above."),
        (TRANSCRIPT, "  speaker: Health visitor\n", "",
         f"{TRANSCRIPT}, line 11: speech says who speaks; what is seen does not."),
        (TRANSCRIPT, "at: 31", "at: soon", f"{TRANSCRIPT}, line 15: “at” is the moment in seconds from the beginning."),
        (CHANNEL, "title: Films", "titel: Films", f"{CHANNEL}, line 1: “title” is missing or is not text."),
    ],
)  # fmt: skip
def test_fault_in_any_of_its_files_is_named_by_file_and_line_and_nothing_is_loaded(folder, path, old, new, fault):
    change(folder, path, old, new)

    faults = faults_of(folder)

    assert any(one.startswith(fault) for one in faults), faults
    assert (FilmPage.objects.count(), FilmIndexPage.objects.count(), FilmFile.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        (FILM, b"\x89PNG" + b"\0" * 99, f"{FILM}: This is a file of the kind PNG, whatever it is called."),
        (FILM, mp4(40)[:900], f"{FILM}: This film breaks off before its end"),
        (POSTER, b"<svg/>", f"{POSTER}: is not a picture (JPEG, PNG or WebP)."),
        (POSTER, picture()[:60], f"{POSTER}: is not a picture (JPEG, PNG or WebP)."),
    ],
)
def test_film_or_poster_that_is_none_is_refused_by_its_name(folder, path, content, fault):
    (folder / path).write_bytes(content)

    assert any(one.startswith(fault) for one in faults_of(folder))
    assert FilmPage.objects.count() == 0


def test_film_whose_transcript_shows_nothing_is_refused_before_anybody_sees_it(folder):
    text = (folder / TRANSCRIPT).read_text()
    spoken = text.replace("kind: visual\n", "kind: speech\n  speaker: Narrator\n")
    (folder / TRANSCRIPT).write_text(spoken)

    faults = faults_of(folder)

    assert "Say what is seen, at least once, in square brackets" in faults[0]
    assert FilmPage.objects.count() == 0


def test_film_without_a_channel_is_refused(folder):
    (folder / CHANNEL).unlink()

    assert faults_of(folder) == [f"{PAGE}: has no channel to stand in (films.md) in the language “en”."]


def test_script_and_other_companions_are_passed_over(folder):
    (folder / "films/second-look/script.yaml").write_text("scenes: []\n")
    (folder / "films/second-look/captions.cy.srt").write_text("not read\n")

    assert load_from(folder) == ["CREATE"] * 2


def test_report_counts_a_film_as_one_thing(folder):
    report = load(read_package(folder), files=read_attachments(folder))

    assert [thing.kind for thing in report.of(Verdict.CREATE)] == ["film_channel", "film"]
    assert set(texts()) == {CHANNEL, PAGE, CAPTIONS, TRANSCRIPT}
