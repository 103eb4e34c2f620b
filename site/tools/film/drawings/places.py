"""The other places of the film: hall, stairs, car, office, street."""

from . import outside, people, things
from .palette import (
    CLAY,
    INK,
    IRIS,
    LAKE,
    LAKE_WASH,
    LINE,
    MARIGOLD,
    MOSS,
    PAPER,
    PLUM,
    SHEET,
    SLATE,
    WOOD,
    mix,
)
from .svg import SERIF, blob, clipped, disc, group, rect, stroke, words

COAT = PLUM


def hall() -> str:
    """The front door stands open; the boy runs down the hall to the health visitor, his mother behind him."""
    wall = (
        rect(0, 0, 1280, 720, mix(LAKE, 0.16, PAPER))
        + blob("M0 640L1280 640L1280 720L0 720Z", mix(WOOD, 0.42, PAPER))
        + rect(0, 628, 1280, 14, SHEET)
    )
    landing = rect(520, 96, 300, 544, mix(MARIGOLD, 0.35, PAPER)) + rect(520, 590, 300, 50, mix(SLATE, 0.3, PAPER))
    visitor = group(
        people.walking("health_visitor", coat=COAT, turn=-0.3, step=0.6, right=(120, 292)),
        group(things.bag(mix(MOSS, 0.85)), x=120, y=398, size=0.72),
        x=672,
        y=236,
        size=0.66,
    )
    frame = (
        rect(508, 84, 324, 560, stroke=SHEET, stroke_width=24)
        + blob("M832 96L1010 140L1010 690L832 640Z", PLUM)
        + disc(980, 420, 9, MARIGOLD)
    )
    hooks = rect(110, 170, 250, 16, mix(WOOD, 0.8), r=6) + _coats()
    mother = group(people.bust("mother", back=True), x=1130, y=330, size=1.18)
    boy = group(people.toddler(back=True, arms="up", step=12), x=566, y=408, size=0.86)
    return wall + clipped(landing + visitor, "door", rect(520, 96, 300, 544)) + frame + hooks + boy + mother


def _coats() -> str:
    small = (
        blob("M196 190Q214 178 232 190L252 330L176 330Z", CLAY)
        + disc(214, 214, 4, MARIGOLD)
        + disc(214, 240, 4, MARIGOLD)
    )
    large = blob("M282 188Q304 174 326 188L356 420L254 420Z", IRIS)
    boots = rect(182, 596, 30, 40, MOSS, r=8) + rect(220, 596, 30, 40, MOSS, r=8)
    return small + large + boots


def stairs() -> str:
    """The health visitor goes up one flight with her bag."""
    wall = (
        rect(0, 0, 1280, 720, mix(IRIS, 0.13, PAPER))
        + rect(930, 90, 190, 250, mix(LAKE, 0.2, SHEET), r=6)
        + stroke("M1025 90L1025 340M930 215L1120 215", SHEET, 9)
    )
    wall += rect(930, 90, 190, 250, stroke=SHEET, stroke_width=12, r=6)
    steps = "".join(
        rect(200 + 130 * n, 700 - 74 * n, 1280, 80, mix(SLATE, 0.2 + 0.04 * n))
        + rect(196 + 130 * n, 694 - 74 * n, 1280, 14, mix(WOOD, 0.75))
        for n in range(8)
    )
    rail = stroke("M150 470L1120 -84", mix(WOOD, 0.85), 17) + "".join(
        stroke(f"M{x} {470 - 0.571 * (x - 150):.0f}L{x} {700 - 0.571 * (x - 150):.0f}", mix(SLATE, 0.8), 6)
        for x in range(200, 1100, 92)
    )
    who = group(
        people.walking("health_visitor", coat=COAT, turn=0.8, step=0.9, right=(126, 246)), x=596, y=114, size=0.62
    )
    bag = group(things.bag(mix(MOSS, 0.85)), x=676, y=360, size=0.6)
    return wall + steps + rail + who + bag


def lunch_in_the_car(*, queue: int = 11) -> str:
    """She eats a sandwich in her car and waits on the telephone."""
    back = outside.sky() + group(outside.houses(), x=430, y=470) + group(outside.tree(), x=1000, y=500, size=1.5)
    seat = group(people.bust("health_visitor", turn=0.5, smile=False), x=500, y=322, size=0.84)
    seat += group(people.arm("health_visitor", (72, 130), (116, 190), (70, 118), width=38), x=500, y=306, size=0.86)
    bread = blob("M-30 16L30 16L0-28Z", mix(MARIGOLD, 0.4, SHEET)) + rect(-30, 22, 60, 8, mix(WOOD, 0.5))
    sandwich = group(bread, rect(-30, 12, 60, 10, MOSS, r=4), x=584, y=366)
    shown = words(0, -96, "Nursery team", 31, weight=700, anchor="middle") + disc(0, 8, 60, mix(MOSS, 0.2, SHEET))
    shown += words(0, 28, str(queue), 62, font=SERIF, anchor="middle", fill=MOSS)
    shown += words(0, 112, "in the queue", 31, anchor="middle") + rect(-70, 144, 140, 40, CLAY, r=20)
    call = group(things.phone(shown), x=1086, y=330, size=1.12)
    return back + outside.road(500) + _car_round(seat + sandwich) + call


