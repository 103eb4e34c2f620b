"""The people of the film: simple, still and dignified. Each is drawn round the middle of the face.

A head is about 100 high. `turn` from -1 to 1 is where somebody looks, left to right; `back` shows them from behind.
"""

from dataclasses import dataclass

from .palette import (
    AMBER,
    BLACK_HAIR,
    BLUE,
    BRONZE,
    CHESTNUT,
    CLAY,
    INK,
    IRIS,
    LAKE,
    MARIGOLD,
    MOSS,
    PLUM,
    SAND,
    SHEET,
    SILVER,
    SLATE,
    UMBER,
    mix,
)
from .svg import blob, disc, group, limb, oval, rect, stroke

Point = tuple[float, float]


@dataclass(frozen=True)
class Look:
    """What somebody looks like."""

    skin: str
    hair: str
    style: str
    top: str
    legs: str = INK
    glasses: bool = False
    lanyard: bool = False
    collar: str = ""


LOOKS = {
    "health_visitor": Look(UMBER, BLACK_HAIR, "bob", LAKE, mix(INK, 0.9), glasses=True, lanyard=True),
    "mother": Look(SAND, CHESTNUT, "tied", MARIGOLD, IRIS),
    "boy": Look(SAND, CHESTNUT, "curls", CLAY, IRIS),
    "neighbour": Look(SAND, SILVER, "bun", PLUM, SLATE),
    "driver": Look(BRONZE, BLACK_HAIR, "short", IRIS, INK, collar=SHEET),
    "caretaker": Look(UMBER, SILVER, "short", MOSS, INK),
    "nursery": Look(BRONZE, BLACK_HAIR, "tied", BLUE, INK),
    "reviewer": Look(SAND, SILVER, "bob", PLUM, INK),
    "colleague": Look(BRONZE, BLACK_HAIR, "bun", MOSS, INK),
    "second_reviewer": Look(UMBER, BLACK_HAIR, "short", IRIS, INK, collar=SHEET),
    "school_nurse": Look(SAND, CHESTNUT, "short", LAKE, INK, lanyard=True),
    "girl": Look(BRONZE, BLACK_HAIR, "bunches", CLAY, IRIS),
    "girls_mother": Look(BRONZE, BLACK_HAIR, "long", AMBER, INK),
    "friend": Look(UMBER, BLACK_HAIR, "bun", MOSS, INK),
    "schoolfriend": Look(SAND, CHESTNUT, "short", MOSS, SLATE),
    "schools_manager": Look(UMBER, BLACK_HAIR, "bun", CLAY, INK, glasses=True),
    "health_manager": Look(SAND, SILVER, "short", SLATE, INK, collar=SHEET),
    "housing_manager": Look(BRONZE, BLACK_HAIR, "short", MOSS, INK, collar=SHEET),
    "inspector": Look(SAND, CHESTNUT, "tied", INK, INK, collar=BLUE),
    "social_worker": Look(BRONZE, BLACK_HAIR, "bob", MARIGOLD, INK, lanyard=True),
    "secretary": Look(SAND, CHESTNUT, "long", BLUE, INK, lanyard=True),
    "pharmacist": Look(BRONZE, IRIS, "scarf", SHEET, INK),
    "supervisor": Look(SAND, SILVER, "bun", MOSS, INK),
    "board_chair": Look(UMBER, SILVER, "bob", IRIS, INK, glasses=True),
}


def bust(who: str, *, turn: float = 0, back: bool = False, smile: bool = True, eyes: str = "open") -> str:
    """Head and upper body down to the waist, 330 below the face."""
    look = LOOKS[who]
    torso = blob("M-112 340C-112 214-108 128-58 104Q0 84 58 104C108 128 112 214 112 340Z", look.top)
    neck = rect(-20, 34, 40, 72, mix(look.skin, 0.88, INK), r=18)
    extra = _lanyard(look) if look.lanyard and not back else ""
    if look.collar and not back:
        extra += blob("M-34 92L0 132L34 92L22 84Q0 100-22 84Z", look.collar)
    face = head(who, turn=turn, back=back, smile=smile, eyes=eyes)
    return group(torso, neck, extra, y=-20) + group(face, size=1.14)


def at_table(who: str, *, turn: float = 0, smile: bool = True) -> str:
    """Somebody on a chair behind a table: head, body, lap and feet, the floor 430 below the face."""
    look = LOOKS[who]
    lap = rect(-114, 266, 228, 66, look.legs, r=26)
    legs = limb([(-40, 310), (-44, 402)], look.legs, 44) + limb([(40, 310), (44, 402)], look.legs, 44)
    shoes = oval(-48, 416, 32, 15, INK) + oval(48, 416, 32, 15, INK)
    return bust(who, turn=turn, smile=smile) + lap + legs + shoes


