"""Single moments that are not simply a place: who is looked at, who looks out, a hand, a choice, an empty chair."""

from . import kitchen as kitchens
from . import outside, papers, people, things
from .palette import (
    CLAY,
    CLAY_WASH,
    INK,
    IRIS,
    LAKE,
    LINE,
    MARIGOLD,
    MARIGOLD_WASH,
    MOSS,
    PAPER,
    PLUM,
    SHEET,
    SLATE,
    WOOD,
    mix,
)
from .svg import blob, disc, group, oval, paragraph, rect, stroke


def looked_at() -> str:
    """One person alone on a page of print, ringed."""
    bars = "".join(
        rect(x, 90 + 62 * row, 300 - 40 * ((row + column) % 3), 16, mix(LINE, 0.75), r=8)
        for column, x in enumerate((80, 900))
        for row in range(9)
    )
    ring = disc(640, 350, 292, SHEET, stroke=CLAY, stroke_width=9)
    return (
        rect(0, 0, 1280, 720, PAPER)
        + bars
        + ring
        + group(people.walking("health_visitor", coat=PLUM, turn=0), x=640, y=164, size=0.72)
    )


def looking_out() -> str:
    """The kitchen over her shoulder."""
    room = kitchens.kitchen(boy="window", mother="window", visitor="away", bus=0.5, table=["mugs", "plate"])
    return room + group(people.bust("health_visitor", back=True), x=1010, y=430, size=1.75)


def asleep() -> str:
    """The mother asleep in an armchair after the night's work."""
    wall = rect(0, 0, 1280, 720, mix(PLUM, 0.13, PAPER)) + rect(0, 596, 1280, 124, mix(WOOD, 0.36, PAPER))
    beam = blob("M120 214L400 214L760 640L300 640Z", MARIGOLD, opacity=0.13)
    body = group(people.bust("mother", turn=0.3, eyes="closed"), x=800, y=316, size=1.06, turn=7)
    blanket = blob("M640 490Q800 440 950 492L990 650Q800 700 612 650Z", IRIS)
    blanket += stroke("M640 540Q800 496 966 540M630 590Q800 548 978 590", mix(IRIS, 0.72, SHEET), 8)
    toys = group(things.bricks(tall=2), x=1130, y=676, size=0.8) + group(outside.bus(), x=330, y=676, size=0.3)
    clock = group(things.clock(13, 20), x=1130, y=190, size=0.85)
    skirting = rect(0, 584, 1280, 14, SHEET)
    return wall + skirting + _blind() + beam + _armchair() + body + blanket + toys + clock


def _blind() -> str:
    """A window with its blind half down."""
    pane = rect(110, 90, 300, 280, mix(MARIGOLD, 0.35, SHEET))
    frame = rect(110, 90, 300, 280, stroke=SHEET, stroke_width=18, r=6) + rect(254, 90, 12, 280, SHEET)
    blind = rect(100, 80, 320, 130, mix(LAKE, 0.5, PAPER), r=4)
    return pane + frame + blind + stroke("M110 122L410 122M110 164L410 164", mix(LAKE, 0.65, PAPER), 4)


def _armchair() -> str:
    arms = "".join(rect(x, 376, 130, 250, mix(MOSS, 0.86, PAPER), r=50) for x in (540, 930))
    return rect(590, 200, 420, 400, mix(MOSS, 0.72, PAPER), r=70) + arms


def hand_on_back() -> str:
    """The mother's hand on the boy's back, close."""
    view = (
        rect(0, 0, 1280, 720, mix(LAKE, 0.15, SHEET))
        + group(outside.houses(), x=520, y=380, size=1.3)
        + rect(0, 378, 1280, 342, mix(SLATE, 0.42))
        + group(outside.bus(), x=1060, y=560, size=1.5)
    )
    frame = rect(0, 640, 1280, 80, SHEET) + rect(610, 0, 34, 650, SHEET)
    child = group(people.toddler(back=True, arms="glass"), x=560, y=120, size=3.1)
    return view + frame + child + group(people.hand("mother"), x=652, y=470, size=1.28, turn=8)


