"""Who holds a role that shows other people: they give a second step when they sign in (people/second_step.py).

Each room that has such roles adds its own rule when it starts; this one does not know theirs.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from toolkit.days import site_day

from .models import OrganisationRole, User

Rule = Callable[[date], QuerySet]


def _in_an_organisation(on: date) -> QuerySet:
    return OrganisationRole.objects.current(on).filter(person=OuterRef("pk"))


def _at_the_desk(on: date) -> QuerySet:
    return Group.objects.filter(user=OuterRef("pk"), permissions__codename="access_admin")


_rules: list[Rule] = [_in_an_organisation, _at_the_desk]


def add_staff_rule(rule: Rule) -> None:
    """`rule` gives, for a day, rows that exist for `OuterRef("pk")`, a person, if they hold such a role then."""
    if rule not in _rules:
        _rules.append(rule)
        _statement.cache_clear()


def with_staff_role(people: QuerySet[User], *, on: date) -> QuerySet[User]:
    """The same people, each with `holds_staff_role`; no statement more."""
    held = reduce(or_, (Q(Exists(rule(on))) for rule in _rules), Q(is_superuser=True))
    return people.annotate(holds_staff_role=held)


def at_the_door(pk: int) -> User | None:
    """The person with this number and whether they hold such a role today; None if there is nobody.

    It is asked with every request of whoever is signed in, so the statement is put together once a day and kept:
    asking takes a thirtieth of the time that putting it together does.
    """
    sql, values = _statement(site_day(), connection.vendor)
    return next(iter(User.objects.raw(sql, [pk if value == _ANYBODY else value for value in values])), None)


_ANYBODY = -1  # nobody's number, in its place


@lru_cache(maxsize=2)
def _statement(on: date, vendor: str) -> tuple[str, tuple[Any, ...]]:
    people = with_staff_role(User.objects.filter(pk=_ANYBODY), on=on)
    sql, values = people.query.sql_with_params()
    return str(sql), tuple(values)


def holds_staff_role(person: User) -> bool:
    """Whether they hold one today. Asks the database unless the person came through the door (people/backends.py)."""
    known = getattr(person, "holds_staff_role", None)
    if known is None:
        known = with_staff_role(User.objects.filter(pk=person.pk), on=site_day()).get().holds_staff_role  # type: ignore[attr-defined]
    return bool(known)
