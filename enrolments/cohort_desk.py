"""Cohorts, what is offered to whom, and roles in cohorts at the desk, for administrators alone."""

from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from toolkit.days import site_day
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from people.by_address import ByAddressForm, RefusingCreateView, RefusingEditView
from people.choices import OrganisationPurpose
from people.desk_days import british_days
from people.for_administrators import ForAdministrators
from people.found_by_name import FoundByName
from people.models import Organisation
from people.organisation_desk import (
    ENDS_ON,
    AreaViewSet,
    OrganisationForm,
    OrganisationRoleViewSet,
    OrganisationViewSet,
    role_columns,
)

from .appointment_desk import AppointmentViewSet
from .closing_models import QuizClosing
from .models import Cohort, CohortOffer, CohortProvider, CohortRole, ModuleOpening
from .places import places_taken
from .roles import give_cohort_role, move_end_of_cohort_role


class ProviderForm(OrganisationForm):
    """An organisation that delivers a cohort stays a training provider."""

    def refusals(self, gone: set[str]) -> list[Any]:
        delivers = CohortProvider.objects.filter(organisation=self.instance)
        if OrganisationPurpose.TRAINING_PROVIDER in gone and delivers.exists():
            words = _("It delivers a cohort as a training provider. Take it off that cohort first.")
            return [words, *super().refusals(gone)]
        return super().refusals(gone)


class ProviderViewSet(OrganisationViewSet):
    """Organisations, with what this room asks of them."""

    def get_form_class(self, for_update: bool = False) -> Any:
        return ProviderForm


