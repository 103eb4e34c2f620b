"""Somebody named at the desk by their address: no list of everybody is shown there to choose from."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from toolkit.terms import TermRefused
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView

from .models import User
from .owners import owner_of
from .roles import NoFunder


def person_with_address(address: str) -> User | None:
    """Whoever has proved that it is theirs, or signs in with it."""
    return owner_of(address)


class ByAddressForm(WagtailAdminModelForm):
    """Names its person once, by address; afterwards only what `changeable` names may change."""

    changeable: tuple[str, ...] = ()
    address = forms.EmailField(
        label=_("Their e-mail address"), help_text=_("Of somebody who has an account; type it whole.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["address"].initial = self.instance.person.email
            self.fields["address"].required = False
            for name in set(self.fields) - set(self.changeable):
                self.fields[name].disabled = True

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if self.instance.pk:
            return address
        person = person_with_address(address)
        if person is None:
            raise forms.ValidationError(_("Nobody has an account under this address."))
        self.instance.person = person
        return address


class _Refusing:
    """A screen whose form saves by a verb that may say no; what it said stands above the form."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except (TermRefused, NoFunder) as refused:
            form.add_error(None, str(refused))
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class RefusingCreateView(_Refusing, CreateView):
    """To add one."""


class RefusingEditView(_Refusing, EditView):
    """To change one."""
