"""Where and when a service is, how a resident comes, and what it costs."""

import django.contrib.postgres.fields
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0025_version_sequence"),
    ]

    operations = [
        migrations.AddField(
            model_name="service",
            name="place",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="plek"
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="moments",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                db_default=[],
                default=list,
                help_text="ISO weekday and times, such as 2 10:00-12:00",
                size=None,
                verbose_name="tijden",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="coming",
            field=models.CharField(
                blank=True,
                choices=[
                    ("walk_in", "binnenlopen"),
                    ("sign_up", "eerst aanmelden"),
                    ("through_us", "via een gesprek"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="aanmelden",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="cost",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="euros a time; 0.00 is free",
                max_length=8,
                verbose_name="kosten",
            ),
        ),
        put_on_tables(),
    ]
