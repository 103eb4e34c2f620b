"""Screens of the desk that are open to administrators alone, whatever a group may do."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy


class ForAdministrators(BasePermissionPolicy):
    """These acts are open to administrators, and to nobody by way of a group."""

    def __init__(self, model: Any, *acts: str) -> None:
        super().__init__(model)
        self.acts = set(acts)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.is_active and user.is_superuser and action in self.acts)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def users_with_any_permission(self, actions: Any) -> QuerySet[Any]:
        people = get_user_model()._default_manager
        return people.filter(is_active=True, is_superuser=True) if self.acts & set(actions) else people.none()
