"""Which file a version of the rules came from, in place of a sentence about it."""

from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0014_one_absence_a_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleset",
            name="loaded_from",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="a partnership file's name",
                max_length=200,
            ),
        ),
        put_on_tables(),
    ]
