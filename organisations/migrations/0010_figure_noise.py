"""How much noise the figures of a partnership have."""

import django.core.validators
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Its spread, its bound, and the secret for empty groups."""

    dependencies = [
        ("organisations", "0009_food_bank"),
    ]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="figure_bound",
            field=models.PositiveSmallIntegerField(
                default=4, help_text="most that a figure is away from the true count"
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="figure_key",
            field=models.BigIntegerField(
                db_default=django.db.models.expressions.RawSQL(
                    "('x' || substr(gen_random_uuid()::text, 1, 8))::bit(32)::bigint", ()
                ),
                editable=False,
                help_text="secret",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="figure_spread",
            field=models.FloatField(
                default=2.0, help_text="standard deviation of the noise of a figure"
            ),
        ),
        migrations.AlterField(
            model_name="partnership",
            name="small_number",
            field=models.PositiveSmallIntegerField(
                default=10,
                help_text="smallest group whose figures are broken down by what the questions are about",
                validators=[django.core.validators.MinValueValidator(5)],
            ),
        ),
        migrations.AddConstraint(
            model_name="partnership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("figure_bound__gte", 3),
                    ("figure_spread__gte", 1),
                    ("figure_bound__lte", 20),
                    (
                        "figure_spread__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("figure_bound"), "/", models.Value(2.0)
                        ),
                    ),
                ),
                name="partnership_figure_noise",
            ),
        ),
    ]
