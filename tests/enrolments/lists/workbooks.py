"""Workbooks as people and attackers make them, for tests."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("E-mail", "Name")
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def xlsx(
    *rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, change: Callable[[Any], None] = lambda book: None
) -> bytes:
    """A workbook with these rows; `change` may do more to it before it is saved."""
    book = Workbook()
    for row in (headings, *rows):
        book.active.append(list(row))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def as_excel_writes(content: bytes) -> bytes:
    """The same workbook with its texts in a part of their own, where openpyxl writes each beside its cell."""
    texts: list[str] = []

    def shared(cell: "re.Match[str]") -> str:
        texts.append(cell[2])
        return f'<c {cell[1]} t="s"><v>{len(texts) - 1}</v></c>'

    inline = r'<c ([^>]*?) t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>'
    changed = repacked(content, replace={SHEET: lambda part: re.sub(inline, shared, part.decode()).encode()})
    strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'.encode()
    return repacked(
        changed,
        replace={"[Content_Types].xml": lambda part: part.replace(b"</Types>", override)},
        add=[(STRINGS, f'<sst xmlns="{MAIN}">{strings}</sst>'.encode())],
    )


def repacked(
    content: bytes,
    *,
    replace: Mapping[str, Callable[[bytes], bytes]] | None = None,
    add: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (),
    leave_out: Sequence[str] = (),
) -> bytes:
    """The same zip with some parts changed, added or left out."""
    written, replace = io.BytesIO(), dict(replace or {})
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in leave_out:
                new.writestr(name, replace.pop(name, bytes)(old.read(name)))
        for entry, part in add:
            new.writestr(entry, part)
    assert not replace, f"the workbook has no part {list(replace)}"
    return written.getvalue()


def with_document_type(part: bytes) -> bytes:
    """Entities within entities, of which one would be gigabytes."""
    lines = ['<!ENTITY a0 "lol">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    declared = f"<!DOCTYPE bomb [{''.join(lines)}]>".encode()
    body = part.split(b"?>", 1)[-1] if part.startswith(b"<?xml") else part
    return b'<?xml version="1.0"?>' + declared + body.replace(b"Ada Lee", b"&a9;")


def with_external_entity(part: bytes) -> bytes:
    body = part.split(b"?>", 1)[-1] if part.startswith(b"<?xml") else part
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + body


def in_utf16(part: bytes) -> bytes:
    """The same in an encoding in which a search for bytes finds nothing."""
    text = with_external_entity(part).decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1)
    return text.encode("utf-16")
