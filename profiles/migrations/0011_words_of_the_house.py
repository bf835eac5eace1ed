"""What the code calls a draft's version stays the column `stamp`: no table changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("profiles", "0010_cache_table")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("Draft", "stamp", "version"),
                migrations.AlterField(
                    "Draft", "version", models.CharField(max_length=24, db_column="stamp")
                ),
            ]
        )
    ]
