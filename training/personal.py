"""What this room holds about people, and how it goes (toolkit/personal.py)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from toolkit.personal import Holding, Retention, Subject, delete_rows, hold, retain, rows_of

from enrolments.models import Enrolment, Invitation

from .models import Nudge, ReportAddress, ReportFile

FILE_KEPT_FOR = timedelta(days=1)


def _files(subject: Subject) -> QuerySet[ReportFile]:
    """Those somebody had made, and those that may name them."""
    written_to = Q(pk__in=[])
    for address in subject.addresses:
        written_to |= Q(email__lower=address)
    letters = Invitation.objects.filter(written_to)
    naming = Q(organisation__in=letters.values("organisation"))
    if subject.person is not None:
        runs = Enrolment.objects.filter(learner=subject.person)
        naming |= Q(cohort__in=runs.values("cohort")) | Q(organisation__in=runs.values("booked_by"))
        naming |= Q(organisation__memberships__person=subject.person) | Q(made_by=subject.person)
    found = ReportFile.objects.filter(naming)
    return ReportFile.objects.filter(pk__in=found.values("pk")).defer("content")


hold(
    Holding(
        Nudge,
        _("Reminders your trainers wrote to you"),
        "messages",
        {
            "written_at": _("When"),
            "by__name": _("By whom"),
            "enrolment__cohort__name": _("Cohort"),
            "reason": _("About what"),
            "state": _("State"),
            "text": _("What it says"),
        },
        rows_of(Nudge, "enrolment__learner"),
        delete_rows,
    ),
    Holding(
        ReportAddress,
        _("Addresses of reports you made"),
        "invitations",
        {
            "report": _("Report"),
            "cohort__name": _("Cohort"),
            "organisation__name": _("Organisation"),
            "made_at": _("Made"),
            "expires_at": _("Works until"),
            "revoked_at": _("Withdrawn"),
            "fetched_at": _("Last fetched"),
        },
        rows_of(ReportAddress, "made_by"),
        delete_rows,
    ),
    Holding(
        ReportFile,
        _("Files of reports, kept for a day, that you had made or that may name you"),
        "invitations",
        {
            "report": _("Report"),
            "cohort__name": _("Cohort"),
            "organisation__name": _("Organisation"),
            "made_at": _("Made"),
        },
        _files,
        delete_rows,
    ),
)


def _old_nudges(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Those written so long ago, for whoever is not on legal hold."""
    return delete_rows(Nudge.objects.filter(written_at__lt=before).exclude(enrolment__learner__in=held), at)


def _old_addresses(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """Those that ran out, or were withdrawn, so long ago."""
    ended = Q(expires_at__lt=before) | Q(revoked_at__lt=before)
    return delete_rows(ReportAddress.objects.filter(ended).exclude(made_by__in=held), at)


def _old_files(before: datetime, at: datetime, held: frozenset[int]) -> int:
    """After a day, whatever the rule says of invitations: a report is made anew in seconds."""
    return delete_rows(ReportFile.objects.filter(made_at__lt=at - FILE_KEPT_FOR), at)


retain(
    Retention("messages", Nudge, _old_nudges),
    Retention("invitations", ReportAddress, _old_addresses),
    Retention("invitations", ReportFile, _old_files),
)
