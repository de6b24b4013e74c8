"""What PostgreSQL has to bring: trigrams for spelling mistakes, unaccent for sorting and search."""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations


class Migration(migrations.Migration):
    """Before the first table, because an index needs them."""

    initial = True
    operations = [TrigramExtension(), UnaccentExtension(), BtreeGistExtension()]
