"""What a holder is told about their credential, and a second person of what waits for them."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from enrolments.choices import CohortRoleCode
from enrolments.models import CohortRole
from post.models import Message
from post.outbox import queue_message

from .choices import CredentialState
from .models import Credential, CredentialChange, RevocationRequest


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


def tell_of_change(change: CredentialChange, *, at: datetime) -> None:
    """Once for each change, to the holder in their language: what it is worth now, why, and the way to its page."""
    held = change.credential
    with translation.override(held.learner.language):
        newer = getattr(held, "successor", None)
        values = {"title": held.title, **({"name": newer.name, "code": newer.shown_code} if newer else {})}
        paragraphs = [
            _("Hello %(name)s,") % {"name": held.learner.name},
            _of_change(change) % values,
            _("Why: %(reason)s.") % {"reason": change.get_reason_display()},
            *([_("They write: “%(note)s”") % {"note": change.note}] if change.note else []),
            *([_("If you see it otherwise, tell your trainer.")] if _is_taken_away(change) else []),
            settings.SITE_URL + reverse("certificate", args=[(newer or held).uuid]),
        ]
        queue_message(
            to=held.learner,
            kind="credential_changed",
            subject=_("Your certificate: %(title)s") % {"title": held.title},
            text="\n\n".join(paragraphs) + "\n",
            action=_("See your certificate"),
            dedupe_key=f"credential-changed:{change.pk}",
            at=at,
        )


def _is_taken_away(change: CredentialChange) -> bool:
    return change.to_state in (CredentialState.SUSPENDED, CredentialState.REVOKED)


def _of_change(change: CredentialChange) -> str:
    words = {
        CredentialState.SUSPENDED: _(
            "your certificate “%(title)s” is suspended. For now it is not valid, and whoever checks its code "
            "reads that."
        ),
        CredentialState.ISSUED: _(
            "your certificate “%(title)s” is suspended no more. Whoever checks its code reads again what it says."
        ),
        CredentialState.REVOKED: _(
            "your certificate “%(title)s” has been revoked. It is not valid any more, and whoever checks its code "
            "reads that. Two people decided it."
        ),
        CredentialState.REPLACED: _(
            "your certificate “%(title)s” has been replaced by one in the name %(name)s. Its code is %(code)s. The "
            "earlier code says from now on that it was replaced, and leads to the new one. Whether the page of the new "
            "one shows your name is for you to say."
        ),
    }
    return words[CredentialState(change.to_state)]


def tell_other_trainers(asked: RevocationRequest, *, at: datetime) -> None:
    """Whoever else trains the cohort now is asked to look at it; the letter names nobody."""
    run = asked.credential.enrolment
    roles = CohortRole.objects.current(run.cohort.today(at)).filter(cohort=run.cohort, role=CohortRoleCode.TRAINER)
    others = roles.exclude(person__in=[asked.asked_by_id, asked.credential.learner_id])
    for role in others.select_related("person"):
        with translation.override(role.person.language):
            words = _(
                "a certificate of “%(cohort)s” is asked to be revoked. That takes two people: please look at it, and "
                "confirm it or set it aside."
            )
            page = reverse("cohort_certificate", args=[run.cohort.uuid, run.uuid, asked.credential.uuid])
            paragraphs = [
                _("Hello %(name)s,") % {"name": role.person.name},
                words % {"cohort": run.cohort.name},
                settings.SITE_URL + page,
            ]
            queue_message(
                to=role.person,
                kind="revocation_asked",
                subject=_("A certificate waits for a second person: %(cohort)s") % {"cohort": run.cohort.name},
                text="\n\n".join(paragraphs) + "\n",
                action=_("Look at it"),
                dedupe_key=f"revocation-asked:{asked.pk}:{role.person.uuid}",
                at=at,
            )
