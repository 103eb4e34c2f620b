"""Wagtail's screens for accounts, with one name instead of two."""

from typing import Any

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet as WagtailUserViewSet

from .models import User


class AccountForm(UserEditForm):
    """Our account in Wagtail's form."""

    first_name = None
    last_name = None
    name = forms.CharField(max_length=150)

    class Meta(UserEditForm.Meta):
        model = User
        fields = (UserEditForm.Meta.fields - {"first_name", "last_name"}) | {"name", "agency", "language"}


class NewAccountForm(UserCreationForm):
    """A new account in Wagtail's form."""

    first_name = None
    last_name = None
    name = forms.CharField(max_length=150)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = (UserCreationForm.Meta.fields - {"first_name", "last_name"}) | {"name", "agency", "language"}


class UserViewSet(WagtailUserViewSet):
    """Wagtail's list of people; deleting is refused in people/wagtail_hooks.py."""

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountForm if for_update else NewAccountForm
