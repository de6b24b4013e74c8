"""Minors who asked for themselves before the form of address was kept were spoken to with je."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_says_je")]

    operations = [
        migrations.RunSQL(
            """
            UPDATE intake_contactwish wish SET says_je = true
              FROM intake_person person
             WHERE person.id = wish.person_id
               AND person.age_band IN ('0-11', '12-15', '16-17')
               AND EXISTS (SELECT FROM intake_question question
                            WHERE question.asker_id = person.id
                              AND question.subject_id = person.id)
            """,
            migrations.RunSQL.noop,
        ),
    ]
