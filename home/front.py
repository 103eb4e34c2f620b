"""What the front page says to everybody, made when first asked for and kept (toolkit/kept.py)."""

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from toolkit.kept import kept

if TYPE_CHECKING:
    from .models import HomePage


def front_parts(page: "HomePage", *, is_signed_in: bool, is_banded: bool) -> tuple[SafeString, SafeString]:
    """The hero, and all that stands below the place to carry on from."""

    def made() -> tuple[SafeString, SafeString]:
        context = {**page.public_context(), "is_signed_in": is_signed_in, "is_banded": is_banded}
        return render_to_string("home/_hero.html", context), render_to_string("home/_below.html", context)

    return kept(f"front:{page.pk}:{get_language()}:{is_signed_in}:{is_banded}", made)
