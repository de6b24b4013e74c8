"""The seat of a wethouder or manager: the figures of a municipality, and the signals for it."""

from django.conf import settings
from django.db import migrations, models

from welzijn.core.sql_files import run_sql_files


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0027_rehearsal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_municipality_named",
        ),
        migrations.RemoveConstraint(
            model_name="membership",
            name="membership_role_known",
        ),
        migrations.AlterField(
            model_name="membership",
            name="role",
            field=models.CharField(
                choices=[
                    ("front_desk", "balie"),
                    ("professional", "medewerker"),
                    ("team_member", "teamlid"),
                    ("neighbourhood_lead", "wijkaanjager"),
                    ("coordinator", "coördinator"),
                    ("municipality", "beleid gemeente"),
                    ("alderman", "wethouder of manager"),
                    ("partner_door", "partner aan de deur"),
                    ("administrator", "functioneel beheerder"),
                    ("privacy_officer", "privacy officer (FG)"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        migrations.AlterField(
            model_name="membershipevent",
            name="role",
            field=models.CharField(
                choices=[
                    ("front_desk", "balie"),
                    ("professional", "medewerker"),
                    ("team_member", "teamlid"),
                    ("neighbourhood_lead", "wijkaanjager"),
                    ("coordinator", "coördinator"),
                    ("municipality", "beleid gemeente"),
                    ("alderman", "wethouder of manager"),
                    ("partner_door", "partner aan de deur"),
                    ("administrator", "functioneel beheerder"),
                    ("privacy_officer", "privacy officer (FG)"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        migrations.AlterField(
            model_name="roleproposal",
            name="role",
            field=models.CharField(
                choices=[
                    ("front_desk", "balie"),
                    ("professional", "medewerker"),
                    ("team_member", "teamlid"),
                    ("neighbourhood_lead", "wijkaanjager"),
                    ("coordinator", "coördinator"),
                    ("municipality", "beleid gemeente"),
                    ("alderman", "wethouder of manager"),
                    ("partner_door", "partner aan de deur"),
                    ("administrator", "functioneel beheerder"),
                    ("privacy_officer", "privacy officer (FG)"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "front_desk",
                            "professional",
                            "team_member",
                            "neighbourhood_lead",
                            "coordinator",
                            "municipality",
                            "alderman",
                            "partner_door",
                            "administrator",
                            "privacy_officer",
                        ],
                    )
                ),
                name="membership_role_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role__in", ["municipality", "alderman"]), _negated=True),
                    ("municipality__isnull", False),
                    _connector="OR",
                ),
                name="membership_municipality_named",
            ),
        ),
        *run_sql_files(__file__, "alderman_takes_two.sql"),
    ]
