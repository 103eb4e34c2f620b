"""Legal holds and the record of removals at the desk, for administrators alone."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import BasePermissionPolicy

from .hold_form import LegalHoldForm
from .models import LegalHold, Removal


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


class LegalHoldViewSet(ModelViewSet):
    """Placed, changed and ended here; never deleted, because it explains why records were kept."""

    model = LegalHold
    icon = "lock"
    menu_label = _("Legal holds")
    permission_policy = ForAdministrators(LegalHold, "add", "change", "view")
    list_display = ["person", "reason", "begins_at", "ends_at"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("address", "reason", "begins_at", "ends_at")], base_form_class=LegalHoldForm
    )


class RemovalViewSet(ModelViewSet):
    """Read only: what was removed and why, in numbers."""

    model = Removal
    icon = "bin"
    menu_label = _("Removals")
    permission_policy = ForAdministrators(Removal, "view")
    inspect_view_enabled = True
    list_display = ["at", "table", "count", "rule", "cause", "person", "by"]
    list_filter = ["cause", "rule"]
    form_fields = ["table"]


class PersonalDataGroup(ViewSetGroup):
    """Both under one heading of the desk's menu."""

    menu_label = _("Personal data")
    menu_icon = "user"
    items = (LegalHoldViewSet, RemovalViewSet)


@hooks.register("register_admin_viewset")
def personal_data() -> PersonalDataGroup:
    return PersonalDataGroup()
