"""Who may keep the banks: the desk's groups, as they are. Whoever may publish may also score a question anew."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEEP, REGRADE = ("keep_banks", "Can keep the question banks"), ("regrade", "Can score a faulty question anew")
GROUPS = {"Editors": (KEEP,), "Moderators": (KEEP, REGRADE)}


def give(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    kind, _made = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="assessments", model="itembank"
    )
    permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        for codename, name in GROUPS[group.name]:
            may, _made = permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})
            group.permissions.add(may)


def take(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.remove(*group.permissions.filter(codename__in=[KEEP[0], REGRADE[0]]))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_keeping_banks"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(give, take)]