def head(who: str, *, turn: float = 0, back: bool = False, smile: bool = True, eyes: str = "open") -> str:
    look = LOOKS[who]
    behind, before = _hair(look, turn)
    if back:
        return behind + oval(0, 0, 42, 50, look.hair) + _back_hair(look)
    ear = 41 - 8 * abs(turn)
    ears = disc(-ear + 5 * turn, 6, 9, mix(look.skin, 0.9, INK)) + disc(ear + 5 * turn, 6, 9, mix(look.skin, 0.9, INK))
    return behind + ears + oval(0, 0, 42, 50, look.skin) + _face(look, turn, smile, eyes) + before


def _face(look: Look, turn: float, smile: bool, eyes: str) -> str:
    middle = 15 * turn
    line = mix(INK, 0.94, look.skin)
    shade = mix(look.skin, 0.78, INK)
    drawn = []
    for side in (-1, 1):
        x = middle + 16.5 * side
        if eyes == "open":
            drawn.append(oval(x, 0, 3.7, 4.6, line))
        else:  # closed, or looking down
            low = 0 if eyes == "closed" else 4
            drawn.append(stroke(f"M{x - 6:g} {low}Q{x:g} {low + 5} {x + 6:g} {low}", line, 3))
        drawn.append(stroke(f"M{x - 7:g} -14Q{x:g} -18 {x + 7:g} -14", mix(look.hair, 0.8, look.skin), 3))
        if look.glasses:
            drawn.append(disc(x, 1, 13, stroke=MARIGOLD, stroke_width=2.6))
    if look.glasses:
        drawn.append(stroke(f"M{middle - 4:g} -2Q{middle:g} -5 {middle + 4:g} -2", MARIGOLD, 2.6))
    drawn.append(stroke(f"M{middle + 2 * turn:g} 6Q{middle + 7 * (turn or 0.4):g} 15 {middle:g} 16", shade, 3))
    mouth = "M{a:g} 27Q{m:g} 35 {b:g} 27" if smile else "M{a:g} 30Q{m:g} 31 {b:g} 30"
    drawn.append(stroke(mouth.format(a=middle - 10, m=middle, b=middle + 10), line, 3.2))
    return "".join(drawn)


def _hair(look: Look, turn: float) -> tuple[str, str]:
    """Hair behind the face and hair before it."""
    fringe = 10 * turn
    cap = f"M-45 2C-50-40-32-64 0-64C32-64 50-40 45 2Q38-22 {22 + fringe:g}-32Q{-4 + fringe:g}-26-30-30Q-41-18-45 2Z"
    match look.style:
        case "bob":
            behind = blob("M-50 42C-62-30-48-68 0-68C48-68 62-30 50 42Q36 54 24 42L-24 42Q-36 54-50 42Z", look.hair)
            return behind, blob(cap, look.hair) + stroke("M-14-60Q-30-54-36-36", mix(SILVER, 0.7, look.hair), 5)
        case "tied":
            return disc(-30 * (turn or 0.4), -56, 24, look.hair), blob(cap, look.hair)
        case "bun":
            return disc(0, -66, 22, look.hair), blob(cap, look.hair)
        case "bunches":
            tails = oval(-52, 16, 17, 32, look.hair) + oval(52, 16, 17, 32, look.hair)
            ties = disc(-47, -14, 8, MARIGOLD) + disc(47, -14, 8, MARIGOLD)
            return tails + ties, blob(cap, look.hair)
        case "long":
            return blob(_LONG, look.hair), blob(cap, look.hair)
        case "scarf":
            return blob("M-54 70C-66-34-48-70 0-70C48-70 66-34 54 70Q0 96-54 70Z", look.hair), _scarf(look)
        case "curls":
            ring = [(-40, -8), (-42, -28), (-28, -46), (-8, -54), (14, -53), (32, -42), (42, -24), (40, -6)]
            return "", "".join(disc(x, y, 15, look.hair) for x, y in ring) + disc(fringe * 0.6, -40, 17, look.hair)
        case _:
            short = "M-44-4C-48-42-30-60 0-60C30-60 48-42 44-4Q40-24 30-32Q0-40-30-32Q-40-24-44-4Z"
            return "", blob(short, look.hair)


# To the shoulders, parted over the neck.
_LONG = "M-58 92C-66-16-54-68 0-68C54-68 66-16 58 92Q42 100 30 86L34 24L-34 24L-30 86Q-42 100-58 92Z"


