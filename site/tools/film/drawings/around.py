"""The girl's own world, and those who met her there: the move, the school, the chemist's shop, her drum."""

from . import outside, people, rooms, things
from .palette import (
    AMBER,
    CLAY,
    CLAY_WASH,
    INK,
    IRIS,
    LAKE,
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
from .svg import blob, disc, group, oval, rect, stroke


def moving() -> str:
    """A van outside a house; the girl and her mother carry boxes."""
    back = (
        outside.sky() + group(outside.houses(), x=640, y=482, size=1.18) + group(outside.tree(), x=100, y=494, size=1.2)
    )
    front = outside.road(520, pavement=46) + group(_van(), x=890, y=566)
    mother = group(people.walking("girls_mother", turn=0.5, step=0.7), x=400, y=196, size=0.54)
    girl = group(people.schoolchild("girl", turn=0.5, arms="forward"), x=560, y=330, size=0.6)
    carried = group(rooms.box(), x=410, y=386, size=0.95) + group(rooms.box(), x=560, y=452, size=0.56)
    hands = disc(352, 352, 13, people.BRONZE) + disc(470, 352, 13, people.BRONZE)
    return back + front + mother + girl + carried + hands


def _van() -> str:
    """A removal van 560 long, its back doors open to the left."""
    load = (
        rect(-270, -262, 380, 240, mix(INK, 0.75), r=6)
        + group(rooms.box(), x=-190, y=-30)
        + group(rooms.box(), x=-90, y=-30, size=0.8)
    )
    side = rect(-150, -280, 300, 262, SHEET, r=10) + rect(-150, -120, 300, 22, MOSS)
    cab = blob("M150-210L232-210Q262-210 276-170L306-96L306-18L150-18Z", MOSS)
    glass = blob("M176-190L226-190Q248-190 258-166L280-104L176-104Z", mix(LAKE, 0.22, SHEET))
    wheels = "".join(disc(x, -16, 42, INK) + disc(x, -16, 18, LINE) for x in (-90, 220))
    return load + side + cab + glass + rect(-270, -24, 576, 14, mix(INK, 0.7)) + wheels


def yard(*, girl: str = "friends") -> str:
    """The school from its yard. `girl`: friends, back with two others; alone, on her first day; away."""
    back = outside.sky() + group(_school(), x=760, y=470)
    ground = rect(0, 466, 1280, 254, mix(SLATE, 0.26)) + stroke(
        "M60 700Q400 560 900 610T1300 560", mix(MARIGOLD, 0.6), 8
    )
    back += group(outside.tree(), x=130, y=478, size=1.25) + ground
    if girl == "away":
        return back
    if girl == "alone":
        return back + group(people.schoolchild("girl", turn=0.6, bag=True), x=420, y=256, size=0.98)
    first = group(people.schoolchild("schoolfriend", turn=0.6), x=340, y=262, size=0.94)
    middle = group(people.schoolchild("girl", arms="wave"), x=560, y=258, size=0.96)
    return back + first + middle + group(people.schoolchild("friend", turn=-0.6, arms="wave"), x=800, y=262, size=0.94)


def _school() -> str:
    wall = mix(CLAY, 0.2, CLAY_WASH)
    drawn = rect(-420, -300, 840, 300, wall) + blob("M-450-300L450-300L400-352L-400-352Z", mix(SLATE, 0.7))
    for x in (-380, -250, 130, 260):
        for y in (-270, -136):
            drawn += rect(x, y, 100, 92, SHEET, r=4) + rect(x + 8, y + 8, 84, 76, mix(LAKE, 0.3, SHEET))
    door = (
        rect(-84, -196, 168, 196, LAKE, r=4)
        + stroke("M0-190L0 0", SHEET, 5)
        + rect(-108, -226, 216, 26, mix(LAKE, 0.8, INK), r=4)
    )
    return drawn + door


def chemist() -> str:
    """Behind the counter of a chemist's shop; one paper bag waits on the shelf, and the pharmacist rings about it."""
    wall = rect(0, 0, 1280, 720, mix(MOSS, 0.16, PAPER))
    shelves = ""
    for row in range(3):
        foot = 150 + 128 * row
        shelves += rect(60, foot, 1160, 12, mix(WOOD, 0.6, PAPER), r=4)
        for n in range(17):
            colour = (LAKE, PLUM, MARIGOLD, IRIS, CLAY, AMBER)[(n * 2 + row) % 6]
            if row != 1 or not 11 <= n <= 14:
                shelves += rect(
                    76 + 67 * n, foot - 74 + 12 * (n % 3), 50, 74 - 12 * (n % 3), mix(colour, 0.46, PAPER), r=4
                )
    waiting = group(_paper_bag(), x=920, y=278, size=0.8)
    who = group(people.bust("pharmacist", turn=0.3), x=520, y=264, size=1.1)
    arms = people.arm("pharmacist", (84, 150), (128, 204), (62, 44), width=42)
    arms += people.arm("pharmacist", (-84, 150), (-120, 216), (-70, 262), width=42)
    handset = group(rect(-13, -50, 26, 94, INK, r=12), x=575, y=284, turn=12)
    counter = rect(-10, 540, 1300, 200, mix(LAKE, 0.5, PAPER)) + rect(-10, 526, 1300, 24, mix(LAKE, 0.7, PAPER))
    return wall + shelves + waiting + who + handset + counter + group(arms, x=520, y=264, size=1.1)


def _paper_bag() -> str:
    """A bag with its label, standing on the origin."""
    return (
        blob("M-70-150L-50-134L-30-150L-10-134L10-150L30-134L50-150L70-134L70 0L-70 0Z", SHEET)
        + rect(-44, -96, 88, 56, mix(MOSS, 0.2, SHEET), r=4)
        + rect(-32, -82, 64, 8, INK, r=4)
        + rect(-32, -62, 44, 8, LINE, r=4)
        + disc(60, -130, 22, MARIGOLD)
    )


def dinner_hall() -> str:
    """The supervisor of the dinner hour in her hall, a folded coat on her arm."""
    wall = (
        rect(0, 0, 1280, 720, mix(AMBER, 0.18, PAPER))
        + rect(0, 590, 1280, 130, mix(WOOD, 0.36, PAPER))
        + rect(0, 580, 1280, 14, SHEET)
    )
    hatch = rect(90, 120, 420, 250, mix(SLATE, 0.36), r=6) + rect(70, 370, 460, 22, SHEET, r=4)
    pots = "".join(
        rect(x, 310, 90, 60, mix(SLATE, 0.66), r=8) + rect(x - 8, 300, 106, 14, mix(SLATE, 0.8), r=6)
        for x in (140, 260, 380)
    )
    tables = "".join(
        rect(x, 520, 330, 22, mix(LAKE, 0.6, PAPER), r=8)
        + stroke(f"M{x + 40} 540L{x + 40} 650M{x + 290} 540L{x + 290} 650", mix(INK, 0.6), 12)
        + oval(x + 110, 514, 46, 10, SHEET)
        + oval(x + 230, 514, 46, 10, SHEET)
        for x in (60, 900)
    )
    clock = group(things.clock(12, 25), x=1060, y=180, size=1.05)
    person = group(people.walking("supervisor", turn=0.4, step=0.4, right=(70, 236)), x=670, y=150, size=0.82)
    coat = group(
        blob("M-78-26Q0-52 78-26L92 34Q0 58-92 34Z", IRIS) + stroke("M-60 4Q0-16 66 4", mix(IRIS, 0.7, SHEET), 7),
        x=700,
        y=352,
    )
    return wall + hatch + pots + clock + tables + person + coat


def drum() -> str:
    """The girl at nine, at home, with a drum."""
    wall = (
        rect(0, 0, 1280, 720, mix(MARIGOLD, 0.26, PAPER))
        + rect(0, 600, 1280, 120, mix(WOOD, 0.36, PAPER))
        + rect(0, 590, 1280, 14, SHEET)
    )
    rug = oval(640, 654, 420, 44, mix(PLUM, 0.32, PAPER))
    pane = rect(130, 90, 290, 270, mix(LAKE, 0.2, SHEET), stroke=SHEET, stroke_width=18, r=6) + rect(
        269, 90, 12, 270, SHEET
    )
    sitting = people.at_table("girls_mother", turn=-0.6) + people.folded_arms("girls_mother")
    mother = group(sitting, x=1010, y=214, size=0.92)
    sofa = rect(800, 320, 420, 220, mix(LAKE, 0.5, PAPER), r=44)
    seat = rect(780, 480, 460, 130, mix(LAKE, 0.66, PAPER), r=36)
    girl = group(people.schoolchild("girl", turn=0.3, arms="forward"), x=560, y=238, size=1.08)
    room = wall + pane + group(things.plant(), x=330, y=384) + rug + sofa + seat
    return room + mother + girl + group(_drum(), x=560, y=596)


def _drum() -> str:
    """A drum on the origin, with two sticks above it."""
    shell = (
        blob("M-130-130L-118 0Q0 34 118 0L130-130Z", CLAY)
        + oval(0, -130, 130, 30, SHEET)
        + oval(0, -130, 130, 30, mix(MARIGOLD, 0.14, SHEET))
    )
    cords = stroke("M-124-104L-70 10L-30-100L16 20L60-102L104 6L126-104", mix(SHEET, 0.8, CLAY), 6)
    sticks = (
        stroke("M-52-168L-14-136M52-168L10-138", mix(WOOD, 0.9), 11)
        + disc(-12, -136, 9, WOOD)
        + disc(10, -138, 9, WOOD)
    )
    return shell + cords + sticks
