"""A random key for each question, and the sums of keys beside the counts."""

import django.db.models.expressions
from django.db import migrations, models

from welzijn.audit.protection.install import put_on_tables
from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    """What was published before stays, as the first edition."""

    dependencies = [
        ("organisations", "0010_figure_noise"),
        ("referrals", "0011_lead_in_dutch"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reportpublication",
            name="report_published_once",
        ),
        migrations.AddField(
            model_name="reportcell",
            name="helped_keys",
            field=models.BigIntegerField(default=0, help_text="sum of the questions' keys"),
        ),
        migrations.AddField(
            model_name="reportcell",
            name="received_keys",
            field=models.BigIntegerField(default=0, help_text="sum of the questions' keys"),
        ),
        migrations.AddField(
            model_name="reportedquestion",
            name="key",
            field=models.BigIntegerField(
                db_default=django.db.models.expressions.RawSQL(
                    "('x' || substr(gen_random_uuid()::text, 1, 8))::bit(32)::bigint", ()
                ),
                editable=False,
                help_text="drawn when the question comes in; decides the noise of its groups",
            ),
        ),
        migrations.AddField(
            model_name="reportpublication",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="reportpublication",
            name="edition",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="1: small figures left out, no longer shown; 2: protected by noise",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportpublication",
            constraint=models.UniqueConstraint(
                fields=("partnership", "municipality", "quarter", "edition"),
                name="report_published_once",
            ),
        ),
        *run_sql_files(__file__, "cell_keys.sql"),
        put_on_tables(),
    ]
