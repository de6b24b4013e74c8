"""Questions by the day on which they ended: the dashboard counts them by week."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0009_heard_danger"),
        ("organisations", "0010_figure_noise"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["partnership", "closed_at"], name="question_ended"),
        ),
    ]
