"""How far somebody is with the requirement sets that apply to them: with each, in few words, and with all together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from toolkit.by_language import in_language

from credentials.models import Achievement


@dataclass(frozen=True, slots=True)
class Share:
    """How much of one set is done; `title` is of what it earns."""

    title: str
    done: int
    required: int
    percent: int


def titles_of_sets() -> dict[tuple[int, str], str]:
    """What meeting a set earns, by course and key, in the reader's language."""
    achievements = Achievement.objects.values_list("course_id", "key", "titles")
    return {(course, key): in_language(texts) for course, key, texts in achievements}


def percent_of_all(shares: Iterable[tuple[int, int]]) -> int:
    """Whole per cent of everything that sets ask for, told as (done, required): 100 means that all of it is done."""
    done, required = map(sum, zip((0, 0), *shares, strict=True))
    return 100 * done // required if required else 0


def each_begun(shares: Sequence[Share], words: Callable[[Share], str]) -> list[tuple[str, str]]:
    """Title and words of every set of which something is done; of several others, how many those are."""
    begun = [(one.title, words(one)) for one in shares if one.done]
    others = [(one.title, words(one)) for one in shares if not one.done]
    if len(others) < 2:
        return begun + others
    count = {"count": len(others)}
    return [*begun, (_("%(count)s others") % count if begun else _("All %(count)s") % count, _("nothing done yet"))]


def in_few_words(shares: Sequence[Share]) -> list[str]:
    """The same, a phrase for each: "Module 1, 40%", "8 others, nothing done yet"."""
    return [f"{title}, {words}" for title, words in each_begun(shares, lambda one: f"{one.percent}%")]