def _scarf(look: Look) -> str:
    """A headscarf in front of the face: an edge round it, and the folds under the chin."""
    edge = stroke("M-33 40Q-48 6-40-22Q-26-50 0-50Q26-50 40-22Q48 6 33 40", look.hair, 19)
    return edge + blob("M-46 36Q0 74 46 36Q66 92 34 118Q0 130-34 118Q-66 92-46 36Z", look.hair)


def _back_hair(look: Look) -> str:
    match look.style:
        case "curls":
            ring = [(-30, -34), (0, -46), (30, -34), (-38, -8), (38, -8), (-28, 20), (28, 20), (0, -12), (0, 28)]
            return "".join(disc(x, y, 20, look.hair) for x, y in ring)
        case "tied" | "bun":
            return disc(0, -22, 26, mix(look.hair, 0.86, INK))
        case _:
            return ""


def _lanyard(look: Look) -> str:
    ribbon = stroke("M-30 92L0 196L30 92", MARIGOLD, 6)
    return (
        ribbon
        + rect(-21, 192, 42, 54, SHEET, r=5)
        + disc(0, 211, 9, mix(look.skin, 0.8))
        + rect(-12, 228, 24, 6, LAKE, r=3)
    )


def arm(who: str, shoulder: Point, elbow: Point, hand: Point, *, width: float = 44, coat: str = "") -> str:
    """A sleeve and a hand. The hand is a little beyond the sleeve."""
    look = LOOKS[who]
    (ex, ey), (hx, hy) = elbow, hand
    away = max(1.0, ((hx - ex) ** 2 + (hy - ey) ** 2) ** 0.5)
    wrist = (hx - (hx - ex) / away * 22, hy - (hy - ey) / away * 22)
    sleeve = limb([shoulder, elbow, wrist], mix(coat or look.top, 0.88, INK), width)
    return disc(hx, hy, width * 0.44, look.skin) + sleeve


def folded_arms(who: str) -> str:
    """Both arms of somebody who sits at ease, the hands together in the lap."""
    left = arm(who, (-82, 146), (-112, 232), (-26, 262), width=42)
    return left + arm(who, (82, 146), (112, 232), (26, 262), width=42)


def walking(
    who: str, *, turn: float = 0.6, coat: str = "", step: float = 1, back: bool = False, right: Point = (98, 300)
) -> str:
    """Somebody on their feet, head to shoes 590 below the face, one foot before the other.

    `right` is where the hand on the right of the picture is. From behind the arms are left to whoever draws them.
    """
    look = LOOKS[who]
    cloth = coat or look.top
    legs = limb([(-24, 300), (-34 * step, 420), (-52 * step, 548)], mix(look.legs, 0.85, SLATE), 46)
    legs += limb([(22, 300), (34 * step, 420), (44 * step, 548)], look.legs, 46)
    shoes = _shoe(-52 * step, 562) + _shoe(44 * step, 562)
    body = blob("M-84 372C-92 250-92 130-52 104Q0 84 52 104C92 130 92 250 84 372Q0 390-84 372Z", cloth)
    neck = rect(-17, 32, 34, 66, mix(look.skin, 0.88, INK), r=16)
    front = "" if back else stroke("M0 108L0 376", mix(cloth, 0.82, INK), 3) + _hanging(who, cloth, right)
    face = head(who, turn=turn, back=back)
    return group(legs, shoes, body, front, neck, y=-16) + group(face, size=1.16)


def _hanging(who: str, coat: str, right: Point) -> str:
    """Both arms of somebody on their feet."""
    left = arm(who, (-68, 134), (-104, 220), (-92, 304), width=40, coat=coat)
    return left + arm(who, (68, 134), ((right[0] + 110) / 2, 220), right, width=40, coat=coat)


def _shoe(x: float, y: float) -> str:
    return blob(
        f"M{x - 24:g} {y + 18:g}L{x - 24:g} {y - 6:g}Q{x:g} {y - 18:g} {x + 20:g} {y - 4:g}"
        f"Q{x + 46:g} {y + 2:g} {x + 46:g} {y + 18:g}Z",
        INK,
    )


