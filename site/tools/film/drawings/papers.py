"""What is written down: headlines, the list for the day, the record and its form."""

from collections.abc import Mapping, Sequence

from . import outside, things
from .palette import (
    CLAY,
    CLAY_WASH,
    INK,
    INK_2,
    IRIS,
    LAKE,
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
    mix,
)
from .svg import SERIF, blob, broken, disc, group, length_of, paragraph, rect, stroke, words

GREY = mix(SLATE, 0.5, SHEET)


def desk(colour: str = LAKE_WASH) -> str:
    """The ground that papers lie on."""
    return rect(0, 0, 1280, 720, colour)


def headline(text: str, *, day: str = "", picture: str = "stop", turn: float = -2) -> str:
    """The front page of a local paper; with no `day`, without its name. `picture`: stop or window, its photograph."""
    sheet = rect(-470, -330, 940, 760, SHEET, r=6) + rect(-470, -330, 940, 760, stroke=LINE, stroke_width=2, r=6)
    top = ""
    if day:
        top = words(-420, -268, "The local paper", 34, font=SERIF, fill=INK_2)
        top += words(420, -268, day, 34, anchor="end", fill=INK_2)
    rule = rect(-420, -246, 840, 3, INK)
    title = paragraph(-420, -158, text, 71, 840, font=SERIF, leading=1.14)
    below = -158 + 81 * (len(broken(text, 71, 840, SERIF)) - 1) + 48
    size = min(1.5, (352 - below) / 230)
    shown = group(_photograph(picture), x=-420, y=below, size=size)
    left = -420 + 330 * size + 36
    wide = (420 - left - 30) / 2
    columns = "".join(
        rect(x, below + 6 + 26 * row, wide, 9, LINE, r=4)
        for x in (left, left + wide + 30)
        for row in range(int(230 * size / 26))
    )
    return desk() + group(sheet, top, rule, title, shown, columns, x=640, y=352, turn=turn)


def _photograph(what: str) -> str:
    frame = rect(0, 0, 330, 230, mix(LAKE, 0.16, SHEET))
    if what == "stop":
        inner = (
            rect(0, 176, 330, 54, mix(SLATE, 0.5))
            + group(outside.bus_stop(), x=150, y=178, size=0.42)
            + group(outside.stop_pole(), x=268, y=180, size=0.44)
        )
        return frame + inner
    pane = (
        rect(40, 24, 250, 170, mix(MARIGOLD, 0.3, PAPER))
        + rect(40, 24, 250, 170, stroke=SHEET, stroke_width=11)
        + rect(160, 24, 10, 170, SHEET)
    )
    return frame + pane + rect(24, 196, 282, 12, SHEET) + group(outside.bus(), x=170, y=180, size=0.3)


def two_headlines(first: str, second: str) -> str:
    """Both front pages side by side."""

    def sheet(text: str, picture: str) -> str:
        drawn = rect(-270, -250, 540, 520, SHEET, r=6) + rect(-270, -250, 540, 520, stroke=LINE, stroke_width=2, r=6)
        drawn += words(-234, -204, "The local paper", 34, font=SERIF, fill=INK_2) + rect(-234, -188, 468, 3, INK)
        drawn += paragraph(-234, -130, text, 46, 468, font=SERIF, leading=1.16)
        return (
            drawn
            + group(_photograph(picture), x=-234, y=70, size=0.74)
            + "".join(rect(30, 78 + 24 * row, 200, 8, LINE, r=4) for row in range(6))
        )

    return (
        desk()
        + group(sheet(first, "stop"), x=340, y=350, turn=-2.4)
        + group(sheet(second, "window"), x=934, y=366, turn=1.8)
    )


