"""Editors and moderators may write legal statements, as they may write sources and terms (0004)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ["Editors", "Moderators"]


def _permissions(apps: Apps) -> list[object]:
    """Django makes them after all migrations, which is too late to give them; what is made here is what it would make."""
    content_types, permissions = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    kind, _made = content_types.objects.get_or_create(app_label="reference", model="legalstatement")
    return [
        permissions.objects.get_or_create(
            content_type=kind, codename=f"{act}_legalstatement", defaults={"name": f"Can {act} legal statement"}
        )[0]
        for act in ("add", "change", "delete")
    ]


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [("reference", "0005_legal_statement"), ("reference", "0004_editors_may_write_reference")]

    operations = [migrations.RunPython(give, take_back)]
