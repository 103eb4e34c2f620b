"""What a trainer's buttons about a certificate send."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from toolkit.typed import typed_line

from credentials.changes import open_request
from credentials.choices import ChangeReason
from credentials.models import Credential, CredentialChange, RevocationRequest


class NoteForm(forms.Form):
    """What a holder is told beside the change of their certificate."""

    note = forms.CharField(
        required=False,
        label=_("What you want to tell the holder"),
        help_text=_(
            "It stands in the e-mail and with the certificate. No details of a real case, and nobody else’s name."
        ),
        max_length=CredentialChange._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_note(self) -> str:
        """As one line, without anything hidden."""
        return typed_line(self.cleaned_data["note"])


class ReasonForm(NoteForm):
    """Why a certificate is suspended or to be revoked, and what its holder is told."""

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect, error_messages={"required": _("Choose why.")})
    field_order = ("reason", "note")

    def __init__(self, *args: Any, reasons: Iterable[ChangeReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.value, one.label) for one in reasons]  # type: ignore[attr-defined]


class RequestForm(forms.Form):
    """Which request to revoke it was read by whoever answers it."""

    asked = forms.ModelChoiceField(
        RevocationRequest.objects.none(),
        widget=forms.HiddenInput,
        error_messages={
            "required": _("Nobody has asked for it to be revoked."),
            "invalid_choice": _("Nobody has asked for it to be revoked."),
        },
    )

    def __init__(self, posted: Any, held: Credential) -> None:
        super().__init__(posted, initial={"asked": open_request(held)})
        self.fields["asked"].queryset = held.revocation_requests.all()  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """Which name was read by whoever replaces it."""

    name = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, posted: Any, held: Credential) -> None:
        super().__init__(posted, initial={"name": held.learner.printed_name})
