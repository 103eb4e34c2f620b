"""From a credential's facts to the bytes of its PDF: certificate.typ, filled in by toolkit.typesetting."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import segno
from toolkit.typesetting import OUR_LETTERS, printable, typeset

from .border import border_svg
from .words import LABELS, date_in_words

HERE = Path(__file__).parent
LONGEST_UNBROKEN = 26  # letters; a longer word may be broken, or it would run off the page


@dataclass(frozen=True)
class CertificateFacts:
    """All that a certificate says. `language` is "en" or "cy"; the texts are already in it."""

    name: str
    title: str
    statement: str
    issuer: str
    awarded_on: date
    valid_until_on: date | None
    code: str  # grouped in fours
    verify_url: str
    language: str
    rests_on_open_bank: bool
    brand_name: str
    brand_notice: str


def render_certificate(facts: CertificateFacts) -> bytes:
    """The certificate as a one-page PDF, A4 laid wide.

    Raises CannotBePrinted for a script we have no letters for, and KeyError for a language we have no words in.
    """
    at = datetime.combine(facts.awarded_on, time(12), tzinfo=UTC)
    return typeset(HERE / "certificate.typ", _inputs(facts), at=at)


def _inputs(facts: CertificateFacts) -> dict[str, object]:
    """What certificate.typ reads: texts ready to be set, which of them need another font, and two drawings as SVG."""
    labels = dict(LABELS[facts.language])
    labels["qr"] = labels["qr"].format(url=facts.verify_url)
    until = facts.valid_until_on
    texts = {
        "name": _line(facts.name),
        "title": _line(facts.title),
        "issuer": _line(facts.issuer),
        "brand_name": _line(facts.brand_name),
        "brand_notice": _line(facts.brand_notice),
    }
    statement = [_line(part) for part in facts.statement.splitlines() if part.strip()]
    return {
        **texts,
        "statement": statement,
        "other_letters": [text for text in (*texts.values(), *statement) if not OUR_LETTERS.fullmatch(text)],
        "language": facts.language,
        "labels": labels,
        "awarded_on": date_in_words(facts.awarded_on, facts.language),
        "valid_until": date_in_words(until, facts.language) if until else labels["no_end"],
        "code": facts.code,
        "verify_url": facts.verify_url,
        "open_bank": labels["open_bank"] if facts.rests_on_open_bank else "",
        "border": border_svg(facts.code),
        "qr": qr_svg(facts.verify_url),
    }


def qr_svg(address: str) -> str:
    """The address as a QR code. A quarter of it may be lost to a fold or a stain (level Q).

    Without its quiet zone (four modules, ISO/IEC 18004): the layout leaves more white than that all round it.
    """
    code = segno.make(address, error="q", micro=False, boost_error=False)
    return code.svg_inline(border=0, dark="#1b2a2e", light="#ffffff")


def _line(text: str) -> str:
    """A person's text on one line, and never wider than the page."""
    return " ".join(_breakable(word) for word in printable(text).split(" "))


def _breakable(word: str) -> str:
    """A word that may go over a line end if it is longer than a line of the largest letters."""
    if len(word) <= LONGEST_UNBROKEN:
        return word
    half = LONGEST_UNBROKEN // 2
    return "\u200b".join(word[start : start + half] for start in range(0, len(word), half))
