"""Indexes for the search of staff: names as they are heard, parts of references and numbers."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [("intake", "0011_attachments")]

    operations = [
        *run_sql_files(__file__, "name_search.sql"),
        migrations.AddIndex(
            model_name="person",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func("name", "called", function="intake_name_keys"),
                name="person_name_keys",
            ),
        ),
        migrations.AddIndex(
            model_name="contactdetail",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("value"), name="gin_trgm_ops"
                ),
                name="contact_detail_part",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["reference"], name="question_reference_part", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(
                condition=models.Q(("status__in", ["new", "picked_up"])),
                fields=["asker"],
                name="question_open_asker",
            ),
        ),
    ]
