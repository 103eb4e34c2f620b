"""Every drawing by the name a script uses for it."""

from collections.abc import Callable, Mapping
from typing import Any

from . import around, kitchen, moments, papers, places, rooms, windows, working
from .svg import WIDTH, group

DRAWINGS: dict[str, Callable[..., str]] = {
    "asleep": moments.asleep,
    "beside_record": papers.beside_record,
    "card_wall": working.card_wall,
    "chair": moments.empty_chair,
    "chemist": around.chemist,
    "conversation": rooms.conversation,
    "course_of": working.course_of,
    "covered": moments.covered,
    "day_list": papers.day_list,
    "dinner_hall": around.dinner_hall,
    "draft": working.draft,
    "drum": around.drum,
    "envelope": papers.envelope,
    "flip_chart": rooms.flip_chart,
    "follows": working.follows,
    "form": papers.form,
    "hall": places.hall,
    "hand_on_back": moments.hand_on_back,
    "headline": papers.headline,
    "hindsight": moments.hindsight,
    "home_window": places.home_window,
    "kitchen": kitchen.kitchen,
    "last_card": windows.last_card,
    "letter": working.letter,
    "lines_on_card": working.lines_on_card,
    "looked_at": moments.looked_at,
    "looking_out": moments.looking_out,
    "lunch": places.lunch_in_the_car,
    "message": windows.message,
    "moving": around.moving,
    "neighbour": moments.with_the_neighbour,
    "notebook": working.notebook,
    "office": places.office,
    "question": windows.question,
    "record": papers.record,
    "said": working.said,
    "stairs": places.stairs,
    "street": places.street,
    "table_of": rooms.table_of,
    "title": windows.title,
    "told": working.told,
    "two_headlines": papers.two_headlines,
    "two_questions": working.two_questions,
    "waiting": rooms.waiting,
    "weighing": moments.weighing,
    "who_knew": windows.who_knew,
    "window_on": windows.window_on,
    "yard": around.yard,
}


class CannotDraw(Exception):
    """Raised, in a sentence, for a picture that is described wrongly."""


def draw(picture: Mapping[str, Any]) -> str:
    """The SVG inside of a picture.

    `draw` names the drawing; `scene` is a picture inside it; `view` is the part shown, as x, y and width; `pin` is a
    line of the record laid over it; everything else is the drawing's own. Raises CannotDraw.
    """
    own = {name: value for name, value in picture.items() if name not in ("draw", "view", "pin")}
    if "scene" in own:
        own["scene"] = draw(own["scene"])
    name = picture.get("draw")
    if name not in DRAWINGS:
        raise CannotDraw(f"there is no drawing called “{name}”.")
    try:
        drawn = DRAWINGS[name](**own)
    except (TypeError, KeyError) as error:
        raise CannotDraw(f"“{name}” cannot be drawn so: {error}.") from error
    return _part(drawn, picture.get("view")) + (papers.note_line(picture["pin"]) if "pin" in picture else "")


def _part(drawn: str, view: list[float] | None) -> str:
    """Come nearer: only this part of the drawing, x, y and width, fills the picture."""
    if not view:
        return drawn
    x, y, width = view
    size = WIDTH / width
    return group(drawn, x=-x * size, y=-y * size, size=size)
