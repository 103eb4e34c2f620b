"""The toolkit's place among the installed apps: triggers after each migration, and the checks of settings."""

from django.apps import AppConfig
from django.core import checks
from django.db import models
from django.db.models.functions import Lower
from django.db.models.signals import post_migrate, pre_migrate


class ToolkitConfig(AppConfig):
    """No models; installs what protects everybody else's."""

    name = "toolkit"

    def ready(self) -> None:
        from . import cache_table, frozen, settings_checks

        models.CharField.register_lookup(Lower)  # addresses are compared in small letters: email__lower
        pre_migrate.connect(frozen.remove_triggers, dispatch_uid="toolkit.frozen.remove")
        post_migrate.connect(frozen.install_triggers, dispatch_uid="toolkit.frozen.install")
        post_migrate.connect(cache_table.make_cache_table, dispatch_uid="toolkit.cache_table")
        checks.register(settings_checks.storages_apart)
        checks.register(settings_checks.production_is_closed, checks.Tags.security)
        checks.register(settings_checks.somebody_answers, checks.Tags.security, deploy=True)