def weighing(*, left: str, right: str) -> str:
    """A pair of scales with a choice on each side, level."""
    beam = (
        stroke("M640 150L640 560", INK, 13)
        + blob("M520 560L760 560L790 596L490 596Z", INK)
        + stroke("M300 190L980 190", INK, 13)
        + disc(640, 170, 26, MARIGOLD, stroke=INK, stroke_width=8)
    )
    pans = "".join(
        stroke(f"M{x} 190L{x - 150} 420M{x} 190L{x + 150} 420", mix(INK, 0.6), 5)
        + blob(f"M{x - 190} 420L{x + 190} 420Q{x + 150} 486 {x} 486Q{x - 150} 486 {x - 190} 420Z", colour)
        for x, colour in ((300, PLUM), (980, LAKE))
    )
    cards = "".join(
        rect(x - 168, 262, 336, 150, SHEET, r=14, stroke=INK, stroke_width=3)
        + paragraph(x, 326, text, 38, 290, anchor="middle")
        for x, text in ((300, left), (980, right))
    )
    return rect(0, 0, 1280, 720, MARIGOLD_WASH) + beam + pans + cards


def empty_chair() -> str:
    """The kitchen with nobody in it; a chair is drawn out from the table towards us."""
    room = kitchens.room(bus=0.4) + group(things.table(620, 180), x=kitchens.TABLE_X, y=kitchens.TABLE_Y)
    lying = group(things.lying_book(), x=990, y=kitchens.TABLE_Y - 30) + group(
        things.mug(), x=700, y=kitchens.TABLE_Y - 18
    )
    return room + lying + oval(830, 700, 170, 18, mix(WOOD, 0.5, PAPER)) + group(things.chair(), x=830, y=560, size=1.0)


def hindsight() -> str:
    """Many ways lead on from a day; only the one that was taken is drawn bold."""
    faint, ways = mix(SLATE, 0.34), []
    starts = {"M40 360C180 360 240 360 340 360": ("C470 360 500 150 640 150", "C470 360 500 560 640 560")}
    for stem, turns in starts.items():
        ways.append(stem)
        for turn in turns:
            y = int(turn.split()[-1])
            ways.append(f"M340 360{turn}")
            ways += [f"M640 {y}C780 {y} 820 {to} 980 {to}S1180 {to} 1300 {to - 16}" for to in (y - 86, y, y + 86)]
    middle = [f"M640 360C780 360 820 {to} 980 {to}S1180 {to} 1300 {to}" for to in (300,)]
    drawn = "".join(stroke(way, faint, 9, stroke_dasharray="2 20") for way in [*ways, "M340 360L640 360", *middle])
    bold = stroke("M40 360C180 360 240 360 340 360S500 360 640 360S820 420 1000 420", CLAY, 13)
    stop = rect(990, 300, 210, 236, CLAY_WASH, r=20) + group(outside.stop_pole(), x=1070, y=516, size=0.58)
    return rect(0, 0, 1280, 720, PAPER) + drawn + bold + disc(48, 360, 22, SHEET, stroke=CLAY, stroke_width=10) + stop


def covered() -> str:
    """A hand lies over the end of the story."""
    paper = papers.headline("Boy, two, found alone at bus stop", turn=-1)
    return paper + group(people.hand("reviewer"), x=560, y=330, size=1.5, turn=-4)


def with_the_neighbour() -> str:
    """A morning across the landing: the neighbour and the boy at her table."""
    wall = rect(0, 0, 1280, 720, mix(PLUM, 0.16, PAPER)) + rect(0, 610, 1280, 110, mix(WOOD, 0.36, PAPER))
    pane = rect(150, 90, 260, 300, mix(LAKE, 0.18, SHEET)) + rect(150, 90, 260, 300, stroke=SHEET, stroke_width=18, r=6)
    pane += rect(274, 90, 12, 300, SHEET) + rect(126, 396, 308, 20, SHEET, r=5) + group(things.plant(), x=340, y=396)
    hung = group(things.clock(9, 40), x=1090, y=190, size=0.95) + group(things.jars(), x=610, y=180)
    sitting = group(people.at_table("neighbour", turn=-0.6), x=830, y=300, size=1.05)
    boy = group(people.toddler(turn=0.7, arms="wave"), x=560, y=336, size=1.04)
    top = group(things.table(720, 190), x=700, y=548) + group(things.bricks(tall=3), x=690, y=530)
    arm = group(people.arm("neighbour", (80, 150), (112, 226), (40, 212)), x=830, y=300, size=1.05)
    return wall + pane + hung + sitting + boy + top + arm + group(things.mug(MARIGOLD), x=980, y=536)
