"""Where links lead: nowhere, or to what readers cannot see yet. Pure; what is there was looked up before."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from .base import Draft, Finding, Link, Weight


def check(draft: Draft) -> list[Finding]:
    """A finding for each link that leads nowhere or to a draft."""
    found = []
    for link, where, anchor, field in _links(draft):
        if link.state not in ("gone", "draft"):
            continue
        found.append(
            Finding(
                f"link_{link.state}",
                Weight.GATE,
                _sentence(link),
                where=where,
                anchor=anchor,
                field=field,
                detail=link.address,
            )
        )
    return found


def _links(draft: Draft) -> Iterator[tuple[Link, str, str, str]]:
    for piece in draft.pieces:
        for link in piece.links:
            yield link, piece.under, piece.anchor, "body"
    for link in draft.other_links:
        yield link, "", "id_see_also", "see_also"


def _sentence(link: Link) -> str:
    said = {"words": link.words or link.address, "address": link.address}
    if link.state == "draft":
        return _("“%(words)s” leads to a page that is not published, so readers would find nothing.") % said
    return _("“%(words)s” leads to %(address)s, and nothing is there.") % said
