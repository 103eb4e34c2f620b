"""Who may see a film. Films of the channel are for anybody; of any other, rules are asked that higher rooms register.

A rule is a plain question about a person and a film. This room knows no courses: `enrolments` registers theirs.
"""

from collections.abc import Callable
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
    """Whether whoever asks may see the film, its captions and its transcript."""
    if works_at_desk(request.user):
        return True
    shown, person = _shown_to(request, film), request.user
    if any(page.is_in_channel for page in shown):
        return True
    return isinstance(person, User) and bool(shown) and any(rule(person, film) for rule in _rules)


def may_see_file(request: HttpRequest, film_file: FilmFile) -> bool:
    """Whether whoever asks may see one of the films this file is shown for; a file of no page is for editors."""
    if works_at_desk(request.user):
        return True
    return any(may_see(request, film) for film in Film.objects.filter(pages__film_file=film_file, pages__live=True))


def is_public(request: HttpRequest, film: Film) -> bool:
    """Whether a live page of it stands in the channel and is not kept back by a restriction set at the desk."""
    return any(page.is_in_channel for page in _shown_to(request, film))


def _shown_to(request: HttpRequest, film: Film) -> list["FilmPage"]:
    """The live pages of a film that are not kept back from whoever asks."""
    return [page for page in film.pages.filter(live=True) if lets_in(request, page)]
