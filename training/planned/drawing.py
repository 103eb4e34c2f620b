"""A cohort against its planned dates as a drawing: a bar for each activity, a line for where the plan has everybody.

Written as SVG with attributes and classes only: no style stands in the page. Everything it says stands in the table
beside it, and in its title and description.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .lines import Against, Line

_STEP, _BAR, _HEIGHT, _LEFT, _TOP, _FOOT = 48, 26, 160, 40, 26, 34


def drawing_of(against: Against) -> SafeString:
    """The drawing; empty where there is nobody or nothing to draw."""
    if not against.count or not against.lines:
        return SafeString("")
    width = _LEFT + _STEP * len(against.lines) + 12
    height = _TOP + _HEIGHT + _FOOT
    parts = [
        f'<svg class="against" role="img" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        'aria-labelledby="against-title against-words">',
        f'<title id="against-title">{escape(_("The cohort against its planned dates"))}</title>',
        f'<desc id="against-words">{escape(in_words(against))}</desc>',
        _scale(against, width),
        *(_bar(line, place) for place, line in enumerate(against.lines)),
        _planned_line(against),
        _today(against, height),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308  (every word is escaped, everything else is a number)


def in_words(against: Against) -> str:
    """What the drawing shows, in sentences."""
    due = ngettext(
        "%(due)s of %(all)s part is due by today.", "%(due)s of %(all)s parts are due by today.", len(against.lines)
    ) % {"due": against.due_count, "all": len(against.lines)}
    done = ngettext(
        "%(done)s of %(count)s trainee has done everything that is due.",
        "%(done)s of %(count)s trainees have done everything that is due.",
        against.count,
    ) % {"done": against.up_to_date, "count": against.count}
    away = ngettext("%(count)s on leave is not counted.", "%(count)s on leave are not counted.", against.away) % {
        "count": against.away
    }
    return f"{due} {done} {away}" if against.away else f"{due} {done}"


def _scale(against: Against, width: int) -> str:
    """Nobody at the bottom, everybody at the top."""
    foot = _TOP + _HEIGHT
    return (
        f'<line class="axis" x1="{_LEFT}" y1="{foot}" x2="{width}" y2="{foot}"/>'
        f'<text x="{_LEFT - 8}" y="{foot + 5}" text-anchor="end">0</text>'
        f'<text x="{_LEFT - 8}" y="{_TOP + 5}" text-anchor="end">{against.count}</text>'
    )


def _bar(line: Line, place: int) -> str:
    height = round(_HEIGHT * line.done / line.count)
    x, y = _LEFT + place * _STEP + (_STEP - _BAR) // 2, _TOP + _HEIGHT - height
    middle = x + _BAR // 2
    return (
        f'<rect class="done-bar" x="{x}" y="{y}" width="{_BAR}" height="{height}"/>'
        f'<text x="{middle}" y="{y - 6}" text-anchor="middle">{line.done}</text>'
        f'<text class="below" x="{middle}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle">{line.number}</text>'
    )


def _planned_line(against: Against) -> str:
    """Everybody, over what is due; nobody yet, over what comes later. Nothing over what is not planned."""
    due = against.due_count
    planned = sum(line.due_on is not None for line in against.lines)
    if not planned:
        return ""
    top, foot, turn = _TOP, _TOP + _HEIGHT, _LEFT + due * _STEP
    points = f"{_LEFT},{top} {turn},{top} " if due else ""
    points += f"{turn},{foot} {_LEFT + planned * _STEP},{foot}" if planned > due else f"{turn},{top}"
    return f'<polyline class="planned-line" points="{points}"/>'


def _today(against: Against, height: int) -> str:
    x = _LEFT + against.due_count * _STEP
    return (
        f'<line class="today" x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{height - _FOOT}"/>'
        f'<text class="below" x="{x}" y="{_TOP - 12}" text-anchor="middle">{escape(_("today"))}</text>'
    )
