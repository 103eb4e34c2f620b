"""Areas, organisations and roles in them at the desk, for administrators alone."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from toolkit.days import site_day
from toolkit.personal import Words
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from .by_address import ByAddressForm, RefusingCreateView, RefusingEditView
from .choices import OrganisationPurpose, OrganisationRoleCode
from .desk_days import british_days
from .for_administrators import ForAdministrators
from .found_by_name import FoundByName
from .models import Area, Organisation, OrganisationKind, OrganisationRole
from .roles import give_organisation_role, move_end_of_role

ENDS_ON = _(
    "The last day is the day before this one: from this day on it opens nothing. Empty: until somebody ends it."
)


def role_columns(where: str, heading: Words) -> list[str | Column]:
    """What a list of roles shows: whose, where (a field and its heading), which, and from when to when."""
    return [
        "person",
        Column(where, label=heading, sort_key=where),
        Column("get_role_display", label=_("Role"), sort_key="role"),
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Ends on"), sort_key="ends_on"),
    ]


class AreaForm(WagtailAdminModelForm):
    """A place that counts are made for; its key stands in files and never changes."""

    class Meta:
        model = Area
        fields = ("key", "name", "nation")
        labels = {"key": _("Key"), "name": _("Name"), "nation": _("Nation")}
        help_texts = {"key": _("Small letters and hyphens, as in larchmere; it stands in lists and never changes.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None


class AreaViewSet(ModelViewSet):
    """Made and renamed; never deleted, because bookings are counted by them."""

    model = Area
    icon = "site"
    menu_label = _("Areas")
    permission_policy = ForAdministrators(Area, "add", "change", "view")
    list_display = ["name", "key", "nation"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return AreaForm


class OrganisationForm(WagtailAdminModelForm):
    """An organisation, what it is, and where."""

    kinds = forms.MultipleChoiceField(
        label=_("What it is"),
        choices=OrganisationPurpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )

    class Meta:
        model = Organisation
        fields = ("name", "kinds", "areas")
        labels = {"name": _("Name"), "areas": _("Areas")}
        widgets = {"areas": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["kinds"] = list(self.instance.kinds.values_list("kind", flat=True))

    def clean_kinds(self) -> list[str]:
        kinds: list[str] = self.cleaned_data["kinds"]
        if self.instance.pk:
            gone = set(self.initial["kinds"]) - set(kinds)
            for refusal in self.refusals(gone):
                raise forms.ValidationError(refusal)
        return kinds

    def refusals(self, gone: set[str]) -> list[Any]:
        """Why it cannot stop being one of these, in words; rooms above add theirs."""
        today = site_day()
        readers = self.instance.roles.filter(role=OrganisationRoleCode.FUNDER_READER).exclude(ends_on__lte=today)
        if OrganisationPurpose.FUNDER in gone and readers.exists():
            return [_("Somebody reads its counts as a funder. End that role first.")]
        return []

    def save(self, commit: bool = True) -> Organisation:
        organisation: Organisation = super().save(commit)
        wanted = set(self.cleaned_data["kinds"])
        organisation.kinds.exclude(kind__in=wanted).delete()
        held = set(organisation.kinds.values_list("kind", flat=True))
        OrganisationKind.objects.bulk_create(
            OrganisationKind(organisation=organisation, kind=kind) for kind in sorted(wanted - held)
        )
        return organisation


class OrganisationViewSet(ModelViewSet):
    """Made and changed; never deleted, because people and bookings belong to them."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    permission_policy = ForAdministrators(Organisation, "add", "change", "view")
    list_display = ["name"]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return OrganisationForm


class OrganisationRoleForm(ByAddressForm):
    """Somebody becomes a lead or a funder's reader; later only the end may change."""

    changeable = ("ends_on",)
    field_order = ("address", "organisation", "role", "starts_on", "ends_on")

    class Meta:
        model = OrganisationRole
        fields = ("organisation", "role", "starts_on", "ends_on")
        labels = {
            "organisation": _("Organisation"),
            "role": _("Role"),
            "starts_on": _("First day"),
            "ends_on": _("Ends on"),
        }
        help_texts = {"ends_on": ENDS_ON}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = site_day()
        british_days(self, "starts_on", "ends_on")

    def save(self, commit: bool = True) -> OrganisationRole:
        """By the verbs. Raises TermRefused or NoFunder: the view says so beside the form."""
        given, now, by = self.cleaned_data, timezone.now(), self.for_user
        if self.instance.pk:
            move_end_of_role(self.instance, ends_on=given["ends_on"], at=now, by=by)
            return cast(OrganisationRole, self.instance)
        return give_organisation_role(
            self.instance.person,
            given["organisation"],
            given["role"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            at=now,
            by=by,
        )


class OrganisationRoleViewSet(ModelViewSet):
    """Given and ended; never deleted, because it says who could see whom."""

    model = OrganisationRole
    icon = "user"
    menu_label = _("Roles in organisations")
    add_view_class = RefusingCreateView
    edit_view_class = RefusingEditView
    permission_policy = ForAdministrators(OrganisationRole, "add", "change", "view")
    list_display = role_columns("organisation", _("Organisation"))
    list_filter = ["organisation", "role"]
    index_view_class = FoundByName
    search_fields = ["person__name", "person__email"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return OrganisationRoleForm
