"""A package is a folder or a zip, read with limits; what leads out of it or is too much is refused."""

import stat
import time
import tracemalloc
import zipfile

import pytest

from publishing import package
from publishing.faults import BadContent, Fault
from publishing.package import MAX_FILE_BYTES, read_package
from tests.publishing.parcel import LESSON, parcel, write_folder, write_zip


def refused_faults(path):
    with pytest.raises(BadContent) as refused:
        read_package(path)
    return refused.value.faults


def test_a_folder_and_a_zip_of_it_read_the_same(tmp_path):
    folder = write_folder(tmp_path / "folder", parcel())
    archive = write_zip(tmp_path / "package.zip", parcel())

    read = read_package(folder), read_package(archive)

    assert read == (parcel(), parcel())


def test_notes_licences_hidden_files_and_other_kinds_are_passed_over(tmp_path):
    others = {
        "README.md": "x",
        "LICENCE.md": "x",
        ".git/a.md": "x",
        ".hidden.yaml": "x",
        "a/picture.png": "x",
        "a/b.html": "x",
    }
    folder = write_folder(tmp_path / "folder", {**parcel(), **others})
    archive = write_zip(tmp_path / "package.zip", {**parcel(), **others})

    read = read_package(folder), read_package(archive)

    assert read == (parcel(), parcel())


def test_a_folder_entry_in_a_zip_is_no_file(tmp_path):
    path = write_zip(tmp_path / "package.zip", {"folder.md/": "", **parcel()})

    read = read_package(path)

    assert read == parcel()


@pytest.mark.parametrize("name", ["../out.md", "/etc/out.md", "a/../../out.md", "a\\..\\out.md", "..\\out.md"])
def test_a_zip_that_leads_out_is_refused(tmp_path, name):
    path = write_zip(tmp_path / "package.zip", {**parcel(), name: "x"})

    faults = refused_faults(path)

    assert [fault.sentence for fault in faults] == ["has a path that leads out of the package."]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["package.zip"]


def test_a_link_in_a_zip_is_refused(tmp_path):
    path = tmp_path / "package.zip"
    entry = zipfile.ZipInfo("courses/link.md")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")

    faults = refused_faults(path)

    assert faults == [Fault("courses/link.md", 0, "is a link; a package holds files only.")]


def test_a_link_out_of_a_folder_is_refused(tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret")
    folder = write_folder(tmp_path / "folder", parcel())
    (folder / "courses" / "link.md").symlink_to(secret)

    faults = refused_faults(folder)

    assert faults == [Fault("courses/link.md", 0, "points outside the package.")]


@pytest.mark.parametrize("write", [write_folder, write_zip])
def test_a_file_over_a_megabyte_is_refused(tmp_path, write):
    path = write(tmp_path / "package", {LESSON: "x" * (MAX_FILE_BYTES + 1)})

    faults = refused_faults(path)

    assert faults == [Fault(LESSON, 0, "is larger than 1 MB; a content file is text.")]


def test_a_bomb_is_refused_in_a_moment_and_little_memory(tmp_path):
    path = write_zip(tmp_path / "bomb.zip", {f"courses/{number}.md": "0" * 999_999 for number in range(51)})
    path_of_one = write_zip(tmp_path / "one.zip", {LESSON: "0" * 100_000_000})
    tracemalloc.start()
    begun = time.process_time()

    faults = [*refused_faults(path), *refused_faults(path_of_one)]

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [fault.sentence for fault in faults] == [
        "makes the package too large (5,000 files or 50 MB at most).",
        "is larger than 1 MB; a content file is text.",
    ]
    assert time.process_time() - begun < 4
    assert peak < 80_000_000


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path):
    path = write_zip(tmp_path / "lie.zip", {LESSON: "0" * 3_000_000})
    path.write_bytes(path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))

    faults = refused_faults(path)

    assert faults == [Fault(str(path), 0, "is a damaged, encrypted or unusual zip file.")]


def test_a_zip_with_a_bit_turned_over_is_refused(tmp_path):
    path = write_zip(tmp_path / "damaged.zip", {LESSON: "".join(chr(65 + number % 57) for number in range(5_000))})
    content = bytearray(path.read_bytes())
    content[len(LESSON) + 60] ^= 255
    path.write_bytes(bytes(content))

    faults = refused_faults(path)

    assert faults == [Fault(str(path), 0, "is a damaged, encrypted or unusual zip file.")]


def test_too_many_files_are_refused(tmp_path):
    path = write_zip(tmp_path / "many.zip", {f"courses/{number}.md": "x" for number in range(package.MAX_FILES + 1)})

    faults = refused_faults(path)

    assert faults == [
        Fault(f"courses/{package.MAX_FILES}.md", 0, "makes the package too large (5,000 files or 50 MB at most).")
    ]


@pytest.mark.parametrize("write", [write_folder, write_zip])
def test_a_file_that_is_not_utf_8_is_refused_by_line(tmp_path, write):
    path = write(tmp_path / "package", {LESSON: "x"})
    if path.is_dir():
        (path / LESSON).write_bytes(b"one\ntwo\nS\xeen\n")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(LESSON, b"one\ntwo\nS\xeen\n")

    faults = refused_faults(path)

    assert faults == [Fault(LESSON, 3, "is not UTF-8 text.")]


def test_an_empty_package_is_refused(tmp_path):
    folder = tmp_path / "empty"
    folder.mkdir()

    faults = refused_faults(folder)

    assert faults == [Fault(str(folder), 0, "holds no content files (.md or .yaml).")]


def test_what_is_neither_folder_nor_zip_is_refused(tmp_path):
    path = tmp_path / "words.txt"
    path.write_text("words")

    faults = refused_faults(path)

    assert faults == [Fault(str(path), 0, "is neither a folder nor a zip file.")]