def _car_round(inside: str) -> str:
    """A car from the side, large, with somebody in it."""
    body = "M120 640L140 470Q150 420 220 410L300 250Q330 190 420 190L640 190Q730 190 770 270L850 414"
    shell = blob(f"{body}Q930 426 940 500L950 640Z", LAKE)
    front, rear = (
        "M336 400L378 282Q392 244 430 244L540 244L540 400Z",
        "M568 400L568 244L636 244Q690 244 714 292L768 400Z",
    )
    glass = blob(front + rear, mix(LAKE, 0.18, SHEET))
    opening = blob("M336 400L378 282Q392 244 430 244L636 244Q690 244 714 292L768 400Z", "#000")
    wheels = "".join(disc(x, 640, 74, INK) + disc(x, 640, 34, LINE) for x in (306, 778))
    trim = rect(150, 470, 790, 8, mix(LAKE, 0.8, INK)) + rect(590, 440, 60, 12, mix(LAKE, 0.7, INK), r=6)
    return shell + glass + clipped(inside, "car-glass", opening) + wheels + trim


def office(*, hour: int = 18, minute: int = 10, who: str = "health_visitor") -> str:
    """A desk in the evening: a lamp, a form on the screen, a clock. With nobody for `who`, an empty chair."""
    wall = rect(0, 0, 1280, 720, mix(IRIS, 0.28, INK)) + _night_window()
    desk = rect(0, 556, 1280, 164, mix(WOOD, 0.8, INK)) + rect(0, 548, 1280, 18, mix(WOOD, 0.9))
    form = "".join(
        rect(-180, -104 + 34 * row, 150, 12, LINE, r=5) + rect(10, -110 + 34 * row, 160, 24, LAKE_WASH, r=5)
        for row in range(6)
    )
    screen = group(things.laptop(form), x=780, y=386, size=1.02)
    light = group(things.lamp(), x=1110, y=556, size=1.16)
    if who:
        seat = group(people.bust(who, back=True), x=420, y=352, size=1.28)
    else:
        seat = group(things.chair(), x=420, y=596, size=1.3)
    papers = group(
        rect(-70, -14, 140, 20, SHEET, r=3), rect(-62, -26, 140, 14, mix(LINE, 0.6, SHEET), r=3), x=160, y=550
    )
    return wall + group(things.clock(hour, minute), x=1092, y=150) + desk + papers + screen + light + seat


def _night_window() -> str:
    view = outside.sky(night=True) + group(outside.houses(night=True), x=300, y=330, size=0.7)
    frame = rect(80, 70, 420, 270, stroke=mix(SHEET, 0.8, INK), stroke_width=16, r=6) + rect(
        284, 70, 12, 270, mix(SHEET, 0.8, INK)
    )
    return clipped(view, "office-window", rect(80, 70, 420, 270)) + frame


def street(
    *, boy: str = "away", driver: bool = False, mother: bool = False, bus: float | None = None, door: str = "shut"
) -> str:
    """The road outside: the flats at the left, the bus stop at the right.

    `boy`: away, bench, waving, door. `bus` is where along the road it is, 0 to 1.
    """
    back = (
        outside.sky()
        + group(outside.houses(), x=760, y=486, size=1.02)
        + group(outside.tree(), x=560, y=492, size=1.16)
    )
    front = outside.road(520, pavement=46) + group(outside.flats(door=door), x=228, y=502)
    stop = group(outside.bus_stop(), x=940, y=508, size=0.94) + group(outside.stop_pole(), x=1162, y=516, size=0.98)
    figures = _sitting("driver", 1000, 268, turn=-0.7) if driver else ""
    if mother:
        figures += group(people.walking("mother", turn=-0.5, step=0.5), x=1016, y=204, size=0.54)
    if boy != "away":
        figures += _boy_outside(boy, beside=driver)
    passing = group(outside.bus(), x=-260 + 1800 * bus, y=664, size=1.1) if bus is not None else ""
    return back + front + stop + figures + passing


def _boy_outside(where: str, *, beside: bool) -> str:
    if where == "door":
        return group(people.toddler(turn=0.8, step=6), x=384, y=388, size=0.5)
    if where == "waving":
        return group(people.toddler(turn=-0.6, arms="wave"), x=926, y=366, size=0.54)
    return group(people.toddler(turn=0.6 if beside else -0.5, sits=True), x=880, y=308, size=0.58)


def _sitting(who: str, x: float, y: float, *, turn: float) -> str:
    """Somebody on the bench of the stop, face at x, y."""
    look = people.LOOKS[who]
    thighs = stroke("M-30 300L-42 330L-46 440M34 300L46 330L48 440", look.legs, 50)
    shoes = rect(-84, 432, 64, 26, INK, r=12) + rect(24, 432, 64, 26, INK, r=12)
    return group(group(thighs, shoes, y=-14), people.bust(who, turn=turn), x=x, y=y, size=0.54)


def home_window() -> str:
    """Evening: the boy on his mother's arm at the lit kitchen window, seen from the road."""
    wall = rect(0, 0, 1280, 720, mix(CLAY, 0.3, mix(IRIS, 0.4, INK)))
    bricks = "".join(
        rect(x + (60 if row % 2 else 0), 20 + 60 * row, 96, 22, mix(CLAY, 0.4, mix(IRIS, 0.4, INK)), r=3)
        for row in range(12)
        for x in range(-60, 1280, 240)
    )
    room = (
        rect(330, 110, 620, 480, mix(MARIGOLD, 0.5, PAPER))
        + group(things.jars(), x=840, y=250, size=0.8)
        + group(things.calendar(), x=430, y=220, size=0.7)
    )
    mother = group(people.bust("mother", turn=-0.5), x=690, y=300, size=1.1)
    boy = group(people.toddler(turn=0.2, arms="wave"), x=560, y=346, size=0.92)
    hold = group(people.arm("mother", (-84, 150), (-150, 260), (-80, 238)), x=690, y=300, size=1.1)
    frame = rect(330, 110, 620, 480, stroke=SHEET, stroke_width=24, r=6) + rect(294, 598, 692, 26, SHEET, r=5)
    return wall + bricks + clipped(room + mother + boy + hold, "home-window", rect(330, 110, 620, 480)) + frame
