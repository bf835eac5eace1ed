"""Who wrote a decision down. Of those written before, nobody knows: no helper sees them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0011_words_of_the_house")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="supporter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="profiles.supporter",
            ),
        )
    ]
