"""Make the site's fonts again from the open originals: `python site/tools/fonts.py`. Needs npm and fonttools.

Fraunces (headings) and Atkinson Hyperlegible Next (text), both under the SIL Open Font Licence 1.1, come from npm's
@fontsource-variable packages, pinned by version and checksum. The Welsh letters (ŵ ŷ ẁ ẃ ẅ ỳ) are in the packages'
latin-ext files, so the two files are joined first and cut to size afterwards.

Written: site/static/fonts/*.woff2 for the browser, cut to Latin and Welsh; site/toolkit/typesetting/fonts/*.ttf
for what is printed, uncut (Latin and Latin Extended), because a person's name may need any of it.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otBase import ValueRecord
from fontTools.varLib import hvar
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "site/static/fonts"
PRINT = ROOT / "site/toolkit/typesetting/fonts"

WELSH = "ŵŷẁẃẅỳÿâêîôûáéíóúàèìòùäëïöü"
WEST_EUROPEAN = "".join(chr(n) for n in range(0xC0, 0x100) if chr(n) not in "ÐÞðþ")  # names in the news and on the page
LETTERS = "".join(chr(n) for n in range(0x20, 0x7F)) + WELSH + WELSH.upper() + WEST_EUROPEAN
LETTERS += "\u00a0£€§©°·½×–—‘’“”…•−"
LETTERS = "".join(letter for letter in LETTERS if letter not in "\\^`{|}~")  # of programs, not of prose
FEATURES = ["kern", "tnum"]
SLIGHT = 10  # thousandths of the size: kerning nobody sees
# With its HTTP header, a file up to this size arrives with a connection's first window of ten segments; a larger one
# costs another round trip before a heading stands in its own face.
MOST_BYTES = 14_150


class Original(NamedTuple):
    """One npm package and the pair of its files to be joined."""

    package: str
    version: str
    sha256: str
    latin: str
    latin_ext: str


FRAUNCES = Original(
    "@fontsource-variable/fraunces",
    "5.3.0",
    "c8bff30211fb6683f7c4c6fa0c298d1f1c7d4e811767de92d26a199c273235fb",
    "fraunces-latin-opsz-normal.woff2",
    "fraunces-latin-ext-opsz-normal.woff2",
)
ATKINSON = Original(
    "@fontsource-variable/atkinson-hyperlegible-next",
    "5.3.0",
    "75d5156505841b7dd4251398f0a5ff9e44120c87c2e388e9a108879b4def23a6",
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
)
HEADINGS = {"wght": 560, "opsz": 36}  # one weight, drawn for the middle of our heading sizes


def fetch(original: Original, folder: Path) -> Path:
    """A folder with the package's two fonts and LICENSE; raises ValueError if it is not the package we looked at."""
    wanted = f"{original.package}@{original.version}"
    done = subprocess.run(
        ["npm", "pack", wanted, "--silent", "--pack-destination", str(folder)],
        check=True,
        capture_output=True,
        text=True,
    )
    packed = folder / done.stdout.strip().splitlines()[-1]
    found = hashlib.sha256(packed.read_bytes()).hexdigest()
    if found != original.sha256:
        raise ValueError(f"{wanted} has checksum {found}, expected {original.sha256}")
    target = folder / original.package.split("/")[-1]
    target.mkdir()
    with tarfile.open(packed) as archive:
        for member in ("LICENSE", f"files/{original.latin}", f"files/{original.latin_ext}"):
            source = archive.extractfile(f"package/{member}")
            if source is None:
                raise ValueError(f"{wanted} has no {member}")
            (target / Path(member).name).write_bytes(source.read())
    return target


def join(latin: Path, latin_ext: Path) -> TTFont:
    """One variable font with the glyphs of both files; accented letters are kerned like their plain ones."""
    font, more = (TTFont(path, recalcTimestamp=False) for path in (latin, latin_ext))
    for each in (font, more):
        each.ensureDecompiled()  # tables read later would not fit the longer list of glyphs
    new = [name for name in more.getGlyphOrder() if name not in font.getGlyphOrder()]
    font.setGlyphOrder(font.getGlyphOrder() + new)
    font["glyf"].glyphOrder = font.getGlyphOrder()
    for name in new:
        font["glyf"].glyphs[name] = more["glyf"][name]
        font["hmtx"][name] = more["hmtx"][name]
        font["gvar"].variations[name] = more["gvar"].variations.get(name, [])
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap.update({c: n for c, n in more.getBestCmap().items() if c not in table.cmap})
    _kern_like_plain_letters(font)
    _kern_alike_at_every_weight(font)
    for unused in ("GDEF", "MVAR"):
        if unused in font:
            del font[unused]
    if "HVAR" in font:
        del font["HVAR"]
    return _reloaded(font)


