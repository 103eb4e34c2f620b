"""The certificate's own words in English and Welsh, and its dates.

Not gettext: a certificate is drawn once and stored, so its words must depend on nothing but its facts.
"""

from datetime import date

LABELS = {
    "en": {
        "certificate": "Certificate",
        "awarded_to": "Awarded to",
        "earned": "For",
        "open_bank": "Its questions come from an open practice bank: they and their answers are public.",
        "awarded_on": "Awarded on",
        "valid_until": "Valid until",
        "no_end": "No end date",
        "issuer": "Issued by",
        "code": "Code",
        "check": "Check it today",
        "proof": "The page at this address, not this paper, is the proof.",
        "qr": "QR code that opens {url}",
    },
    "cy": {
        "certificate": "Tystysgrif",
        "awarded_to": "Dyfarnwyd i",
        "earned": "Am",
        "open_bank": "Daw ei chwestiynau o fanc ymarfer agored: maen nhw a’u hatebion yn gyhoeddus.",
        "awarded_on": "Dyddiad dyfarnu",
        "valid_until": "Yn ddilys tan",
        "no_end": "Dim dyddiad gorffen",
        "issuer": "Cyhoeddwyd gan",
        "code": "Cod",
        "check": "Gwiriwch hi heddiw",
        "proof": "Y dudalen yn y cyfeiriad hwn, nid y papur hwn, yw’r prawf.",
        "qr": "Cod QR sy’n agor {url}",
    },
}

# fmt: off
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
        "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
    ),
}
# fmt: on


def date_in_words(day: date, language: str) -> str:
    """A day as people write it: 22 November 2026, 22 Tachwedd 2026."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
