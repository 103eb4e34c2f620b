"""Short texts kept by language code in one column, such as an assessment's title."""

from django.utils.translation import get_language


def in_language(texts: dict[str, str], language: str | None = None) -> str:
    """The text in a language (the page's when none is given); English where there is none; else empty."""
    wanted = language or get_language() or "en"
    return texts.get(wanted) or texts.get("en", "")