class CohortForm(WagtailAdminModelForm):
    """A cohort and who delivers it."""

    providers = forms.ModelMultipleChoiceField(
        label=_("Delivered by"),
        queryset=Organisation.objects.filter(kinds__kind=OrganisationPurpose.TRAINING_PROVIDER).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Organisations that are training providers."),
        error_messages={"invalid_choice": _("Whoever delivers a cohort has to be a training provider.")},
    )

    class Meta:
        model = Cohort
        fields = (
            "course", "name", "starts_on", "ends_on", "time_zone", "providers", "own_attempt_rules",
            "attempts_allowed", "gap_seconds", "time_limit_seconds", "return_days",
        )  # fmt: skip
        labels = {
            "course": _("Course"),
            "name": _("Name"),
            "starts_on": _("First day"),
            "ends_on": _("Last day"),
            "time_zone": _("Time zone"),
            "own_attempt_rules": _("Rules of its own for attempts"),
            "attempts_allowed": _("Attempts allowed"),
            "gap_seconds": _("Seconds between two attempts"),
            "time_limit_seconds": _("Seconds for one attempt"),
            "return_days": _("Working days until an answer is marked"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        british_days(self, "starts_on", "ends_on")
        if self.instance.pk:
            self.fields["course"].disabled = True
            self.initial["providers"] = list(self.instance.providers.all())
            self._ask_openings()

    def _ask_openings(self) -> None:
        """For each module the day on which it opens to this cohort."""
        known = dict(self.instance.openings.values_list("module", "opens_on"))
        for module in self.instance.course.modules.all():
            label = _("Module %(number)s opens on") % {"number": module.number}
            self.fields[f"opens_{module.pk}"] = forms.DateField(
                label=label, required=False, initial=known.get(module.pk), help_text=_("Empty: open from the start")
            )
            british_days(self, f"opens_{module.pk}")
        self._ask_closings()

    def _ask_closings(self) -> None:
        """For each module the day at whose end its quizzes close to this cohort."""
        known = dict(self.instance.closings.values_list("module", "closes_on"))
        for module in self.instance.course.modules.all():
            label = _("Quizzes of module %(number)s close on") % {"number": module.number}
            self.fields[f"closes_{module.pk}"] = forms.DateField(
                label=label,
                required=False,
                initial=known.get(module.pk),
                help_text=_("At the end of this day. Empty: they stay open"),
            )
            british_days(self, f"closes_{module.pk}")

    def _save_closings(self, cohort: Cohort) -> None:
        for name in [name for name in self.fields if name.startswith("closes_")]:
            module, closes_on = name.removeprefix("closes_"), self.cleaned_data[name]
            if closes_on is None:
                cohort.closings.filter(module=module).delete()
            else:
                QuizClosing.objects.update_or_create(cohort=cohort, module_id=module, defaults={"closes_on": closes_on})

    def _save_openings(self, cohort: Cohort) -> None:
        for name in [name for name in self.fields if name.startswith("opens_")]:
            here, opens_on = cohort.openings.filter(module=name.removeprefix("opens_")), self.cleaned_data[name]
            if opens_on is None:
                here.delete()
            elif not here.update(opens_on=opens_on):
                ModuleOpening.objects.create(cohort=cohort, module_id=name.removeprefix("opens_"), opens_on=opens_on)

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean()
        starts_on, ends_on = found.get("starts_on"), found.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return found

    def save(self, commit: bool = True) -> Cohort:
        cohort: Cohort = super().save(commit)
        wanted = self.cleaned_data["providers"]
        cohort.cohort_providers.exclude(organisation__in=wanted).delete()
        for organisation in wanted:
            CohortProvider.objects.get_or_create(cohort=cohort, organisation=organisation)
        self._save_openings(cohort)
        self._save_closings(cohort)
        return cohort


class CohortViewSet(ModelViewSet):
    """Made and changed; never deleted, because learning belongs to them."""

    model = Cohort
    icon = "date"
    menu_label = _("Cohorts")
    permission_policy = ForAdministrators(Cohort, "add", "change", "view")
    list_display = [
        "name",
        "course",
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Last day"), sort_key="ends_on"),
    ]
    search_fields = ["name"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return CohortForm


class CohortOfferForm(WagtailAdminModelForm):
    """A cohort is offered to an organisation once; later only the places may change."""

    class Meta:
        model = CohortOffer
        fields = ("cohort", "organisation", "places")
        labels = {"cohort": _("Cohort"), "organisation": _("Organisation"), "places": _("Places")}
        help_texts = {"places": _("Empty: no limit. To book no more people, give the number that are taken.")}
        error_messages = {
            NON_FIELD_ERRORS: {"unique_together": _("This cohort is offered to this organisation already.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["cohort"].disabled = self.fields["organisation"].disabled = True

    def clean_places(self) -> int | None:
        places: int | None = self.cleaned_data["places"]
        if places is None or not self.instance.pk:
            return places
        taken = places_taken(self.instance.cohort, self.instance.organisation, at=timezone.now())
        if places < taken:
            words = ngettext(
                "%(count)s place is taken already. Give that number or a higher one.",
                "%(count)s places are taken already. Give that number or a higher one.",
                taken,
            )
            raise forms.ValidationError(words, params={"count": taken})
        return places


def places_offered(offer: CohortOffer) -> int | Promise:
    """The number, or in words that there is none."""
    return _("No limit") if offer.places is None else offer.places


def places_taken_of(offer: CohortOffer) -> int:
    """Two statements for each row of a page of twenty."""
    return places_taken(offer.cohort, offer.organisation, at=timezone.now())


class CohortOfferViewSet(ModelViewSet):
    """Never deleted: without its offer an organisation's open links would know no limit."""

    model = CohortOffer
    icon = "form"
    menu_label = _("Offers of cohorts")
    permission_policy = ForAdministrators(CohortOffer, "add", "change", "view")
    list_display = [
        "cohort",
        Column("organisation", label=_("Organisation"), sort_key="organisation"),
        Column("places", label=_("Places"), sort_key="places", accessor=places_offered),
        Column("places_taken", label=_("Places taken"), accessor=places_taken_of),
    ]
    list_filter = ["cohort", "organisation"]
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return CohortOfferForm


class CohortRoleForm(ByAddressForm):
    """Somebody becomes a trainer or a supervisor of a cohort; later only the end may change."""

    changeable = ("ends_on",)
    field_order = ("address", "cohort", "role", "starts_on", "ends_on")

    class Meta:
        model = CohortRole
        fields = ("cohort", "role", "starts_on", "ends_on")
        labels = {"cohort": _("Cohort"), "role": _("Role"), "starts_on": _("First day"), "ends_on": _("Ends on")}
        help_texts = {"ends_on": ENDS_ON}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = site_day()
        british_days(self, "starts_on", "ends_on")

    def save(self, commit: bool = True) -> CohortRole:
        """By the verbs. Raises TermRefused: the view says so beside the form."""
        given, now, by = self.cleaned_data, timezone.now(), self.for_user
        if self.instance.pk:
            move_end_of_cohort_role(self.instance, ends_on=given["ends_on"], at=now, by=by)
            return cast(CohortRole, self.instance)
        return give_cohort_role(
            self.instance.person,
            given["cohort"],
            given["role"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            at=now,
            by=by,
        )


class CohortRoleViewSet(ModelViewSet):
    """Given and ended; never deleted, because it says who could see whom."""

    model = CohortRole
    icon = "user"
    menu_label = _("Roles in cohorts")
    add_view_class = RefusingCreateView
    edit_view_class = RefusingEditView
    permission_policy = ForAdministrators(CohortRole, "add", "change", "view")
    list_display = role_columns("cohort", _("Cohort"))
    list_filter = ["cohort", "role"]
    index_view_class = FoundByName
    search_fields = ["person__name", "person__email"]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return CohortRoleForm


class OrganisationsGroup(ViewSetGroup):
    """All of them under one heading of the desk's menu."""

    menu_label = _("Organisations")
    menu_icon = "group"
    items = (
        ProviderViewSet, AreaViewSet, OrganisationRoleViewSet, CohortViewSet, CohortOfferViewSet, CohortRoleViewSet,
        AppointmentViewSet,
    )  # fmt: skip