def toddler(*, turn: float = 0, back: bool = False, arms: str = "down", step: float = 0, sits: bool = False) -> str:
    """The boy, two years old, head to shoes 270 below the face. `arms`: down, up, glass or wave."""
    look = LOOKS["boy"]
    jumper = mix(MARIGOLD, 0.35, SHEET)
    legs = limb([(-22, 176), (-24 - step, 250)], look.top, 40) + limb([(22, 176), (24 + step, 250)], look.top, 40)
    shoes = oval(-28 - step, 268, 25, 14, INK) + oval(28 + step, 268, 25, 14, INK)
    if sits:
        legs = limb([(-26, 196), (-30, 236)], look.top, 42) + limb([(26, 196), (30, 236)], look.top, 42)
        shoes = oval(-32, 252, 23, 20, INK) + oval(32, 252, 23, 20, INK)
    body = blob("M-50 74Q0 56 50 74Q60 120 54 196L-54 196Q-60 120-50 74Z", jumper)
    bib = blob("M-32 108L32 108L54 160L54 204L-54 204L-54 160Z", look.top) + _straps(look.top, back)
    ways: dict[str, list[tuple[Point, Point, Point]]] = {
        "down": [((-44, 88), (-72, 130), (-66, 172)), ((44, 88), (72, 130), (66, 172))],
        "up": [((-44, 90), (-92, 70), (-98, 14)), ((44, 90), (92, 70), (98, 14))],
        "glass": [((-44, 88), (-82, 76), (-72, 16)), ((44, 88), (82, 76), (72, 16))],
        "wave": [((-44, 88), (-72, 130), (-66, 172)), ((44, 90), (94, 70), (100, 6))],
    }
    limbs = "".join(
        limb([a, b, c], mix(jumper, 0.9, INK), 30) + disc(c[0], c[1], 16, look.skin) for a, b, c in ways[arms]
    )
    face = group(head("boy", turn=turn, back=back), size=1.06)
    return legs + shoes + body + bib + limbs + face


def schoolchild(who: str, *, turn: float = 0, arms: str = "down", bag: bool = False) -> str:
    """A child of about eight, head to shoes 330 below the face. `arms`: down, wave or forward."""
    look = LOOKS[who]
    legs = limb([(-22, 196), (-26, 300)], look.legs, 34) + limb([(22, 196), (26, 300)], look.legs, 34)
    shoes = oval(-31, 318, 26, 14, INK) + oval(31, 318, 26, 14, INK)
    body = blob("M-52 70Q0 46 52 70Q66 140 60 214L-60 214Q-66 140-52 70Z", look.top)
    ways: dict[str, list[tuple[Point, Point, Point]]] = {
        "down": [((-46, 84), (-76, 140), (-70, 192)), ((46, 84), (76, 140), (70, 192))],
        "wave": [((-46, 84), (-76, 140), (-70, 192)), ((46, 86), (100, 70), (108, 2))],
        "forward": [((-46, 84), (-86, 136), (-46, 176)), ((46, 84), (86, 136), (46, 176))],
    }
    limbs = "".join(
        limb([a, b, c], mix(look.top, 0.86, INK), 30) + disc(c[0], c[1], 15, look.skin) for a, b, c in ways[arms]
    )
    straps = stroke("M-30 62L-34 170M30 62L34 170", MARIGOLD, 12) if bag else ""
    pack = rect(-66, 64, 132, 126, mix(MARIGOLD, 0.85, INK), r=24) if bag else ""
    return pack + legs + shoes + body + straps + limbs + head(who, turn=turn)


def _straps(colour: str, back: bool) -> str:
    if back:
        return stroke("M-28 70L28 120", colour, 11) + stroke("M28 70L-28 120", colour, 11)
    return (
        stroke("M-26 72L-24 116", colour, 12)
        + stroke("M26 72L24 116", colour, 12)
        + disc(-24, 118, 5, MARIGOLD)
        + disc(24, 118, 5, MARIGOLD)
    )


def hand(who: str) -> str:
    """A hand lying flat, seen from above, fingers to the left; the wrist ends at x 170."""
    look = LOOKS[who]
    arm_shape = blob("M120-52Q500-96 900-110L900 130Q500 100 120 54Z", look.top) + blob(
        "M118-56L158-60L158 60L118 56Z", mix(look.top, 0.82, INK)
    )
    palm = blob("M126-44Q60-62 6-46Q-20-30-18 10Q-6 50 60 52Q100 52 126 46Z", look.skin)
    reaches = ((-34, -104), (-8, -122), (18, -112), (40, -84))
    fingers = "".join(stroke(f"M10 {y}L{reach} {y * 1.06:g}", look.skin, 25) for y, reach in reaches)
    thumb = stroke("M40 44Q10 80-40 84", look.skin, 26)
    gaps = "".join(stroke(f"M-4 {y}L-60 {y * 1.05:g}", mix(look.skin, 0.86, INK), 2) for y in (-21, 5, 29))
    return arm_shape + fingers + thumb + gaps + palm
