"""The title card of a film without a poster: threads on a dark ground, drawn from the film's key. Pure."""

from toolkit.threads import Paper, across, draw

WIDTH, HEIGHT = 1280, 720
GROUND = "#0d191b"
_COLOURS = ("#5db8b6", "#9aa8ee", "#dc93c1", "#e5a545", "#a5c468", "#79bdea", "#d9ae86", "#a9b5b7")
NIGHT = Paper(
    far_width=5,
    near_width=12,
    dash_unit=2.4,
    bead_radius=19,
    bead_width=8,
    frame_width=0,
    strength=0.45,
    ground=GROUND,
    sheet="#1c3034",
    ink="#ece7da",
    colours=_COLOURS,
)


def title_card(seed: str) -> str:
    """An SVG picture; the same words always give the same one."""
    picture = across(f"film-{seed}", windows=3, nearness=0.6, width=WIDTH, height=HEIGHT)
    drawing = draw(picture, name="card", paper=NIGHT)
    head, rest = drawing.split(">", 1)
    return f'{head}><rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>{rest}'
