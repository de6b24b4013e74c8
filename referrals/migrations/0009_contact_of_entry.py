"""A contact knows its step on the timeline, and so whether it was struck through."""

import django.db.models.deletion
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0008_struck_entries"),
        ("referrals", "0008_desk_messages"),
    ]

    operations = [
        migrations.AddField(
            model_name="contactmoment",
            name="entry",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contact_moment",
                to="intake.timelineentry",
            ),
        ),
        put_on_tables(),
    ]
