"""Addresses that cannot be mistaken for another: no letter that some database or program takes for a plain one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def require_plain(address: str) -> None:
    """Raises ValidationError for a letter outside ASCII before the @, or a domain that is written otherwise by IDNA.

    A long s, a Kelvin sign or a dotless i pass Django's check, which ignores case, and are an s, a k or an i for
    PostgreSQL's UPPER: one person's mail and roles would go to another.
    """
    local, _at, domain = address.rpartition("@")
    try:
        is_same = domain.encode("idna").decode("idna").lower() == domain.lower()
    except UnicodeError:
        is_same = False
    if not local.isascii() or not is_same:
        raise ValidationError(
            _("This address holds a letter that only looks like a plain one. Type it again by hand."), code="not_plain"
        )
