"""The PDF of a credential. It is not the proof: the page at its address is."""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import translation

from .certificate import CertificateFacts, render_certificate
from .models import Credential


def verify_url(credential: Credential) -> str:
    """The absolute address anybody can check a credential at; from the SITE_URL setting, never from a request."""
    with translation.override(credential.language):
        return settings.SITE_URL + reverse("verify_code", args=[credential.shown_code])


def pdf_of(credential: Credential) -> bytes:
    """PDF/UA-1 bytes, the same for the same credential. Takes 10 to 20 ms."""
    with translation.override(credential.language):
        notice = str(settings.BRAND_NOTICE)
    return render_certificate(
        CertificateFacts(
            name=credential.name,
            title=credential.title,
            statement=credential.evidence["statement"],
            issuer=credential.evidence["issuer"],
            awarded_on=credential.valid_from_on,
            valid_until_on=credential.valid_until_on,
            code=credential.shown_code,
            verify_url=verify_url(credential),
            language=credential.language,
            rests_on_open_bank=credential.rests_on_open_bank,
            brand_name=settings.BRAND_NAME,
            brand_notice=notice,
        )
    )


def store_paper(credential: Credential) -> None:
    """Draw and store the PDF of a credential that is about to be written. Raises CannotBePrinted.

    Drawing takes longer than a write transaction may, so it is done before it.
    """
    content = pdf_of(credential)
    credential.pdf_digest = hashlib.sha256(content).hexdigest()
    credential.pdf.save(f"{credential.uuid}.pdf", ContentFile(content), save=False)
