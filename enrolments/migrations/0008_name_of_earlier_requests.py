from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_them(apps: Any, schema_editor: Any) -> None:
    """Requests from before names were kept get what the person is called today."""
    people = apps.get_model("people", "User").objects.filter(pk=OuterRef("person"))
    apps.get_model("enrolments", "PlaceRequest").objects.update(name=Subquery(people.values("name")[:1]))


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0007_place_request_name"), ("people", "0001_initial")]

    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
