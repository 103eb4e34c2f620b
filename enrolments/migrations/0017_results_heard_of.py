"""Results that the job before this one would have left alone are those that progress has heard of."""

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q, Subquery


def note_heard(apps: Any, schema_editor: Any) -> None:
    """Of attempts whose activity is completed, and passed where the result passes, the standing result."""
    link, result, progress = (
        apps.get_model(*name)
        for name in (("enrolments", "AttemptLink"), ("assessments", "Result"), ("enrolments", "Progress"))
    )
    standing = result.objects.filter(attempt=OuterRef("attempt"), successor=None)
    rows = progress.objects.filter(
        enrolment=OuterRef("enrolment"), activity=OuterRef("attempt__assessment__activity"), completed_at__isnull=False
    )
    noticed = Exists(rows.filter(passed_at__isnull=False)) | ~Exists(standing.filter(passed=True))
    scored = link.objects.filter(Q(noticed), Exists(rows), attempt__state="scored", recorded_result=None)
    scored.update(recorded_result=Subquery(standing.values("pk")[:1]))


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0016_what_was_met_is_kept")]

    operations = [migrations.RunPython(note_heard, migrations.RunPython.noop)]
