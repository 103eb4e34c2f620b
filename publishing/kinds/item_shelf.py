"""What an item's file says beside the item itself: its category, its tags, the section it comes from, and its state."""

from datetime import datetime
from typing import Any

from assessments.bank import move, set_section, set_tags
from assessments.choices import VersionState
from assessments.models import Item
from publishing.fields import Fields
from publishing.lesson_sections import find_section, read_name, section_of

SAID = (VersionState.DRAFT, VersionState.RETIRED)  # a file that says nothing is of a live item


def read_shelf(fields: Fields) -> dict[str, Any]:
    """Only what is not as it is for most, so that the others compare as they did before."""
    state = fields.text("state", required=False)
    if state and state not in SAID:
        fields.fault(
            "state", f"“{state}” is not a state that is written (there are: {', '.join(SAID)}; live needs none)."
        )
    section = fields.text("section", required=False)
    said = {
        "category": fields.text("category", required=False, longest=80),
        "tags": sorted(set(fields.words("tags"))),
        "section": section,
        "state": state if state in SAID else "",
    }
    if section and read_name(section) is None:
        fields.fault("section", "“section” names a section of a lesson so: m3/outcome-experiment#called.")
    if any(not one.strip() or len(one) > 60 for one in said["tags"]):
        fields.fault("tags", "“tags” must hold words of at most 60 characters each.")
    return {name: value for name, value in said.items() if value}


def shelf_of(item: Item) -> dict[str, Any]:
    """The same of an item on the site."""
    said = {
        "category": item.category.name if item.category else "",
        "tags": sorted(one.name for one in item.tags.all()),
        "section": section_of(item),
        "state": _state(item),
    }
    return {name: value for name, value in said.items() if value}


def _state(item: Item) -> str:
    if item.retired_at:
        return VersionState.RETIRED
    return "" if item.current_id else VersionState.DRAFT


def put_on_shelf(item: Item, state: dict[str, Any], *, at: datetime) -> None:
    """What a file says, taken over: an item it does not call retired is asked again."""
    is_retired = state.get("state") == VersionState.RETIRED
    if is_retired != bool(item.retired_at):
        item.retired_at = at if is_retired else None
        item.save(update_fields=["retired_at"])
    if (item.category.name if item.category else "") != state.get("category", ""):
        move([item], state.get("category", ""))
    set_tags(item, state.get("tags", []))
    # A lesson that an editor has renamed or cut is left as they have it; so is what pointed to it.
    found = find_section(state["course"], state["section"]) if "section" in state else (None, "")
    if found:
        set_section(item, *found)


def written_shelf(state: dict[str, Any]) -> dict[str, Any]:
    """The way back."""
    return {
        name: str(state[name]) if name != "tags" else state[name]
        for name in ("state", "category", "tags", "section")
        if name in state
    }
