from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0006_invitation_agency")]

    operations = [
        migrations.AddField(
            model_name="placerequest",
            name="name",
            field=models.CharField(blank=True, help_text="Of the person, as it was when they asked", max_length=150),
        ),
    ]
