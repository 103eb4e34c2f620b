import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolments", "0008_name_of_earlier_requests")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="sent_again_at",
            field=models.DateTimeField(help_text="When its letter was last sent once more", null=True),
        ),
        migrations.CreateModel(
            name="ReplacedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("replaced_at", models.DateTimeField()),
                (
                    "invitation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_links",
                        to="enrolments.invitation",
                    ),
                ),
            ],
        ),
    ]
