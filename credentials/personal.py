"""What this room holds about people, and how it goes (toolkit/personal.py).

A certificate keeps verifying: award, dates, issuer and standing stay, the name and the paper that prints it go
(docs/decisions/0025-erased-certificates.md). Seven years after it ran out only its code and standing stay. What was
written to its holder about a suspension that was lifted or a request that was set aside goes after seven years too.
"""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, about_nobody, hold, retain, rows_of

from assessments.models import Attempt
from assessments.review import points_to_download

from .choices import CredentialState, RevocationState
from .models import Achievement, Credential, CredentialChange, Issuer, RevocationRequest

TAKEN_AWAY = (CredentialState.REVOKED, CredentialState.REPLACED)


def forget_holder(rows: QuerySet[Credential], at: datetime) -> int:
    """Take the name off certificates, and the papers that print it; the code goes on being answered."""
    _delete_papers(rows)
    return rows.exclude(name="", pdf="").update(name="", name_shown=False, pdf="", pdf_digest="", reduced_at=at)


def _delete_papers(rows: QuerySet[Credential]) -> None:
    """The files go when the rows have gone for good, so that a rollback loses nothing."""
    storage = Credential._meta.get_field("pdf").storage
    for name in rows.exclude(pdf="").values_list("pdf", flat=True):
        transaction.on_commit(partial(storage.delete, name))


def _empty_notes(rows: QuerySet[CredentialChange] | QuerySet[RevocationRequest], at: datetime) -> int:
    return rows.exclude(note="").update(note="", reduced_at=at)


def _of_credential(row: Credential) -> dict[str, Any]:
    """What it rests on; points that a review matrix withholds now are told as late as the result tells them.

    An attempt that retention removed withholds nothing any more.
    """
    now, results = timezone.now(), row.evidence.get("results", [])
    attempts = Attempt.objects.in_bulk([one["attempt"] for one in results], field_name="uuid")
    told = []
    for one in results:
        attempt = attempts.get(UUID(one["attempt"]))
        told.append({**one, "points": points_to_download(attempt, one["points"], now)} if attempt else one)
    return {"evidence": {**row.evidence, "results": told} if results else row.evidence}


hold(
    Holding(
        RevocationRequest,
        _("Requests to revoke your certificates"),
        "certificates",
        {
            "credential__shown_code": _("Certificate"),
            "reason": _("Reason"),
            "note": _("Note"),
            "asked_at": _("Asked"),
            "state": _("State"),
            "answered_at": _("Answered"),
        },
        rows_of(RevocationRequest, "credential__learner"),
        _empty_notes,
        kept=_("When it was asked, by which reason code and what became of it stays with the certificate."),
    ),
    Holding(
        CredentialChange,
        _("What changed on your certificates"),
        "certificates",
        {
            "credential__shown_code": _("Certificate"),
            "to_state": _("Became"),
            "reason": _("Reason"),
            "note": _("Note"),
            "at": _("When"),
        },
        rows_of(CredentialChange, "credential__learner"),
        _empty_notes,
        kept=_("When a certificate changed and by which reason code stays, because its standing rests on it."),
    ),
    Holding(
        Credential,
        _("Your certificates"),
        "certificates",
        {
            "shown_code": _("Code"),
            "name": _("Name on it"),
            "name_shown": _("The check page shows your name"),
            "title": _("Award"),
            "state": _("State"),
            "awarded_at": _("Awarded"),
            "valid_from_on": _("Valid from"),
            "valid_until_on": _("Valid until"),
            "evidence": _("What it rests on"),
        },
        rows_of(Credential, "learner"),
        forget_holder,
        kept=_("Award, dates, issuer and code are kept without your name, so that the code goes on being answered."),
        shown=_of_credential,
    ),
)
about_nobody(_("What may be earned and who stands behind it: published content."), Achievement, Issuer)


def _run_out(before: datetime, held: frozenset[int]) -> QuerySet[Credential]:
    """Certificates that ran out, or were taken away, before then."""
    taken = Q(state__in=TAKEN_AWAY) & ~Q(changes__at__gte=before) & Q(awarded_at__lt=before)
    gone = Credential.objects.filter(Q(valid_until_on__lt=before.date()) | taken).exclude(learner__in=held)
    return Credential.objects.filter(pk__in=list(gone.values_list("pk", flat=True)))


def _old_certificates(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Of a certificate that ran out long ago, code and standing stay (DOMAIN 7.2)."""
    rows = _run_out(before, held).exclude(evidence={})
    _delete_papers(rows)
    return Credential.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        name="", name_shown=False, pdf="", pdf_digest="", evidence={}, evidence_digest="", reduced_at=at
    )


def _old_notes(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """With what the certificate says; where it stands, of what was lifted so long ago."""
    lifted = Q(credential__state=CredentialState.ISSUED, at__lt=before)
    rows = CredentialChange.objects.filter(lifted | Q(credential__in=_run_out(before, held)))
    return _empty_notes(rows.exclude(credential__learner__in=held), at)


def _old_notes_of_requests(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """With what the certificate says, and of what was set aside so long ago."""
    set_aside = Q(state=RevocationState.SET_ASIDE, answered_at__lt=before)
    rows = RevocationRequest.objects.filter(set_aside | Q(credential__in=_run_out(before, held)))
    return _empty_notes(rows.exclude(credential__learner__in=held), at)


retain(
    Retention("certificates", RevocationRequest, _old_notes_of_requests),
    Retention("certificates", CredentialChange, _old_notes),
    Retention("certificates", Credential, _old_certificates),
)
