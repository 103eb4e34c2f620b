from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_letter_choice")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="is_to_be_forgotten",
            field=models.BooleanField(
                default=False,
                help_text="Its writer was erased while it waited: emptied as soon as it is sent or given up",
            ),
        ),
    ]
