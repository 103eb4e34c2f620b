from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_kinds_are_registered"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="rules",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What its attempts go by, where it differs from most (assessment_rules.py)",
            ),
        ),
        migrations.AddField(
            model_name="attempt",
            name="rules",
            field=models.JSONField(default=dict, help_text="The assessment's own rules as they were when it began"),
        ),
    ]
