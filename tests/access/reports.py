"""What each side's trainer and lead made of reports: an address for a spreadsheet and a file, each with names in it."""

from datetime import timedelta

from django.utils import timezone

from enrolments.invitations import token_digest
from enrolments.models import Cohort
from people.models import Organisation, User
from tests.access.names import report_token, word
from training.choices import FileState
from training.models import ReportAddress, ReportFile


def make_reports(side: str, booker: Organisation, group: Cohort, who: dict[str, User]) -> None:
    """The address of the trainer's has a known secret; the address of the lead's another."""
    now = timezone.now()
    for role, of in (("trainer", {"cohort": group}), ("lead", {"organisation": booker})):
        made = {**of, "report": "completion", "made_by": who[role], "made_at": now, "language": "en"}
        ReportAddress.objects.create(
            **made, token_digest=token_digest(report_token(f"{role}-{side}")), expires_at=now + timedelta(days=9)
        )
        content = word("name", f"learner_{side}").encode()
        ReportFile.objects.create(**made, kind="csv", state=FileState.MADE, moved_at=now, content=content)
