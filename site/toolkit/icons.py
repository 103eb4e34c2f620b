"""Twenty-four drawn icons of our own: one line of one weight on a field of 24 by 24, in the colour of the words.

Each is a single path. They stand beside words and never in their place, so they say nothing to a screen reader.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


def _ring(x: float, y: float, radius: float) -> str:
    """A circle as path data."""
    half = f"a{radius:g} {radius:g} 0 1 0"
    return f"M{x - radius:g} {y:g}{half} {2 * radius:g} 0{half} {-2 * radius:g} 0"


ICONS: dict[str, tuple[str | Promise, str]] = {
    "window": (_("Two windows"), "M3.5 3.5h11v11h-11zM9.5 9.5h11v11h-11z"),
    "thread": (
        _("A thread with a bead"),
        f"M2 16.5c4 0 4.6-6.2 7.4-8M14.6 8.5c2.8 1.8 3.4 8 7.4 8{_ring(12, 7.5, 2.6)}",
    ),
    "crossing": (_("Threads that cross"), "M2 5.5c8 0 12 13 20 13M2 18.5c8 0 12-13 20-13M2 12h20"),
    "eye": (_("An eye"), f"M2 12c3-4.8 6.3-7 10-7s7 2.2 10 7c-3 4.8-6.3 7-10 7s-7-2.2-10-7z{_ring(12, 12, 3)}"),
    "ear": (
        _("An ear"),
        "M6.5 15V9.5a5.5 5.5 0 1 1 11 0c0 3.8-3.5 4.5-3.5 7.8a3.3 3.3 0 0 1-6 1.9"
        "M10 10a2 2 0 1 1 4 0c0 1.7-2 2-2 4",
    ),
    "speech": (_("Something said"), "M3.5 4.5h17v12H11.5l-4.5 4v-4h-3.5z"),
    "talk": (_("A conversation"), "M2.5 3.5h12v8H9l-3.5 3v-3h-3zM17.5 9.5h4v8h-2v3l-3.5-3h-6v-3"),
    "phone": (
        _("A telephone"),
        "M6 3h3.5l1.7 5-2.3 1.7a11.5 11.5 0 0 0 5.4 5.4L16 12.8l5 1.7V18a3 3 0 0 1-3 3C9.7 21 3 14.3 3 6"
        "a3 3 0 0 1 3-3z",
    ),
    "letter": (_("A letter"), "M3 5.5h18v13H3zM3 6.5l9 7 9-7"),
    "note": (_("A note"), "M5.5 3h8.5l4.5 4.5V21h-13zM14 3v4.5h4.5M9 12.5h6M9 16.5h6"),
    "book": (
        _("A book"),
        "M12 6c-2-1.4-5-2-9-2v14.5c4 0 7 .6 9 2 2-1.4 5-2 9-2V4c-4 0-7 .6-9 2zM12 6v14.5",
    ),
    "calendar": (
        _("A calendar"),
        "M4 5.5h16V20H4zM4 10h16M8 3v4.5M16 3v4.5"
        "M8 14h.01M12 14h.01M16 14h.01M8 17h.01M12 17h.01",
    ),
    "clock": (_("A clock"), f"{_ring(12, 12, 9)}M12 6.5V12l3.8 2.3"),
    "door": (_("A door"), "M6 21V3h12v18M3 21h18M14.5 11.5v1.5"),
    "house": (_("A house"), "M3 11.5l9-7.5 9 7.5M5.5 9.5V20h13V9.5M10 20v-6h4v6"),
    "person": (_("Somebody"), f"{_ring(12, 7.5, 4)}M4.5 21c.4-5 3.3-7 7.5-7s7.1 2 7.5 7"),
    "pair": (
        _("An adult and a child"),
        f"{_ring(8.5, 6, 3.2)}M2.5 20.5c.2-6 2.4-8 6-8 1.8 0 3.3.5 4.3 1.6"
        f"{_ring(17, 13.2, 2.3)}M12.7 21c.2-2.9 1.8-4 4.3-4s4.1 1.1 4.3 4",
    ),
    "team": (
        _("A team"),
        f"{_ring(12, 6.8, 3.2)}{_ring(4.8, 9.6, 2.2)}{_ring(19.2, 9.6, 2.2)}"
        "M6.5 20.5c.1-5.4 2-7.5 5.5-7.5s5.4 2.1 5.5 7.5M1.8 18.5c.1-2.7.9-4.2 3-4.2M22.2 18.5c-.1-2.7-.9-4.2-3-4.2",
    ),
    "fork": (
        _("A way that parts"),
        "M12 21v-6c0-5-6-4-6-11M12 15c0-5 6-4 6-11M3.2 6.8L6 4l2.8 2.8M15.2 6.8L18 4l2.8 2.8",
    ),
    "scales": (_("A pair of scales"), "M12 3.5V20.5M8 20.5h8M5.5 6.5h13M5.5 6.5l-3.3 7.5a3.4 3.4 0 0 0 6.6 0z"
               "M18.5 6.5l-3.3 7.5a3.4 3.4 0 0 0 6.6 0z"),
    "lamp": (_("A lamp"), "M9 17.5h6M10 21h4M9 17.5c0-3-3.2-4-3.2-8.2a6.2 6.2 0 1 1 12.4 0c0 4.2-3.2 5.2-3.2 8.2"),
    "lens": (_("A magnifying glass"), f"{_ring(10.5, 10.5, 7)}M15.7 15.7L21 21"),
    "loop": (
        _("Something that comes round again"),
        "M4 11.5a8 8 0 0 1 14.2-4.5L20 9M20 4v5h-5M20 12.5a8 8 0 0 1-14.2 4.5L4 15M4 20v-5h5",
    ),
    "cup": (
        _("A cup"),
        "M4 9.5h12.5v5.5a5 5 0 0 1-5 5H9a5 5 0 0 1-5-5z"
        "M16.5 10.5h1.7a2.6 2.6 0 0 1 0 5.2h-1.7M8 3.5v2.5M12.3 3.5v2.5",
    ),
}  # fmt: skip
CHOICES = [(name, label) for name, (label, _path) in ICONS.items()]


def drawn(name: str) -> str:
    """An icon as SVG; nothing for a name there is none of, such as one an older page chose."""
    if name not in ICONS:
        return ""
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f'<path d="{ICONS[name][1]}"/></svg>'
    )