def day_list(*, done: int = 0, extra: Sequence[int] = (2, 5), marked: int = 3) -> str:
    """Six visits as beads on one thread; two of them belong to a colleague; `done` of them are behind her."""
    times = ("9:15", "10:30", "11:45", "2:30", "3:45", "5:00")
    places = [190 + 180 * n for n in range(6)]
    drawn = rect(0, 0, 1280, 720, PAPER) + words(190 - 26, 150, "Tuesday", 62, font=SERIF)
    drawn += words(164, 206, "six visits", 34, fill=INK_2)
    drawn += stroke(
        "M-20 380C120 330 240 420 370 370S600 340 730 384 980 410 1090 366 1240 360 1300 380", mix(LAKE, 0.35), 9
    )
    for n, (x, time) in enumerate(zip(places, times, strict=True)):
        y = (366, 374, 366, 384, 388, 366)[n]
        now = n == marked
        if now:
            drawn += rect(x - 62, y - 82, 124, 228, SHEET, r=16, stroke=INK, stroke_width=3)
        colour, dashes = (PLUM, "12 11") if n in extra and n >= done else (PLUM if n in extra else LAKE, None)
        inside = MARIGOLD if now else colour if n < done else SHEET
        drawn += disc(x, y, 26, inside, stroke=colour, stroke_width=8, stroke_dasharray=dashes)
        drawn += words(x, y + 94, time, 42, font=SERIF, anchor="middle")
    legend = disc(186, 552, 15, SHEET, stroke=PLUM, stroke_width=6, stroke_dasharray="8 8") + words(
        216, 564, "for a colleague who is ill", 34, fill=INK_2
    )
    return drawn + legend


def record(
    lines: Sequence[str],
    *,
    shown: int | None = None,
    marked: Sequence[int] = (),
    grey: bool = False,
    route: bool = False,
    stop: bool = False,
) -> str:
    """The page of the record, one fact a line.

    `shown` of them are there yet; the `marked` have a ring of hindsight round them, and with `grey` the rest fade.
    `stop` puts the sign of the bus stop beside the page, `route` draws the lines that hindsight draws to it.
    """
    left = 0 if stop else 190
    sheet = rect(70, 44, 760, 632, SHEET, r=10, stroke=LINE, stroke_width=2)
    top = words(120, 110, "Home visit, review at two years", 36, font=SERIF) + rect(120, 132, 660, 3, LAKE)
    drawn = sheet + top
    for row, text in enumerate(lines[: len(lines) if shown is None else shown]):
        drawn += _fact(row, text, marked=row in marked, faded=grey and row not in marked)
    ground = desk(mix(SLATE, 0.14)) + (_stop_beside() if stop else "")
    return ground + group(drawn, x=left) + (_route(lines, marked) if route else "")


def _fact(row: int, text: str, *, marked: bool, faded: bool) -> str:
    y = 200 + 72 * row
    drawn = words(124, y, text, 40, fill=GREY if faded else INK, weight=700 if marked else 400)
    if marked:
        drawn += rect(104, y - 46, length_of(text, 40, weight=700) + 40, 66, stroke=CLAY, stroke_width=5, r=33)
    return drawn


def _stop_beside() -> str:
    return group(
        rect(-150, -190, 300, 330, CLAY_WASH, r=16), group(outside.stop_pole(), x=-26, y=114, size=0.82), x=1074, y=346
    )


def _route(lines: Sequence[str], marked: Sequence[int]) -> str:
    """From every ringed fact a line, and all of them to the stop."""
    drawn = ""
    for row in marked:
        x, y = 146 + length_of(lines[row], 40, weight=700), 187 + 72 * row
        drawn += stroke(f"M{x:.0f} {y}C{x + 140:.0f} {y} 800 346 906 346", CLAY, 6)
    return drawn + blob("M900 324L944 346L900 368Z", CLAY)


def beside_record(*, missing: Mapping[str, str]) -> str:
    """What the page has no room for: things round a small record, each with its word.

    `missing` has some of visits, weighing, words and queue, each with what is written under it.
    """
    bars = "".join(rect(-114, -140 + 44 * row, 228 - 40 * (row % 3), 14, LINE, r=6) for row in range(7))
    page = rect(-150, -196, 300, 392, SHEET, r=10, stroke=LINE, stroke_width=2)
    drawn = desk(mix(SLATE, 0.14)) + group(page, bars, x=640, y=330)
    places = {
        "visits": (264, 176, 66),
        "weighing": (1016, 166, 116),
        "words": (264, 428, 116),
        "queue": (1016, 432, 116),
    }
    signs = {"visits": _five_visits, "weighing": _scales, "words": _one_word, "queue": _in_the_queue}
    for key, text in missing.items():
        x, y, below = places[key]
        drawn += group(signs[key](), x=x, y=y) + paragraph(x, y + below, text, 36, 330, anchor="middle")
    return drawn


