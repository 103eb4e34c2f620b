from django.db import migrations, models

STEPS = [(1, "Not very sure"), (2, "Fairly sure"), (3, "Very sure")]


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_rules_of_attempts"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="certainty",
            field=models.PositiveSmallIntegerField(choices=STEPS, null=True),
        ),
        migrations.AddField(
            model_name="response",
            name="certainty",
            field=models.PositiveSmallIntegerField(
                choices=STEPS,
                help_text="How sure its learner was, where they were asked and said so",
                null=True,
            ),
        ),
    ]
