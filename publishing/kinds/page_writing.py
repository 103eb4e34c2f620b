"""The way back of `written_page`: what a version of a page says as the text of a page file."""

from typing import Any
from uuid import UUID

from publishing.text_writing import write_body
from publishing.yaml_writing import day, write_fields
from reference.pages import WrittenPage

from .base import Notes, Parsed


def page_text(thing: Parsed, own: dict[str, Any]) -> str:
    """The file of a page with the fields of its kind. Pure. Raises CannotSay."""
    state, uuid = thing.state, thing.key.split(":")[0]
    fields = {
        "uuid": uuid,
        "slug": state["slug"],
        "title": state["title"],
        "lead": state["lead"],
        "content_notice": state["content_notice"],
        "content_topics": state["content_topics"],
        "drafted_by": state["drafted_by"],
        "drafted_on": day(state["drafted_on"]),
        "checked_by": state["checked_by"] or None,
        "checked_on": day(state["checked_on"]),
        **({"checked_digest": state["checked_digest"]} if "checked_digest" in state else {}),
        "sources": state["sources"],
        **own,
    }
    body = write_body(state["body"], page=UUID(uuid))
    return f"---\n{write_fields(fields)}---\n" + (f"\n{body}" if body else "")


def suffix(language: str) -> str:
    """What a file's name says of its language: nothing for English."""
    return "" if language == "en" else f".{language}"


def is_carried(page: WrittenPage, notes: Notes) -> bool:
    """Whether readers have this page; what of it no file can say is noted."""
    name = f"“{page.title}” ({page.language})"
    if not page.live:
        notes.left_out.append(f"{name}, which is not published.")
        return False
    if page.has_unpublished_changes:
        notes.left_out.append(f"{name}: a draft that is not published. The package has what readers have.")
    if page.get_view_restrictions().exists():
        notes.hindered.append(f"{name} is not for everybody to see, and a file cannot say for whom.")
    told = {"seo_title": "the title for search engines", "search_description": "the description for search engines",
            "expire_at": "the day it is taken down", "show_in_menus": "that it stands in menus"}  # fmt: skip
    if lost := [words for field, words in told.items() if getattr(page, field)]:
        notes.left_out.append(f"{name}: {', '.join(lost)}.")
    return True
