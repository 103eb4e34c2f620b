"""Codes of credentials: 20 characters of Crockford's base 32, so that nobody mistakes a letter for a number.

Source: Douglas Crockford, Base 32 (I and L read as 1, O as 0, no U). 100 bits from a cryptographic source.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015]+")


def new_code() -> str:
    """A fresh code; the unique constraint answers for the one-in-2^100 chance of a repeat."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """The code somebody typed, in stored form: any case, with or without hyphens or spaces.

    Returns an empty text for what cannot be a code, so that a mistyped code and an unknown one look the same.
    """
    code = _SEPARATORS.sub("", typed).upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def grouped(code: str) -> str:
    """The code in groups of four, as it is printed and shown."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
