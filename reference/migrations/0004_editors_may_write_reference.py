"""Editors and moderators may write sources and glossary terms; what relies on them is kept by protection.py."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

GROUPS = ["Editors", "Moderators"]
MODELS = ["source", "glossaryterm"]
ACTS = ["add", "change", "delete"]


def _permissions(apps: Apps) -> list[object]:
    """Django makes them after all migrations, which is too late to give them; what is made here is what it would make."""
    content_types, permissions = apps.get_model("contenttypes", "ContentType"), apps.get_model("auth", "Permission")
    made = []
    for model in MODELS:
        kind, _made = content_types.objects.get_or_create(app_label="reference", model=model)
        name = {"source": "source", "glossaryterm": "glossary term"}[model]
        for act in ACTS:
            given, _made = permissions.objects.get_or_create(
                content_type=kind, codename=f"{act}_{model}", defaults={"name": f"Can {act} {name}"}
            )
            made.append(given)
    return made


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(*_permissions(apps))


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*_permissions(apps))


class Migration(migrations.Migration):
    dependencies = [
        ("reference", "0003_glossary_term"),
        ("wagtailcore", "0002_initial_data"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take_back)]
