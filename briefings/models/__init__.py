"""At a Glance briefings, reports and stories of good practice, and the shelves they stand on."""

from .briefing import MOST_WORDS, Briefing, BriefingPage, NumberIsSpent, years_after
from .report import ReportPage
from .shelf import BriefingIndexPage, ReportIndexPage, Shelf, StoryIndexPage
from .sorted_page import SortedPage
from .story import STORY_KEYS, StoryPage

__all__ = [
    "MOST_WORDS",
    "STORY_KEYS",
    "Briefing",
    "BriefingIndexPage",
    "BriefingPage",
    "NumberIsSpent",
    "ReportIndexPage",
    "ReportPage",
    "Shelf",
    "SortedPage",
    "StoryIndexPage",
    "StoryPage",
    "years_after",
]
