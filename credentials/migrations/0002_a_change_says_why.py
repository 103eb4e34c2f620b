from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="credentialchange",
            name="reason",
            field=models.CharField(
                choices=[
                    ("looked_into", "Something about it is being looked into"),
                    ("risk", "Somebody might come to harm while it stands"),
                    ("stands", "It was looked into, and it stands"),
                    ("awarded_in_error", "It was awarded in error"),
                    ("not_own_work", "The work it rests on is not the holder’s own"),
                    ("real_case", "Details of a real case were put on the site"),
                    ("name_changed", "The holder’s name on certificates has changed"),
                    ("name_not_printed", "The earlier name could not be printed"),
                ],
                max_length=40,
            ),
        ),
        migrations.AddConstraint(
            model_name="credentialchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="a_change_of_a_credential_says_why"
            ),
        ),
    ]
