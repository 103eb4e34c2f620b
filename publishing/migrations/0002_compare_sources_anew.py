"""Sources and questions are compared by more than before (authors, nation, what a question cites).

What the loader remembers of them no longer fits. Neither could be edited on the site until now, so nothing of an
editor's is lost when the next load writes the files' words.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    loaded = apps.get_model("publishing", "LoadedFile")
    loaded.objects.filter(kind__in=["source", "item"]).update(file_digest="", site_digest="")


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
