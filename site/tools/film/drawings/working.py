"""What a review works with: letters, questions, cards on a wall, a draft, and what ran between services."""

from collections.abc import Sequence

from toolkit.threads import PAPER_COLOURS

from . import people, things
from .palette import (
    CLAY,
    CLAY_WASH,
    INK,
    INK_2,
    LAKE,
    LAKE_WASH,
    LINE,
    MARIGOLD_WASH,
    MOSS,
    MOSS_WASH,
    PAPER,
    PLUM,
    PLUM_WASH,
    SHEET,
    SLATE,
    WOOD,
    mix,
)
from .svg import SERIF, blob, broken, clipped, disc, group, length_of, paragraph, rect, stroke, words

Card = tuple[str, str]  # its words; helped, hindered or disputed

SIGNS = {
    "helped": ("+", MOSS, MOSS_WASH),
    "hindered": ("–", CLAY, CLAY_WASH),
    "disputed": ("?", PLUM, PLUM_WASH),
}


def letter(text: str, *, heading: str, below: str = "") -> str:
    """A letter on a table, with its own envelope under it."""
    under = rect(-330, -150, 660, 400, mix(WOOD, 0.22, PAPER), r=8)
    sheet = rect(-400, -300, 800, 620, SHEET, r=6, stroke=LINE, stroke_width=2)
    said = words(-340, -214, heading, 40, font=SERIF, fill=LAKE) + paragraph(-340, -138, text, 40, 680, leading=1.3)
    said += paragraph(-340, 46, below, 40, 680, leading=1.3)
    return (
        rect(0, 0, 1280, 720, mix(WOOD, 0.4, PAPER))
        + group(under, x=760, y=420, turn=7)
        + group(sheet, said, x=600, y=366, turn=-1.5)
        + group(things.pen(), x=1110, y=560, size=1.8, turn=32)
    )


def said(who: str, text: str, *, turn: float = 0.4) -> str:
    """What somebody said, word for word, beside their face."""
    face = clipped(group(people.bust(who, turn=turn), x=226, y=300, size=1.3), "speaker", disc(226, 320, 170, "#000"))
    round_face = disc(226, 320, 170, mix(LAKE, 0.2)) + face + disc(226, 320, 172, stroke=LAKE, stroke_width=8)
    lines = len(broken(text, 56, 720, SERIF))
    tall = 150 + 67 * lines
    sheet = rect(452, 320 - tall / 2, 760, tall, SHEET, r=22, stroke=INK, stroke_width=3) + blob(
        "M456 290L410 320L456 350Z", INK
    )
    sheet += blob("M458 294L416 320L458 346Z", SHEET)
    return (
        rect(0, 0, 1280, 720, PAPER)
        + round_face
        + sheet
        + paragraph(508, 339 - 33.6 * (lines - 1), text, 56, 660, font=SERIF, leading=1.2)
    )


def two_questions(first: str, second: str = "") -> str:
    """A question that is taken back, and the one asked in its place."""
    drawn = rect(0, 0, 1280, 720, mix(PLUM, 0.1, PAPER))
    drawn += _question(first, 70 if second else 205, CLAY if second else INK, struck=bool(second))
    return drawn + (_question(second, 340, LAKE, struck=False) if second else "")


def _question(text: str, y: float, colour: str, *, struck: bool) -> str:
    lines = broken(text, 52, 880, SERIF)
    sheet = rect(140, y, 1000, 226, SHEET, r=22, stroke=colour, stroke_width=4)
    base = y + 130 - 31 * (len(lines) - 1)
    ink = mix(INK, 0.62, SHEET) if struck else INK
    drawn = paragraph(200, base, text, 52, 880, font=SERIF, leading=1.2, fill=ink)
    if struck:
        drawn += "".join(
            stroke(
                f"M192 {base - 16 + 62.4 * row:g}L{208 + length_of(line, 52, SERIF):g} {base - 20 + 62.4 * row:g}",
                CLAY,
                6,
            )
            for row, line in enumerate(lines)
        )
    return sheet + drawn


