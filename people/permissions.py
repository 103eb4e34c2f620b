"""Who works at the editors' desk: the one question that every room asks of editors, moderators and administrators."""

from django.contrib.auth.models import AnonymousUser

from .models import User


def works_at_desk(person: User | AnonymousUser) -> bool:
    """Whether the editors' desk is open to somebody: by a group that may enter it, or as platform administrator."""
    return bool(person.has_perm("wagtailadmin.access_admin"))
