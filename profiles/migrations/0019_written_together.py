"""Which suggestions were written side by side: their supporter is not told what became of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0018_names_in_emails")]

    operations = [
        migrations.AddField("suggestion", "together", models.BooleanField(default=False)),
    ]
