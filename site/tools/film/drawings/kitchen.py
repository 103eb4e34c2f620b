"""The kitchen above the shop: the room that most of the film looks at, or looks out of."""

from collections.abc import Sequence

from . import outside, people, things
from .palette import INK, LAKE, LAKE_WASH, LINE, MARIGOLD, PAPER, SHEET, WOOD, mix
from .svg import blob, clipped, group, rect, stroke

WALL = mix(MARIGOLD, 0.24, PAPER)
PANE = (90.0, 76.0, 480.0, 330.0)  # the window: x, y, width, height
TABLE_X, TABLE_Y = 905, 530


def kitchen(
    *,
    boy: str = "window",
    mother: str = "table",
    visitor: str = "table",
    bus: float | None = None,
    table: Sequence[str] = (),
    look: str = "boy",
) -> str:
    """The room. `boy`: window, table, away; `mother`: window, table, away; `visitor`: table, writing, away.

    `bus` is where along the window it passes, 0 to 1; `table` names what lies on it; `look` says at whom the two
    women look: boy, each_other, table.
    """
    drawn = room(bus=bus)
    if boy == "window":
        drawn += at_the_window(mother=mother == "window")
    if mother == "table":
        drawn += group(people.at_table("mother", turn=_turn(look, "mother")), x=790, y=292, size=0.98)
    if visitor != "away":
        drawn += group(people.at_table("health_visitor", turn=_turn(look, visitor)), x=1040, y=286)
    if boy == "table":
        drawn += group(people.toddler(turn=0.5, arms="down"), x=604, y=396, size=0.98)
    return drawn + _table(table, mother, visitor)


def _turn(look: str, who: str) -> float:
    if look == "each_other":
        return 0.8 if who == "mother" else -0.8
    return {"boy": -0.9, "table": 0.5 if who == "mother" else -0.4, "ahead": 0.0}[look]


def room(*, bus: float | None = None) -> str:
    """Walls, floor, window, shelf and fridge, with nobody in."""
    tiles = "".join(rect(x, 300, 58, 58, mix(LAKE, 0.12, PAPER), r=3) for x in range(640, 1130, 64))
    wall = rect(0, 0, 1280, 620, WALL) + rect(0, 612, 1280, 108, mix(WOOD, 0.34, PAPER)) + rect(0, 600, 1280, 14, SHEET)
    worktop = rect(620, 372, 530, 16, mix(WOOD, 0.6, PAPER), r=4) + rect(630, 388, 510, 216, LAKE_WASH)
    worktop += stroke("M800 388L800 600M970 388L970 600", mix(LAKE, 0.3, PAPER), 4)
    shelf = group(things.jars(), x=890, y=190) + group(things.plant(), x=1072, y=372, size=0.9)
    fridge = (
        rect(1150, 130, 150, 478, SHEET, r=14)
        + rect(1150, 290, 150, 5, LINE)
        + rect(1166, 220, 9, 54, mix(INK, 0.5), r=4)
    )
    fridge += group(things.childs_drawing(), x=1222, y=390, turn=3)
    hung = group(things.calendar(), x=690, y=178, size=0.92)
    return wall + tiles + worktop + shelf + fridge + hung + window(bus=bus)


def window(*, bus: float | None = None) -> str:
    """The kitchen window and the road it looks on."""
    x, y, width, height = PANE
    view = outside.sky()
    view += group(outside.houses(), x=x + width / 2, y=y + 236, size=0.62)
    view += group(outside.tree(), x=x + 70, y=y + 250, size=0.62)
    view += rect(x, y + 236, width, 24, mix(INK, 0.16)) + rect(x, y + 256, width, 80, mix(INK, 0.34))
    if bus is not None:
        view += group(outside.bus(), x=x - 160 + (width + 320) * bus, y=y + 318, size=0.58)
    frame = rect(x, y, width, height, stroke=SHEET, stroke_width=20, r=8) + rect(
        x + width / 2 - 6, y, 12, height, SHEET
    )
    sill = rect(x - 34, y + height + 6, width + 68, 22, SHEET, r=5) + rect(x - 34, y + height + 26, width + 68, 6, LINE)
    return clipped(view, "kitchen-window", rect(x, y, width, height)) + frame + sill + _curtains()


def _curtains() -> str:
    x, y, width, height = PANE
    cloth = mix(LAKE, 0.78, PAPER)
    left = blob(
        f"M{x - 46} {y - 40}L{x + 46} {y - 40}Q{x + 26} {y + 150} {x - 12} {y + height + 16}"
        f"L{x - 46} {y + height + 16}Z",
        cloth,
    )
    right_x = x + width
    right = blob(
        f"M{right_x - 46} {y - 40}L{right_x + 46} {y - 40}L{right_x + 46} {y + height + 16}"
        f"L{right_x + 12} {y + height + 16}Q{right_x - 26} {y + 150} {right_x - 46} {y - 40}Z",
        cloth,
    )
    folds = stroke(
        f"M{x - 20} {y - 30}L{x - 26} {y + 300}M{right_x + 20} {y - 30}L{right_x + 26} {y + 300}",
        mix(LAKE, 0.95, PAPER),
        4,
    )
    return left + right + folds + stroke(f"M{x - 66} {y - 42}L{right_x + 66} {y - 42}", mix(WOOD, 0.9), 9)


def at_the_window(*, mother: bool) -> str:
    """The boy on a stool with his hands on the glass, and his mother's hand on his back."""
    stool = group(things.chair(back=False), x=312, y=590, size=0.9)
    child = group(people.toddler(back=True, arms="glass"), x=312, y=322, size=0.96)
    if not mother:
        return stool + child
    body = people.walking("mother", back=True)
    reach = people.arm("mother", (-42, 112), (-96, 214), (-150, 246), width=40)
    return stool + child + group(body, reach, x=505, y=190, size=1.04)


def _table(lying: Sequence[str], mother: str, visitor: str) -> str:
    drawn = group(things.table(620, 180), x=TABLE_X, y=TABLE_Y)
    ready = {
        "bricks": group(things.bricks(tall=4), x=905, y=TABLE_Y - 14, size=0.92),
        "plate": group(things.plate(), x=890, y=TABLE_Y - 14),
        "mugs": group(things.mug(), x=636, y=TABLE_Y - 16, mirror=True)
        + group(things.mug(MARIGOLD), x=1152, y=TABLE_Y - 18),
        "book": group(things.lying_book(), x=918, y=TABLE_Y - 30),
        "open_book": group(things.lying_book(opened=True), x=915, y=TABLE_Y - 26),
        "cards": group(things.card("bus"), x=930, y=TABLE_Y - 66, size=0.72, turn=-4),
    }
    drawn += "".join(ready[name] for name in lying)
    if mother == "table":
        drawn += _arm("mother", 790, 292, [(-76, 150), (-104, 226), (-30, 210)])
    if visitor == "table":
        drawn += _arm("health_visitor", 1040, 286, [(80, 150), (108, 232), (30, 214)])
    if visitor == "writing":
        drawn += group(things.pen(), x=966, y=TABLE_Y - 36, size=0.6, turn=30)
        drawn += _arm("health_visitor", 1040, 286, [(-80, 150), (-122, 214), (-58, 214)])
    return drawn


def _arm(who: str, x: float, y: float, joints: list[tuple[float, float]]) -> str:
    """An arm of somebody who sits with the face at this place."""
    shoulder, elbow, hand = joints
    return group(people.arm(who, shoulder, elbow, hand), x=x, y=y)
