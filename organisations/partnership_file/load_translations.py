"""Write the translations of a file."""

from __future__ import annotations

from organisations.partnership_file.row_writer import RowWriter
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
    partnership.refresh_from_db(fields=["config_version"])
    writer.report.changes.append("vertalingen: texts")
