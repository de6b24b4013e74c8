"""Who leads has "de regie"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0010_heard_danger"),
    ]

    operations = [
        migrations.AlterField(
            model_name="referral",
            name="part",
            field=models.CharField(
                choices=[("lead", "heeft de regie"), ("support", "helpt mee")], max_length=10
            ),
        ),
    ]
