"""Short names of life domains for staff, and texts to start from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Both come from the partnership file."""

    dependencies = [("organisations", "0010_figure_noise")]

    operations = [
        migrations.AddField(
            model_name="lifedomain",
            name="staff_name",
            field=models.CharField(
                blank=True,
                default="",
                help_text='for staff: "Welbevinden"',
                max_length=60,
                verbose_name="kort",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="partnership",
            name="starting_texts",
            field=models.JSONField(
                default=list,
                help_text="[{title, text, kind, organisation}]",
                verbose_name="beginteksten",
            ),
        ),
    ]
