"""A partnership's own texts in other languages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """They come from the partnership file."""

    dependencies = [("organisations", "0012_availability")]

    operations = [
        migrations.CreateModel(
            name="PartnershipTranslations",
            fields=[
                (
                    "partnership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="translations",
                        serialize=False,
                        to="organisations.partnership",
                    ),
                ),
                ("texts", models.JSONField(default=list, verbose_name="vertalingen")),
            ],
            options={"verbose_name": "vertalingen"},
        ),
    ]
