"""Legal holds and the record of removals at the desk, for administrators alone."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from people.for_administrators import ForAdministrators

from .hold_form import LegalHoldForm
from .models import LegalHold, Removal


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
