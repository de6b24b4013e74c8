"""Indexes that serve the lists where there are a million questions."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_je_for_minors")]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["partnership", "due_on", "id"], name="question_due"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=GinIndex(
                condition=models.Q(("status__in", ["new", "picked_up"])),
                fields=["search"],
                name="question_open_search",
            ),
        ),
    ]
