from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0004_invitation_area")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="by_list",
            field=models.BooleanField(default=False, help_text="Came of a list; no page tells it from a booking"),
        ),
    ]
