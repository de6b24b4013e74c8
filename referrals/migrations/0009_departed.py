"""A question that is deleted at the end of its term goes on counting, without the question."""

from django.db import migrations, models

SQL = """
CREATE OR REPLACE FUNCTION referrals_add_difference() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, departed)
            SELECT OLD.partnership_id, OLD.municipality, OLD.neighbourhood, OLD.organisation,
                OLD.life_domain, OLD.several, OLD.channel, m.month, m.received * s.sign,
                m.helped * s.sign, s.departed
            FROM (VALUES (OLD.received_month, 1, 0), (OLD.helped_month, 0, 1))
                AS m (month, received, helped),
                (VALUES (-1, false), (1, true)) AS s (sign, departed)
            WHERE m.month IS NOT NULL AND (TG_OP = 'DELETE' OR NOT s.departed);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO referrals_reportcell (partnership_id, municipality, neighbourhood, organisation,
                life_domain, several, channel, month, received, helped, departed)
            SELECT NEW.partnership_id, NEW.municipality, NEW.neighbourhood, NEW.organisation,
                NEW.life_domain, NEW.several, NEW.channel, m.month, m.received, m.helped, false
            FROM (VALUES (NEW.received_month, 1, 0), (NEW.helped_month, 0, 1))
                AS m (month, received, helped) WHERE m.month IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    """One more column, and the trigger that fills it."""

    dependencies = [("referrals", "0008_rollup")]
    operations = [
        migrations.AddField(
            model_name="reportcell",
            name="departed",
            field=models.BooleanField(
                default=False, help_text="of questions that were deleted at the end of their term"
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
