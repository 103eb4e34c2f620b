"""The form of a legal hold at the desk: whose it is, is said by an address."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from audit.entries import note_act

from .models import LegalHold
from .subjects import NobodyThere, find_subject


class LegalHoldForm(WagtailAdminModelForm):
    """A hold is placed on somebody once; later only its reason and its days may change."""

    address = forms.EmailField(label=_("address of the person"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["address"].disabled = True
            self.fields["address"].initial = self.instance.person.email
        elif "begins_at" in self.fields:
            self.fields["begins_at"].initial = timezone.now()

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if self.instance.pk:
            return address
        try:
            subject = find_subject(address)
        except NobodyThere as nobody:
            raise forms.ValidationError(str(nobody)) from nobody
        if subject.person is None:
            raise forms.ValidationError(_("Nobody has an account under this address."))
        self.instance.person = subject.person
        return address

    def save(self, commit: bool = True) -> LegalHold:
        is_new = self.instance.pk is None
        if is_new:
            self.instance.placed_by = self.for_user
        hold: LegalHold = super().save(commit)
        act = "legal_hold_placed" if is_new else "legal_hold_changed"
        note_act(act, subject=hold, at=timezone.now(), actor=self.for_user, person=hold.person)
        return hold