def _kern_like_plain_letters(font: TTFont) -> None:
    cmap = font.getBestCmap()
    plain_of = {}
    for code, name in cmap.items():
        base = ord(unicodedata.normalize("NFD", chr(code))[0])
        if base != code and base in cmap:
            plain_of[name] = cmap[base]
    for pair in _pairs(font):
        if pair.Format != 2:
            continue
        covered = set(pair.Coverage.glyphs)
        first, second = pair.ClassDef1.classDefs, pair.ClassDef2.classDefs
        for name, plain in plain_of.items():
            if plain in covered and name not in covered:
                pair.Coverage.glyphs.append(name)
                if plain in first:
                    first[name] = first[plain]
            if plain in second and name not in second:
                second[name] = second[plain]
        pair.Coverage.glyphs.sort(key=font.getGlyphID)


def cut(font: TTFont, letters: str) -> TTFont:
    """The font with these letters only. No hinting, which browsers of today do not use; its licence lies beside it."""
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [1, 2]
    options.drop_tables += ["STAT"]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(font)
    for value in _kerning(font):
        if abs(value.XAdvance or 0) < SLIGHT:
            value.XAdvance = 0
    return font


def _kerning(font: TTFont) -> Iterator[ValueRecord]:
    """By how much each pair of letters, or of classes of them, moves together."""
    for subtable in _pairs(font):
        if subtable.Format == 2:
            yield from (second.Value1 for first in subtable.Class1Record for second in first.Class2Record)
        else:
            yield from (second.Value1 for first in subtable.PairSet for second in first.PairValueRecord)


def _pairs(font: TTFont) -> Iterator[Any]:
    """The tables of pairs."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            pair = getattr(subtable, "ExtSubTable", subtable)
            if pair.LookupType == 2:
                yield pair


def _kern_alike_at_every_weight(font: TTFont) -> None:
    """Kerning loses its variations, which point into a table that goes when fonts are joined."""
    for value in _kerning(font):
        value.__dict__.pop("XAdvDevice", None)
    for pair in _pairs(font):
        pair.ValueFormat1 &= 0x000F


def named(font: TTFont, family: str, weight: int) -> TTFont:
    """The static font under a family name and weight that a typesetter can ask for."""
    style = {400: "Regular", 700: "Bold"}.get(weight, "Regular")
    for name_id, text in {1: family, 2: style, 4: f"{family} {weight}", 16: family, 17: style}.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["name"].setName(f"{family.replace(' ', '')}-{weight}", 6, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if weight == 700 else 0x40
    font["head"].macStyle = 1 if weight == 700 else 0
    return font


def _reloaded(font: TTFont) -> TTFont:
    """The same font read back, so that no table still points at what it was made from."""
    kept = io.BytesIO()
    font.flavor = None
    font.save(kept)
    kept.seek(0)
    return TTFont(kept, recalcTimestamp=False)


def _write(font: TTFont, path: Path) -> None:
    """Raises ValueError if a font for the browser is larger than `MOST_BYTES`; it is written all the same."""
    font.flavor = "woff2" if path.suffix == ".woff2" else None
    font.save(path)
    if font.flavor and path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size:,} bytes; at most {MOST_BYTES:,} arrive at once")
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1024:.1f} KB")


def main() -> None:
    """Fetch, join, cut, write."""
    WEB.mkdir(parents=True, exist_ok=True)
    PRINT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        fraunces, atkinson = (fetch(original, Path(scratch)) for original in (FRAUNCES, ATKINSON))
        for package, licence in ((fraunces, "Fraunces-OFL.txt"), (atkinson, "AtkinsonHyperlegibleNext-OFL.txt")):
            for folder in (WEB, PRINT):
                shutil.copyfile(package / "LICENSE", folder / licence)

        def joined(package: Path, original: Original) -> TTFont:
            return join(package / original.latin, package / original.latin_ext)

        heading = instantiateVariableFont(joined(fraunces, FRAUNCES), HEADINGS)
        _write(named(heading, "Fraunces", 560), PRINT / "Fraunces-560.ttf")
        _write(cut(_reloaded(heading), LETTERS), WEB / "fraunces.woff2")

        for weight in (400, 700):
            text = instantiateVariableFont(joined(atkinson, ATKINSON), {"wght": weight})
            path = PRINT / f"AtkinsonHyperlegibleNext-{weight}.ttf"
            _write(named(text, "Atkinson Hyperlegible Next", weight), path)
        text = cut(joined(atkinson, ATKINSON), LETTERS)
        text = instantiateVariableFont(text, {"wght": (400, 400, 700)})
        hvar.add_HVAR(text)
        _write(text, WEB / "atkinson.woff2")


if __name__ == "__main__":
    main()
