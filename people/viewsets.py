"""Wagtail's screens for accounts, with one name instead of two."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .found_by_name import PeopleFoundByName
from .models import OrganisationSignIn, User
from .names import LONGEST_NAME, one_line
from .second_step import sealed


class AccountForm(UserEditForm):
    """Our account in Wagtail's form."""

    first_name = None
    last_name = None
    name = forms.CharField(max_length=LONGEST_NAME)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    class Meta(UserEditForm.Meta):
        model = User
        fields = (UserEditForm.Meta.fields - {"first_name", "last_name"}) | {"name", "agency", "language"}


class NewAccountForm(UserCreationForm):
    """A new account in Wagtail's form. Its holder chooses a password by “Forgotten your password?”."""

    first_name = None
    last_name = None
    name = forms.CharField(max_length=LONGEST_NAME)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    class Meta(UserCreationForm.Meta):
        model = User
        fields = (UserCreationForm.Meta.fields - {"first_name", "last_name"}) | {"name", "agency", "language"}

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        saved: User = super().save(commit)
        return saved


class UserViewSet(WagtailUserViewSet):
    """Wagtail's list of people; deleting is refused in people/wagtail_hooks.py."""

    index_view_class = PeopleFoundByName

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountForm if for_update else NewAccountForm


class OrganisationSignInForm(WagtailAdminModelForm):
    """An organisation's sign-in service. Its secret is written, never shown."""

    secret = forms.CharField(
        label=_("Client secret"),
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Stored encrypted and never shown again. Empty: the one already stored."),
    )

    class Meta:
        model = OrganisationSignIn
        fields = ("organisation", "key", "server_url", "client_id", "secret", "domains", "is_open")

    def save(self, commit: bool = True) -> OrganisationSignIn:
        if self.cleaned_data["secret"]:
            self.instance.sealed_secret = sealed(self.cleaned_data["secret"])
        return super().save(commit)


class OrganisationSignInViewSet(ModelViewSet):
    """Organisations' sign-in services, under Settings, for administrators."""

    model = OrganisationSignIn
    icon = "key"
    add_to_settings_menu = True
    list_display = ["organisation", "key", "is_open"]
    inspect_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return OrganisationSignInForm


organisation_sign_ins = OrganisationSignInViewSet("organisation_sign_ins")
