"""Films and pictures of a package: measured without being read in, and refused when they lead out or are too much."""

import hashlib
import stat
import zipfile

import pytest

from publishing import attachments
from publishing.attachments import read_attachments
from publishing.faults import BadContent

NAME = "films/x/film.mp4"


def in_zip(path, contents, **kinds):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
        for name, mode in kinds.items():
            entry = zipfile.ZipInfo(name.replace("__", "."))
            entry.external_attr = mode << 16
            archive.writestr(entry, "/etc/passwd")
    return path


def in_folder(path, contents):
    for name, content in contents.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return path


def refused(path):
    with pytest.raises(BadContent) as bad:
        read_attachments(path)
    return [str(fault) for fault in bad.value.faults]


@pytest.mark.parametrize("write", [in_folder, in_zip])
def test_films_and_pictures_are_found_measured_and_can_be_read(tmp_path, write):
    contents = {NAME: b"film", "poster.PNG": b"picture", "a/.hidden/x.mp4": b"x", "film.md": b"x", "voice.wav": b"x"}
    path = write(tmp_path / "package", contents)

    found = read_attachments(path)

    assert set(found) == {NAME, "poster.PNG"}
    assert (found[NAME].size, found[NAME].digest) == (4, hashlib.sha256(b"film").hexdigest())
    with found[NAME].open() as stream:
        assert stream.read() == b"film"


@pytest.mark.parametrize("name", ["../out.mp4", "/etc/out.mp4", "a/../../out.mp4", "a\\..\\out.mp4"])
def test_zip_that_leads_out_is_refused(tmp_path, name):
    path = in_zip(tmp_path / "package.zip", {name: b"x"})

    assert refused(path) == [f"{name}: has a path that leads out of the package."]


def test_links_are_refused_in_a_zip_and_out_of_a_folder(tmp_path):
    archive = in_zip(tmp_path / "package.zip", {}, link__mp4=stat.S_IFLNK | 0o777)
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    folder = in_folder(tmp_path / "folder", {NAME: b"x"})
    (folder / "link.mp4").symlink_to(tmp_path / "secret.mp4")

    assert refused(archive) == ["link.mp4: is a link; a package holds files only."]
    assert refused(folder) == ["link.mp4: points outside the package."]


@pytest.mark.parametrize("write", [in_folder, in_zip])
def test_file_or_package_over_its_limit_is_refused(tmp_path, monkeypatch, write):
    path = write(tmp_path / "package", {NAME: b"x" * 3_000, "b.mp4": b"x" * 3_000, "c.mp4": b"x" * 3_000})

    monkeypatch.setattr(attachments, "MAX_TOTAL_BYTES", 8_000)
    too_much = refused(path)
    monkeypatch.setattr(attachments, "MAX_FILE_BYTES", 2_000)
    too_large = refused(path)

    assert too_much == [f"{path}: holds too many films and pictures (500 files or 1 GB at most)."]
    assert too_large[0].endswith("is larger than 200 MB.")


def test_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = in_zip(tmp_path / "lie.zip", {NAME: b"0" * 3_000_000})
    path.write_bytes(path.read_bytes().replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))

    assert refused(path) == [f"{path}: is a damaged, encrypted or unusual zip file."]