def card_wall(episode: str, cards: Sequence[Card] = ()) -> str:
    """An episode, and the cards put up under it: what shaped the work, and whether it helped."""
    drawn = rect(0, 0, 1280, 720, mix(SLATE, 0.16)) + rect(60, 40, 1160, 570, mix(WOOD, 0.2, PAPER), r=18)
    drawn += rect(110, 72, 1060, 100, SHEET, r=12, stroke=INK, stroke_width=3)
    drawn += words(150, 136, "Episode", 36, weight=700, fill=LAKE) + words(326, 137, episode, 44, font=SERIF)
    places = [(110 + 544 * (n % 2), 204 + 196 * (n // 2), (-0.8, 0.7, 0.6, -0.9)[n % 4]) for n in range(len(cards))]
    return drawn + "".join(
        group(_card(*card), x=x + 258, y=y + 88, turn=turn) for card, (x, y, turn) in zip(cards, places, strict=True)
    )


def _card(text: str, direction: str) -> str:
    sign, colour, wash = SIGNS[direction]
    dots: dict[str, object] = {"stroke_dasharray": "3 15", "stroke_linecap": "round"} if direction == "disputed" else {}
    sheet = rect(-258, -86, 516, 172, wash, r=12, stroke=colour, stroke_width=5, **dots)
    pin = disc(0, -76, 10, colour)
    mark = disc(-206, 0, 36, SHEET, stroke=colour, stroke_width=5) + words(
        -206, 15, sign, 46, weight=700, anchor="middle", fill=colour
    )
    lines = broken(text, 38, 380, weight=700)
    top = -8 - 23 * (len(lines) - 1)
    return (
        sheet
        + pin
        + mark
        + paragraph(-150, top, text, 38, 390, weight=700)
        + words(-150, top + 47.5 * (len(lines) - 1) + 48, direction, 34, fill=INK_2)
    )


def draft(heading: str, text: str, *, struck: bool = False, added: str = "", who: str = "") -> str:
    """A page of the draft. With `struck` its words are crossed out; `added` is written under them by hand."""
    sheet = rect(-440, -300, 880, 660, SHEET, r=8, stroke=LINE, stroke_width=2)
    lines = broken(text, 46, 760, SERIF)
    ink = mix(INK, 0.58, SHEET) if struck else INK
    body = words(-380, -222, heading, 38, weight=700, fill=LAKE) + rect(-380, -200, 760, 3, LAKE)
    body += paragraph(-380, -128, text, 46, 760, font=SERIF, leading=1.26, fill=ink)
    below = -128 + 58 * len(lines)
    if struck:
        body += "".join(
            stroke(f"M-386 {-142 + 58 * row}L{-374 + length_of(line, 46, SERIF):g} {-146 + 58 * row}", CLAY, 6)
            for row, line in enumerate(lines)
        )
    if added:
        body += paragraph(-380, below + 26, added, 46, 760, font=SERIF, leading=1.26, fill=LAKE)
    hand = group(people.hand(who), x=400, y=20, size=0.9, turn=24) if who else ""
    return rect(0, 0, 1280, 720, mix(WOOD, 0.4, PAPER)) + group(sheet, body, hand, x=600, y=350, turn=-0.8)


def follows(rows: Sequence[tuple[str, str]], *, moved: bool = False) -> str:
    """What each service follows, one thread a row. Once the family has `moved`, each thread ends before its place."""
    drawn = rect(0, 0, 1280, 720, PAPER)
    for row, (service, place) in enumerate(rows):
        drawn += _follow(row, service, place, moved)
    return drawn


def _follow(row: int, service: str, place: str, moved: bool) -> str:
    y, colour = 138 + 176 * row, PAPER_COLOURS[(0, 2, 4)[row % 3]]
    end = 760 if moved else 900
    thread = stroke(f"M400 {y}C540 {y - 26} 640 {y + 26} {end} {y}", colour, 9)
    if moved:
        thread += disc(end, y, 15, PAPER, stroke=colour, stroke_width=6)
    left = rect(70, y - 58, 350, 116, SHEET, r=16, stroke=colour, stroke_width=5) + words(
        245, y + 14, service, 40, weight=700, anchor="middle"
    )
    faded = mix(SLATE, 0.4, SHEET) if moved else INK
    dots: dict[str, object] = {"stroke_dasharray": "3 14", "stroke_linecap": "round"} if moved else {}
    right = rect(880, y - 58, 330, 116, SHEET, r=16, stroke=faded, stroke_width=3, **dots)
    ink = mix(SLATE, 0.95, INK) if moved else INK
    return thread + left + right + words(1045, y + 14, place, 40, anchor="middle", fill=ink)


def told(who: str, heard: Sequence[str], *, shown: int | None = None) -> str:
    """One person tells several, and each writes it down; nothing runs between those who were told."""
    lanes = [96 + 104 * row for row in range(len(heard))]
    middle = sum(lanes) / len(lanes)
    drawn = rect(0, 0, 1280, 720, PAPER)
    for row in range(len(heard) if shown is None else shown):
        colour, y = PAPER_COLOURS[row % len(PAPER_COLOURS)], lanes[row]
        drawn += stroke(f"M330 {middle:g}C560 {middle:g} 560 {y} 800 {y}", colour, 8)
        drawn += rect(790, y - 42, 420, 84, SHEET, r=14, stroke=colour, stroke_width=5) + words(
            830, y + 13, heard[row], 40
        )
        drawn += stroke(f"M1138 {y + 2}L1152 {y + 16}L1178 {y - 14}", MOSS, 8)
    face = clipped(
        group(people.bust(who, turn=0.5), x=220, y=middle - 24, size=1.2), "teller", disc(220, middle, 150, "#000")
    )
    return drawn + disc(220, middle, 150, mix(PLUM, 0.2)) + face + disc(220, middle, 152, stroke=PLUM, stroke_width=8)


def course_of(steps: Sequence[str], *, done: int) -> str:
    """The whole review as beads on one thread; a window stands on the one we have come to."""
    places = [140 + 1000 * n / (len(steps) - 1) for n in range(len(steps))]
    drawn = rect(0, 0, 1280, 720, PAPER) + words(92, 132, "One review, five months", 56, font=SERIF)
    drawn += stroke("M-20 350C200 310 330 390 560 350S900 320 1060 352 1220 340 1300 350", mix(LAKE, 0.4), 9)
    for n, (x, text) in enumerate(zip(places, steps, strict=True)):
        y = (340, 356, 346, 342, 350)[n % 5]
        if n == done:
            drawn += rect(x - 54, y - 74, 108, 148, SHEET, r=16, stroke=INK, stroke_width=3)
        drawn += disc(
            x, y, 26, LAKE if n < done else (MARIGOLD_WASH if n == done else SHEET), stroke=LAKE, stroke_width=8
        )
        drawn += paragraph(x, y + 124, text, 36, 250, anchor="middle")
    return drawn


def notebook(lines: Sequence[str], *, corrected: str = "") -> str:
    """Notes of a conversation; what the person put right stands under them, in their own hand."""
    page = rect(-430, -310, 860, 700, mix(MARIGOLD_WASH, 0.5, SHEET), r=10) + rect(
        -430, -310, 44, 700, mix(PLUM, 0.8), r=10
    )
    rules = "".join(rect(-350, -196 + 84 * row, 730, 2, LINE) for row in range(6))
    text = "".join(words(-346, -212 + 84 * row, line, 44, font=SERIF, fill=INK) for row, line in enumerate(lines))
    if corrected:
        text += words(-346, -212 + 84 * len(lines), corrected, 44, font=SERIF, fill=CLAY)
    return (
        rect(0, 0, 1280, 720, LAKE_WASH)
        + group(page, rules, text, x=620, y=366, turn=-1.6)
        + group(things.pen(CLAY if corrected else LAKE), x=1010, y=430, size=2, turn=34)
    )


def lines_on_card(heading: str, lines: Sequence[str]) -> str:
    """A card pinned inside a cupboard door: what helps, in a few words."""
    door = rect(0, 0, 1280, 720, mix(LAKE, 0.24, PAPER)) + rect(60, -20, 1160, 760, mix(LAKE, 0.34, PAPER), r=8)
    door += disc(120, 380, 20, mix(INK, 0.6))
    card = rect(220, 74, 840, 500, SHEET, r=16, stroke=MOSS, stroke_width=6) + disc(640, 84, 15, CLAY)
    text = words(290, 186, heading, 54, font=SERIF, fill=MOSS)
    for row, line in enumerate(lines):
        y = 292 + 92 * row
        text += stroke(f"M294 {y - 18}L308 {y - 4}L332 {y - 34}", MOSS, 8) + words(364, y, line, 46)
    return door + card + text
