"""Who may see a film. Films of the channel are for anybody; of any other, rules are asked that higher rooms register.

A rule is a plain question about a person and a film. This room knows no courses: `enrolments` registers theirs.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from django.http import HttpRequest
from toolkit.kept_back import lets_in

from people.models import User
from people.permissions import works_at_desk

from .films import Film, FilmFile

if TYPE_CHECKING:
    from .pages import FilmPage

Rule = Callable[[User, Film], bool]

_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Let this rule allow people films that are not in the channel."""
    if rule not in _rules:
        _rules.append(rule)


def may_see(request: HttpRequest, film: Film) -> bool:
    """Whether whoever asks may see the film on any of its pages."""
    return works_at_desk(request.user) or _is_shown(request, film.pages.filter(live=True))


def may_see_page(request: HttpRequest, page: "FilmPage") -> bool:
    """Whether whoever asks may see this page of a film, its captions and its transcript. Another page opens none."""
    return works_at_desk(request.user) or (page.live and _is_shown(request, [page]))


def may_see_file(request: HttpRequest, film_file: FilmFile) -> bool:
    """Whether whoever asks may see one of the pages this file is shown on; a file of no page is for editors."""
    return works_at_desk(request.user) or _is_shown(request, _pages_of(film_file))


def is_public(request: HttpRequest, film_file: FilmFile) -> bool:
    """Whether it is shown on a live page that stands in the channel and is not kept back at the desk."""
    return any(page.is_in_channel and lets_in(request, page) for page in _pages_of(film_file))


def _pages_of(film_file: FilmFile) -> Iterable["FilmPage"]:
    """The live pages it is shown on."""
    return film_file.pages.filter(live=True).select_related("film")


def _is_shown(request: HttpRequest, pages: Iterable["FilmPage"]) -> bool:
    """Whether one of these pages is not kept back, and stands in the channel or is allowed by a rule."""
    shown, person = [page for page in pages if lets_in(request, page)], request.user
    if any(page.is_in_channel for page in shown):
        return True
    films = {page.film_id: page.film for page in shown}.values()
    return isinstance(person, User) and any(rule(person, film) for film in films for rule in _rules)
