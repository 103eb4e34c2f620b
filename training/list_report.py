"""The report on a checked list as its page shows it: in words, and in pages where it is long."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from enrolments.lists import words
from enrolments.lists.checking import Outcome, outcome, vocabulary_of
from enrolments.models import EnrolmentList
from enrolments.places import places_left

FAULTS_SHOWN, QUESTIONS_SHOWN, LINES_SHOWN = 50, 25, 100


class ListReport:
    """Counts, faults, questions and what will happen. `asked` says which page of each."""

    def __init__(self, one: EnrolmentList, asked: Mapping[str, str], *, at: datetime) -> None:
        self._one, self._asked = one, asked
        self._rows = {row["line"]: row for row in one.rows}
        self.outcome: Outcome = outcome(one.rows, one.report, vocabulary_of(one.organisation))
        self.places_left = places_left(one.cohort, one.organisation, at=at)

    def _page(self, things: list[Any], name: str, count: int) -> Page:
        return Paginator(things, count).get_page(self._asked.get(name))

    @property
    def booked_count(self) -> int:
        return len(self.outcome.booked)

    @property
    def has_too_few_places(self) -> bool:
        return self.places_left is not None and self.booked_count > self.places_left

    @property
    def may_take_in(self) -> bool:
        return self.outcome.is_ready and not self.has_too_few_places

    @property
    def came_back(self) -> str:
        """Why it was not taken in when that was last tried."""
        code = self._one.report.get("came_back")
        return str(words.CAME_BACK[code]) if code else ""

    @property
    def notes(self) -> list[str]:
        return [words.note(code, facts) for code, facts in self._one.report.get("notes", [])]

    @cached_property
    def faults(self) -> Page:
        """(line, what the line says, what is wrong)"""
        wrong = words.faults_by_line(self._one)
        lines = [(line, self._rows[line], found) for line, found in sorted(wrong.items())]
        return self._page(lines, "faults", FAULTS_SHOWN)

    @cached_property
    def looks(self) -> list[tuple[int, str]]:
        return [(line, words.look(code, facts)) for line, code, facts in self._one.report["looks"]]

    @cached_property
    def questions(self) -> Page:
        """Those not answered come first, so that saving a page brings the next."""
        asked = sorted(self._one.report["questions"], key=lambda one: (bool(one["choice"]), one["line"]))
        page = self._page(asked, "questions", QUESTIONS_SHOWN)
        page.object_list = list(self._in_words(page.object_list))
        return page

    def _in_words(self, questions: Any) -> Iterator[dict[str, Any]]:
        for one in questions:
            options = [{**option, "why": words.QUESTIONS[option["why"]]} for option in one["options"]]
            yield {**one, "row": self._rows[one["line"]], "options": options}

    @cached_property
    def lines(self) -> Page:
        """(line, its name, the address chosen for it, the code of what will happen)"""
        addresses = self.outcome.addresses
        fates = [(line, self._rows[line]["name"], addresses[line], fate) for line, fate in self.outcome.fates.items()]
        return self._page(fates, "page", LINES_SHOWN)
