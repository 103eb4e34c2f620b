"""Word files as Word writes them, made here: styles with Word’s own names, numbering, relationships."""

import io
import zipfile
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header", "footer")
DOCUMENT = "word/document.xml"


def _style(key: str, name: str, *rest: str) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{''.join(rest)}</w:style>"
    )


STYLES = "".join(
    [
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        *(
            _style(f"Heading{n}", f"heading {n}", f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr>')
            for n in range(1, 7)
        ),
        _style("Title", "Title"),
        _style("Subtitle", "Subtitle"),
        _style("ListParagraph", "List Paragraph"),
        _style("Quote", "Quote"),
        _style("TOC1", "toc 1"),
        '<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="House chapter"/>'
        '<w:basedOn w:val="Heading1"/></w:style>',
    ]
)


def _numbers(key: int, form: str) -> str:
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/></w:lvl>' for n in range(9))
    return f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>'


NUMBERING = (
    _numbers(0, "bullet")
    + _numbers(1, "decimal")
    + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(2))
)


def run(text: str, *marks: str) -> str:
    """Words with marks such as “b” or “i”."""
    properties = "".join(f"<w:{mark}/>" for mark in marks)
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def p(*content: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph of runs; what does not begin with “<” becomes one. `number`: list (1 dots, 2 numbers), depth."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        properties += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    inner = "".join(one if one.startswith(("<w:", "<m:")) else run(one) for one in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def h(words: str, level: int = 1) -> str:
    return p(words, style=f"Heading{level}")


def dot(words: str, depth: int = 0) -> str:
    return p(words, style="ListParagraph", number=(1, depth))


def one(words: str, depth: int = 0) -> str:
    return p(words, style="ListParagraph", number=(2, depth))


def link(words: str, key: str) -> str:
    return f'<w:hyperlink r:id="{key}">{run(words)}</w:hyperlink>'


def table(*rows: list[str], bold_first: bool = True) -> str:
    """Cells as texts, or as blocks where they begin with “<”."""
    made = ""
    for number, row in enumerate(rows):
        marks = ("b",) if bold_first and not number else ()
        cells = (cell if cell.startswith("<") else p(run(cell, *marks)) for cell in row)
        made += f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def picture(described: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{described}"/><a:graphic><a:graphicData>'
        '<pic:pic><pic:blipFill><a:blip r:embed="rId9"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(words: str) -> str:
    """As Word writes it: twice, for itself and for older readers."""
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="Text Box"/>'
        f"<a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{p(words)}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{p(words)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def docx(*blocks: str, links: dict[str, str] | None = None, **parts: str) -> bytes:
    """A Word file. `links`: addresses by key. Parts: what stands inside footnotes, comments, header…"""
    held = {"styles": STYLES, "numbering": NUMBERING, **parts}
    tags = {"header": "hdr", "footer": "ftr"}
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(("rId1", "officeDocument", DOCUMENT, "")),
        DOCUMENT: f"{_HEAD}<w:document {_SPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            *((f"p{n}", name.removesuffix("1"), f"{name}.xml", "") for n, name in enumerate(held)),
            *((key, "hyperlink", address, ' TargetMode="External"') for key, address in (links or {}).items()),
        ),
        **{
            f"word/{name}.xml": f"{_HEAD}<w:{tags.get(name, name)} {_SPACES}>{inner}</w:{tags.get(name, name)}>"
            for name, inner in held.items()
        },
    }
    return zipped(files)


def zipped(files: dict[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def repacked(content: bytes, **changed: bytes | None) -> bytes:
    """The same file with parts changed, added, or taken out (None); “__” in a name stands for “/”, “_x” for “.xml”."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    for key, new in changed.items():
        name = key.replace("__", "/").replace("_x", ".xml")
        files.pop(name, None)
        if new is not None:
            files[name] = new
    return zipped(files)


def _relations(*links: tuple[str, str, str, str]) -> str:
    made = "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{escape(target)}"{mode}/>'
        for key, kind, target, mode in links
    )
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{made}</Relationships>'
