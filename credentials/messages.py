"""What a holder is told about their credential."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from post.models import Message
from post.outbox import queue_message

from .models import Credential


def tell_holder(credential: Credential, *, at: datetime) -> Message | None:
    """Queue the message that a certificate is ready: once, however often it is asked for."""
    with translation.override(credential.language):
        address = settings.SITE_URL + reverse("certificate", args=[credential.uuid])
        context = {"credential": credential, "address": address, "brand_name": settings.BRAND_NAME}
        subject = render_to_string("credentials/mail/awarded_subject.txt", context).strip()
        text = render_to_string("credentials/mail/awarded.txt", context)
        action = _("See your certificate")
    return queue_message(
        to=credential.learner,
        kind="credential_awarded",
        subject=subject,
        text=text,
        action=action,
        dedupe_key=f"credential-awarded:{credential.uuid}",
        at=at,
    )
