import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enrolments", "0003_invitations_requests_and_lists"),
        ("people", "0003_addresses_in_small_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="area",
            field=models.ForeignKey(
                help_text="For which its booking counts; empty: the first",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.area",
            ),
        ),
    ]
