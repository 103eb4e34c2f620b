from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0008_certainty"),
    ]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="closes_at",
            field=models.DateTimeField(help_text="When its quiz closes; it is reviewed by that afterwards", null=True),
        ),
    ]
