"""What a basis is for is a kind, shown in the language of who reads it."""

from django.db import migrations, models

KINDS = {
    "uitzoeken wie u kan helpen": "sort_out",
    "u helpen met uw vraag": "help",
    "uw vraag overnemen": "take_over",
    "meehelpen met uw vraag": "help_along",
    "samen praten over uw vraag (MDO)": "conference",
}
TABLES = ("intake_sharingbasis", "intake_sharingbasisevent")


def sentences_to_kinds(apps, schema_editor):
    """Store the kind of each Dutch phrase that 0.1.0 wrote.

    The triggers that forbid a change, and the one that would keep each as history, are off meanwhile.
    """
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for phrase, kind in KINDS.items():
                cursor.execute(
                    f"UPDATE {table} SET purpose = %s WHERE purpose = %s", [kind, phrase]
                )
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0012_search"),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="purpose",
            field=models.CharField(
                choices=[
                    ("sort_out", "uitzoeken wie u kan helpen"),
                    ("help", "u helpen met uw vraag"),
                    ("take_over", "uw vraag overnemen"),
                    ("help_along", "meehelpen met uw vraag"),
                    ("conference", "samen praten over uw vraag (MDO)"),
                ],
                max_length=200,
            ),
        )
        for name in ("sharingbasis", "sharingbasisevent")
    ] + [migrations.RunPython(sentences_to_kinds, migrations.RunPython.noop)]
