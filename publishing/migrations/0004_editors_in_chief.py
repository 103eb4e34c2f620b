"""The group that may publish in spite of a check. Who is in it is for administrators to say."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "Editors in chief"


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    kind = apps.get_model("contenttypes", "ContentType")
    permission = apps.get_model("auth", "Permission")
    group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=NAME)
    override, _made = kind.objects.get_or_create(app_label="publishing", model="override")
    may, _made = permission.objects.get_or_create(
        content_type=override,
        codename="override_checks",
        defaults={"name": "Can publish in spite of a check, with a reason"},
    )
    group.permissions.add(
        may, *permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
    )


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("auth", "Group").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_override"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]
    operations = [migrations.RunPython(make, unmake)]
