"""Take unique constraints out of a throw-away database, to show that a drill notices."""

from django.apps import apps
from django.db import connection
from toolkit.frozen import install_triggers, remove_triggers


def drop_constraints(app: str, names: dict[str, list[str]]) -> None:
    """Drop the named constraints of an app's models; the triggers that freeze rows stay."""
    config = apps.get_app_config(app)
    remove_triggers(config, using="default")
    for model_name, wanted in names.items():
        model = config.get_model(model_name)
        dropped = [constraint for constraint in model._meta.constraints if constraint.name in wanted]
        if len(dropped) != len(wanted):
            raise LookupError(f"{model_name} has not all of {wanted}")
        # SQLite makes the table anew from the model as it is now, so the model forgets them too.
        model._meta.constraints = [one for one in model._meta.constraints if one not in dropped]
        with connection.schema_editor() as editor:
            for constraint in dropped:
                editor.remove_constraint(model, constraint)
    install_triggers(config, using="default")
