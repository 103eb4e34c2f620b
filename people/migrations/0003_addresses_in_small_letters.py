"""Addresses are kept in small letters, as allauth looks for them; no two differ by their case alone."""

from typing import Any

from django.db import migrations
from django.db.models.functions import Lower


def lower(apps: Any, schema_editor: Any) -> None:
    apps.get_model("people", "User").objects.exclude(email=None).update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_organisation_sign_in")]

    operations = [migrations.RunPython(lower, migrations.RunPython.noop)]
