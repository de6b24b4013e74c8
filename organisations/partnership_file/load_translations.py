"""Write the translations of a file."""

from __future__ import annotations

from django.db.models import F

from organisations.partnership_file.row_writer import RowWriter
from organisations.partnerships.models import Partnership
from organisations.partnerships.translation_models import PartnershipTranslations
from organisations.partnerships.translations import stored


def write_translations(writer: RowWriter) -> None:
    """Write the translations where they differ, and let every process read them anew."""
    partnership = writer.partnership
    texts = [row.model_dump(exclude_none=True) for row in writer.file.translations]
    if texts == stored(partnership):
        return
    PartnershipTranslations.objects.update_or_create(
        partnership=partnership, defaults={"texts": texts}
    )
    # A trigger raises the version with every change of the partnership.
    Partnership.objects.filter(pk=partnership.pk).update(slug=F("slug"))
    partnership.refresh_from_db(fields=["config_version"])
    writer.report.changes.append("vertalingen: texts")
