"""Who supervises or assesses one learner, at the desk, for administrators alone."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from toolkit.days import site_day
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from people.by_address import ByAddressForm, RefusingCreateView, RefusingEditView, person_with_address
from people.desk_days import british_days
from people.for_administrators import ForAdministrators
from people.found_by_name import FoundByName
from people.organisation_desk import ENDS_ON

from .models import Appointment, Cohort, Enrolment
from .roles import appoint, move_end_of_appointment


class AppointmentForm(ByAddressForm):
    """Somebody becomes supervisor or assessor of one learner; later only the end may change."""

    changeable = ("ends_on",)
    field_order = ("address", "role", "learner_address", "cohort", "starts_on", "ends_on")

    learner_address = forms.EmailField(
        label=_("E-mail address of the learner"), help_text=_("Whom they are to supervise or assess; type it whole.")
    )
    cohort = forms.ModelChoiceField(
        Cohort.objects.order_by("name"), label=_("Cohort"), help_text=_("In which the learner is.")
    )

    class Meta:
        model = Appointment
        fields = ("role", "starts_on", "ends_on")
        labels = {"role": _("Role"), "starts_on": _("First day"), "ends_on": _("Ends on")}
        help_texts = {"ends_on": ENDS_ON}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = _("E-mail address of the supervisor or assessor")
        self.fields["starts_on"].initial = site_day()
        british_days(self, "starts_on", "ends_on")
        if self.instance.pk:
            run = self.instance.enrolment
            self.initial |= {"learner_address": run.learner.email, "cohort": run.cohort}
            self.fields["learner_address"].required = False

    def clean(self) -> dict[str, Any]:
        """Find the learner's run in the cohort, the newest that was not withdrawn."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk or not {"learner_address", "cohort"} <= given.keys():
            return given
        learner = person_with_address(given["learner_address"])
        runs = Enrolment.objects.not_withdrawn().filter(learner=learner, cohort=given["cohort"])
        if learner is None or not (run := runs.order_by("-booked_at", "-pk").first()):
            self.add_error("learner_address", _("Nobody in this cohort has this address."))
        else:
            self.instance.enrolment = run
        return given

    def save(self, commit: bool = True) -> Appointment:
        """By the verbs. Raises TermRefused: the view says so beside the form."""
        given, now, by = self.cleaned_data, timezone.now(), self.for_user
        if self.instance.pk:
            move_end_of_appointment(self.instance, ends_on=given["ends_on"], at=now, by=by)
            return cast(Appointment, self.instance)
        return appoint(
            self.instance.person,
            self.instance.enrolment,
            given["role"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            at=now,
            by=by,
        )


class AppointmentsFoundByName(FoundByName):
    """In as many statements for one row as for a page of them."""

    def get_base_queryset(self) -> QuerySet[Appointment]:
        found: QuerySet[Appointment] = super().get_base_queryset()
        return found.select_related("person", "enrolment__learner", "enrolment__cohort")


class AppointmentViewSet(ModelViewSet):
    """Made and ended; never deleted, because it says who could see whom."""

    model = Appointment
    icon = "user"
    menu_label = _("Supervisors and assessors")
    add_view_class = RefusingCreateView
    edit_view_class = RefusingEditView
    permission_policy = ForAdministrators(Appointment, "add", "change", "view")
    list_display = [
        "person",
        Column("get_role_display", label=_("Role"), sort_key="role"),
        Column("enrolment.learner", label=_("Learner"), sort_key="enrolment__learner__name"),
        Column("enrolment.cohort", label=_("Cohort"), sort_key="enrolment__cohort__name"),
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Ends on"), sort_key="ends_on"),
    ]
    list_filter = ["role"]
    index_view_class = AppointmentsFoundByName
    search_fields = [
        "person__name",
        "person__email",
        "enrolment__learner__name",
        "enrolment__learner__email",
        "enrolment__cohort__name",
    ]
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return AppointmentForm
