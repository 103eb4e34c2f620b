"""Publish checks: pure functions over a page's content, one module for each thing that may be missing."""

from . import (
    alternative_text,
    audience,
    films,
    headings,
    law,
    link_targets,
    link_words,
    notice,
    practitioner,
    reading_age,
    review,
)
from .base import Check, Draft, Finding, Link, Piece, Weight

CHECKS: tuple[Check, ...] = tuple(
    module.check
    for module in (
        films, alternative_text, link_words, link_targets, law, headings, audience, review, practitioner, notice,
        reading_age,
    )
)  # fmt: skip

__all__ = ["CHECKS", "Check", "Draft", "Finding", "Link", "Piece", "Weight", "findings_in"]


def findings_in(draft: Draft) -> list[Finding]:
    """Everything the checks find, heaviest first, else in the order of the checks."""
    return sorted((one for check in CHECKS for one in check(draft)), key=lambda finding: -finding.weight)
