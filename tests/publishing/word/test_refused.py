"""Files that are no Word file, or would do harm: refused in a sentence, in time and memory, nothing written."""

import io
import stat
import subprocess
import sys
import time
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from briefings.models import Briefing, BriefingIndexPage
from publishing.word.parts import WordRefused
from publishing.word.reading import read_word
from tests.factories import people, shelf
from tests.publishing.word.files import DOCUMENT, docx, h, p, repacked, run, table, zipped

GOOD = docx(h("Start"), p("Words."))
BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>"
OUTSIDE = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"
DEEP = "<w:sdt><w:sdtContent>" * 40 + p("x") + "</w:sdtContent></w:sdt>" * 40


def _reaching(content: str, rows: int) -> str:
    """A cell that reaches over rows: whoever reads row by row reads it again for each."""
    first, again = (
        '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>',
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>",
    )
    return f"<w:tbl><w:tr><w:tc>{first}{content}</w:tc></w:tr>{again * rows}</w:tbl><w:p/>"


def _reaching_in_each_other(levels: int, rows: int) -> str:
    return _reaching(_reaching_in_each_other(levels - 1, rows) if levels else p("x"), rows)


def _link() -> bytes:
    entry = zipfile.ZipInfo("word/link.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _with(entry, b"/etc/passwd")


def _with(entry: zipfile.ZipInfo | str, content: bytes) -> bytes:
    written = io.BytesIO(GOOD)
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(entry, content)
    return written.getvalue()


def _encrypted() -> bytes:
    changed = bytearray(GOOD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def _lying() -> bytes:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        size = archive.getinfo(DOCUMENT).file_size
    return GOOD.replace(size.to_bytes(4, "little"), (size // 10).to_bytes(4, "little"))


HOSTILE = {
    "nothing of an office": (b"just words", "This is not a Word file: send a DOCX."),
    "PDF": (b"%PDF-1.7 and so on", "This is a PDF."),
    "RTF": (b"{\\rtf1 hello}", "This is an RTF file."),
    "old .doc, or a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "has a password or is of the old"),
    "any zip": (zipped({"a.txt": "a"}), "This is not a Word file"),
    "spreadsheet": (zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "This is not a Word file"),
    "OpenDocument": (zipped({"mimetype": "odt", "content.xml": "<a/>"}), "This is an OpenDocument file."),
    "macros": (_with("word/vbaProject.bin", b"x"), "This Word file holds macros"),
    "half of a file": (GOOD[: len(GOOD) // 2], "This Word file is damaged."),
    "encrypted zip": (_encrypted(), "This Word file has a password."),
    "path that leads out": (_with("../../etc/cron.d/x", b"x"), "its parts lead out of it"),
    "absolute path": (_with("/etc/cron.d/x", b"x"), "its parts lead out of it"),
    "link": (_link(), "its parts lead out of it"),
    "a part twice": (_with(DOCUMENT, b"<a/>"), "a part is in it twice"),
    "entity bomb": (repacked(GOOD, word__document_x=BOMB), "declares a document type"),
    "entity bomb in the styles": (repacked(GOOD, word__styles_x=BOMB), "declares a document type"),
    "entity from outside": (repacked(GOOD, word__document_x=OUTSIDE), "declares a document type"),
    "document type in UTF-16": (repacked(GOOD, word__document_x=BOMB.decode().encode("utf-16")), "a document type"),
    "zip bomb": (_with("word/media/x.png", bytes(50_000_000)), "too large once unpacked"),
    "much XML": (docx("<w:p/>" * 700_000), "too large once unpacked"),
    "many elements": (docx("<w:p/>" * 61_000), "holds far more than one page"),
    "deep elements": (docx(DEEP), "holds far more than one page"),
    "many words": (docx(p("word " * 25_000)), "holds far more than one page"),
    "many paragraphs": (docx(p("a") * 5_001), "holds far more than one page"),
    "a long cell over many rows": (docx(_reaching(p("word " * 2_000), 3_000)), "holds far more than one page"),
    "cells over rows in each other": (docx(_reaching_in_each_other(12, 2)), "holds far more than one page"),
    "cells over many rows in each other": (docx(_reaching_in_each_other(5, 9)), "holds far more than one page"),
    "one endless paragraph": (docx(p("word " * 5_000)), "is too long for a page"),
    "size that lies": (_lying(), "This Word file is damaged."),
    "broken XML": (repacked(GOOD, word__document_x=b"<w:document"), "This Word file is damaged."),
    "XML that breaks later": (repacked(GOOD, word__document_x=b"<a><b></a>"), "This Word file is damaged."),
    "no document": (repacked(GOOD, word__document_x=None), "This is not a Word file"),
    "another root": (repacked(GOOD, word__document_x=b"<a/>"), "cannot be read"),
    "no words": (docx(p("")), "There are no words in this Word file"),
    "numbers that are none": (docx('<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="x"/></w:tcPr><w:p/></w:tc></w:tr>'
                                   "</w:tbl>"), "cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_in_a_sentence(what: str) -> None:
    content, words = HOSTILE[what]

    with pytest.raises(WordRefused) as refused:
        read_word(io.BytesIO(content), "x.docx")

    assert words in str(refused.value)


def test_width_of_nothing_does_not_go_round_for_ever() -> None:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="0"/><w:vMerge{}/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>'
    first, second = cell.format(' w:val="restart"'), cell.format("")
    rows = f"<w:tr>{first}</w:tr><w:tr>{second}</w:tr>"

    assert read_word(io.BytesIO(docx(f"<w:tbl>{rows}</w:tbl>", p("after"))), "x.docx").made.body


def test_picture_on_the_servers_disk_is_never_opened() -> None:
    linked = (
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link='l'/>"
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )

    found = read_word(io.BytesIO(docx(p("x", linked), links={"l": "file:///etc/passwd"})), "x.docx")

    assert "root:" not in repr(found)
    assert "picture_without_words" in [one.code for one in found.losses]


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["entity bomb", "zip bomb", "many words", "one endless paragraph", "size that lies"])
def test_nothing_is_written_and_the_sentence_stands_at_the_field(client: Client, what: str) -> None:
    parent = _at_desk(client)
    before = Page.objects.count()

    response = client.post(_address(parent), {"file": SimpleUploadedFile("x.docx", HOSTILE[what][0])})

    assert (response.status_code, Page.objects.count(), Briefing.objects.count()) == (422, before, 0)
    assert HOSTILE[what][1] in response.content.decode()


@pytest.mark.django_db
def test_file_over_the_limit_of_the_setting_is_refused_unread(client: Client, settings: Any) -> None:
    settings.WORD_FILE_MAX_MB = 1
    parent = _at_desk(client)

    response = client.post(_address(parent), {"file": SimpleUploadedFile("x.docx", bytes(1_000_001))})

    assert response.status_code == 422
    assert "This file is larger than 1 MB." in response.content.decode()


@pytest.mark.django_db
def test_100_megabytes_are_refused_in_two_seconds(client: Client) -> None:
    parent = _at_desk(client)
    file = SimpleUploadedFile("x.docx", bytes(100_000_000))
    began = time.process_time()

    response = client.post(_address(parent), {"file": file})

    assert response.status_code == 413
    assert "It is larger than the" in response.content.decode()
    assert time.process_time() - began < 2


CHILD = """
import io, resource, sys, time
sys.path[:0] = {path!r}
import django; django.setup()
from publishing.word.parts import WordRefused
from publishing.word.reading import read_word
from tests.publishing.word.files import docx, p
read_word(io.BytesIO(docx(p("warm"))), "x.docx")
content = open({file!r}, "rb").read()
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    read_word(io.BytesIO(content), "x.docx")
except WordRefused:
    print(time.process_time() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.parametrize("what", [
    "zip bomb", "much XML", "many elements", "many words", "entity bomb", "many paragraphs",
    "a long cell over many rows", "cells over rows in each other", "cells over many rows in each other",
])  # fmt: skip
def test_it_is_refused_in_two_seconds_and_fifty_megabytes(what: str, tmp_path: Any) -> None:
    file = tmp_path / "x.docx"
    file.write_bytes(HOSTILE[what][0])

    ran = subprocess.run(
        [sys.executable, "-c", CHILD.format(path=[str(settings.ROOT), *sys.path], file=str(file))],
        capture_output=True, text=True, check=True, env={"DJANGO_SETTINGS_MODULE": "config.settings.test"},
    )  # fmt: skip
    seconds, megabytes = map(float, ran.stdout.split())

    assert seconds < 2
    assert megabytes < 50


def test_large_page_that_is_taken_stays_within_bounds() -> None:
    content = docx(*(p(f"{n} words of a page") for n in range(2_000)), table(*(["a", "b"] for _ in range(1_000))))
    began = time.process_time()

    read_word(io.BytesIO(content), "x.docx")

    assert time.process_time() - began < 8


@pytest.mark.parametrize("what", [h("h") * 4_900, p("a") * 4_900, "<w:p/>" * 4_900 + p("a"), p(run("a") * 13_000)])
def test_few_bytes_that_are_taken_cost_seconds_at_most(what: str) -> None:
    began = time.process_time()

    read_word(io.BytesIO(docx(what)), "x.docx")

    assert time.process_time() - began < 4


def _at_desk(client: Client) -> Any:
    dev = people().dev
    dev.groups.add(Group.objects.get(name="Moderators"))
    client.force_login(dev)
    return shelf(BriefingIndexPage)


def _address(parent: Page) -> str:
    return reverse("page_from_word", args=[parent.pk])
