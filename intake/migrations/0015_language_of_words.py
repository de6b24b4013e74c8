"""The language in which the words of a question were written."""

from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0014_partner_mark"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="written_in",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="the language recognised in the words; empty: too little to say",
                max_length=3,
                verbose_name="geschreven in",
            ),
        ),
        put_on_tables(),
    ]
