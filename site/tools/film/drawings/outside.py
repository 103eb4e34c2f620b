"""The street: sky, houses, the flats, the bus and its stop."""

from .palette import (
    AMBER,
    CLAY,
    CLAY_WASH,
    DUSK,
    INK,
    INK_2,
    IRIS,
    LAKE,
    LAKE_DEEP,
    LAKE_WASH,
    LINE,
    MARIGOLD,
    MARIGOLD_WASH,
    MOSS,
    MOSS_WASH,
    PAPER,
    PLUM,
    SHEET,
    SLATE,
    WOOD,
    mix,
)
from .svg import blob, disc, group, rect, stroke

RED = CLAY


def bus() -> str:
    """A single-decker 520 long, standing on the origin's line, its front to the right."""
    glass = mix(LAKE, 0.22, SHEET)
    body = rect(-260, -196, 520, 176, RED, r=26) + rect(-260, -74, 520, 20, mix(RED, 0.82, INK))
    roof = rect(-236, -204, 420, 14, mix(RED, 0.82, INK), r=7)
    panes = "".join(rect(x, -172, 74, 78, glass, r=10) for x in (-236, -152, -68, 16))
    door = rect(104, -172, 62, 148, glass, r=8) + stroke("M135-170L135-26", INK_2, 3)
    front = rect(182, -172, 62, 92, glass, r=12) + door
    lamps = disc(250, -44, 9, MARIGOLD) + rect(-262, -60, 9, 24, mix(CLAY, 0.6, INK), r=3)
    board = rect(-68, -196, 158, 22, INK, r=5) + rect(-56, -189, 86, 8, MARIGOLD, r=3)
    return roof + body + panes + front + board + lamps + _wheel(-160) + _wheel(66)


def _wheel(x: float) -> str:
    return disc(x, -22, 36, mix(RED, 0.7, INK)) + disc(x, -22, 29, INK) + disc(x, -22, 12, LINE)


def bus_stop() -> str:
    """A shelter with a bench and a pole, standing on the origin's line, 400 wide."""
    roof = rect(-200, -330, 400, 22, LAKE_DEEP, r=8)
    glass = rect(-186, -308, 372, 250, LAKE_WASH, opacity=0.72) + stroke(
        "M-186-300L-186 0M186-300L186 0M0-300L0-60", LAKE_DEEP, 9
    )
    bench = rect(-150, -98, 300, 16, WOOD, r=6) + stroke("M-120-84L-120 0M120-84L120 0", INK_2, 9)
    return glass + roof + bench


def stop_pole() -> str:
    """A bus stop's pole and flag."""
    flag = rect(-4, -330, 92, 96, RED, r=10) + rect(10, -306, 62, 40, SHEET, r=8)
    return stroke("M0 0L0-330", INK_2, 9) + flag + group(bus(), x=41, y=-274, size=0.095)


def houses(*, night: bool = False) -> str:
    """A row of five houses standing on the origin's line, 1,000 wide."""
    drawn = ""
    walls = (CLAY_WASH, LAKE_WASH, MARIGOLD_WASH, MOSS_WASH, CLAY_WASH)
    for place, wall in enumerate(walls):
        x = -500 + 200 * place
        front, roof = (
            (mix(wall, 0.42, DUSK), mix(INK, 0.75, DUSK)) if night else (mix(CLAY, 0.1, wall), mix(SLATE, 0.62, wall))
        )
        drawn += blob(f"M{x} -150L{x + 100} -236L{x + 200} -150Z", roof) + rect(x, -152, 200, 152, front)
        glow = MARIGOLD if night and place < 3 else (mix(INK, 0.5, DUSK) if night else mix(LAKE, 0.35, SHEET))
        drawn += rect(x + 28, -126, 52, 54, glow, r=4) + rect(x + 122, -126, 52, 54, glow, r=4)
        drawn += rect(x + 122, -56, 44, 56, (LAKE, PLUM, IRIS, MOSS, AMBER)[place], r=4)
    return drawn


def tree(colour: str = MOSS) -> str:
    """A street tree standing on the origin."""
    crown = (
        disc(0, -190, 74, mix(colour, 0.72))
        + disc(-46, -150, 52, mix(colour, 0.8))
        + disc(48, -146, 48, mix(colour, 0.66))
    )
    return stroke("M0 0L0-150M0-96L36-140", mix(WOOD, 0.9), 13) + crown


def flats(*, door: str = "shut") -> str:
    """A shop with two floors of flats above, 420 wide; the street door stands at the right. `door`: shut or propped."""
    wall = mix(AMBER, 0.22, CLAY_WASH)
    drawn = rect(-210, -480, 420, 480, wall) + rect(-222, -496, 444, 22, mix(WOOD, 0.7), r=4)
    for y in (-444, -306):
        for x in (-180, -54, 72):
            drawn += rect(x, y, 92, 96, SHEET, r=4) + rect(x + 7, y + 7, 78, 82, mix(LAKE, 0.3, SHEET))
    drawn += rect(-194, -172, 250, 26, LAKE, r=4) + rect(-186, -140, 234, 112, mix(LAKE, 0.25, SHEET), r=4)
    return drawn + rect(-194, -28, 250, 28, mix(WOOD, 0.6)) + _street_door(door)


def _street_door(door: str) -> str:
    frame = rect(78, -158, 112, 158, mix(WOOD, 0.8), r=4)
    if door == "shut":
        return frame + rect(88, -148, 92, 148, PLUM, r=3) + disc(168, -72, 6, MARIGOLD)
    hall = rect(88, -148, 92, 148, mix(INK, 0.8)) + blob("M180-148L214-138L214 8L180 0Z", PLUM)
    parcel = rect(190, -44, 66, 50, mix(WOOD, 0.55, MARIGOLD_WASH), r=3) + rect(216, -44, 12, 50, mix(WOOD, 0.75))
    return frame + hall + parcel


def road(y: float, *, pavement: float = 40) -> str:
    """The road across the page from y down, with a pavement above it."""
    tar, kerb = mix(SLATE, 0.42), mix(SLATE, 0.2)
    dashes = stroke(
        f"M-20 {y + 92:g}L1300 {y + 92:g}", mix(PAPER, 0.75, tar), 7, stroke_dasharray="70 60", stroke_linecap="butt"
    )
    return rect(0, y - pavement, 1280, pavement + 2, kerb) + rect(0, y, 1280, 720 - y, tar) + dashes


def sky(*, night: bool = False) -> str:
    if night:
        stars = "".join(
            disc(x, y, 2.4, PAPER, opacity=0.7)
            for x, y in ((120, 80), (360, 150), (560, 60), (860, 110), (1010, 50), (1190, 140))
        )
        return rect(0, 0, 1280, 720, DUSK) + stars
    cloud = "".join(
        rect(x, y, w, 34, SHEET, r=17, opacity=0.8)
        for x, y, w in ((150, 96, 190), (210, 74, 110), (820, 128, 230), (900, 102, 120))
    )
    return rect(0, 0, 1280, 720, mix(LAKE, 0.15, SHEET)) + cloud