def _five_visits() -> str:
    dots = ((-100, LAKE), (-50, LAKE), (0, LAKE), (50, MARIGOLD), (100, LAKE))
    return "".join(disc(x, 0, 17, colour, stroke=LAKE, stroke_width=5) for x, colour in dots)


def _scales() -> str:
    beam = stroke("M-84-50L84-50M0-74L0 46M-44 50L44 50", INK, 8)
    strings = stroke("M-84-50L-112 8M-84-50L-56 8M84-50L56 8M84-50L112 8", INK, 3)
    left = blob("M-122 8L-46 8Q-54 34-84 34Q-114 34-122 8Z", PLUM)
    return beam + strings + left + blob("M46 8L122 8Q114 34 84 34Q54 34 46 8Z", LAKE)


def _one_word() -> str:
    return group(things.card("bus", width=150), size=0.9)


def _in_the_queue() -> str:
    return group(things.phone(words(0, 38, "11", 116, weight=700, anchor="middle", fill=MOSS)), size=0.31)


def form(
    rows: Sequence[tuple[str, bool]],
    *,
    heading: str = "Review at two years",
    last: str = "",
    gap: bool = False,
    added: str = "",
) -> str:
    """A form on a screen: ticks; then the `last` box, a `gap` where no question stands, or a line `added` to it."""
    drawn = rect(0, 0, 1280, 720, mix(IRIS, 0.28, INK)) + rect(90, 60, 1100, 560, SHEET, r=16)
    drawn += blob("M106 60L1174 60Q1190 60 1190 76L1190 140L90 140L90 76Q90 60 106 60Z", LAKE)
    drawn += words(140, 116, heading, 40, font=SERIF, fill=SHEET)
    for row, (text, ticked) in enumerate(rows):
        drawn += words(140, 226 + 100 * row, text, 46) + _tick(1080, 212 + 100 * row, ticked)
        drawn += rect(140, 262 + 100 * row, 1000, 2, LINE) if row < len(rows) - 1 else ""
    y = 226 + 100 * len(rows)
    if last:
        drawn += _row(y, MARIGOLD_WASH, MARIGOLD) + words(140, y + 4, last, 46, weight=700)
        drawn += words(1140, y + 4, "none identified", 46, anchor="end")
    if gap:
        dots: dict[str, object] = {"stroke_dasharray": "0.1 17", "stroke_linecap": "round"}
        drawn += rect(116, y - 52, 1048, 100, SHEET, r=14, stroke=CLAY, stroke_width=6, **dots)
    if added:
        drawn += _row(y, LAKE_WASH, LAKE) + words(140, y + 4, added, 46, weight=700)
    return drawn


def _row(y: float, ground: str, edge: str) -> str:
    return rect(116, y - 52, 1048, 92, ground, r=14, stroke=edge, stroke_width=4)


def _tick(x: float, y: float, ticked: bool) -> str:
    box = rect(
        x, y - 24, 52, 52, MOSS_WASH if ticked else SHEET, r=10, stroke=MOSS if ticked else SLATE, stroke_width=4
    )
    return box + (stroke(f"M{x + 12} {y + 2}L{x + 23} {y + 14}L{x + 42} {y - 10}", MOSS, 7) if ticked else "")


def note_line(text: str, *, width: float = 560) -> str:
    """A line of the record, cut out and pinned over what she saw; at the top left."""
    long = max(width, length_of(text, 36) + 70)
    return (
        rect(56, 36, long, 116, SHEET, r=10, stroke=INK, stroke_width=3)
        + words(86, 84, "The record says", 34, weight=700, fill=CLAY)
        + words(86, 132, text, 36)
    )


def envelope(notes: Sequence[str]) -> str:
    """A few words on the back of an envelope, and a pen."""
    paper = rect(-400, -230, 800, 470, mix(MARIGOLD, 0.14, SHEET), r=8) + stroke("M-400-226L0 40L400-226", LINE, 4)
    written = "".join(
        words(-330, 10 + 72 * row, text, 50, font=SERIF, fill=mix(LAKE, 0.95)) for row, text in enumerate(notes)
    )
    return (
        desk(mix(PLUM, 0.12, PAPER))
        + group(paper, written, x=600, y=350, turn=-3)
        + group(things.pen(PLUM), x=1010, y=540, size=2.2, turn=38)
    )
