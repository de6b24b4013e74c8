"""A partnership's own texts in other languages, as its file holds them."""

from django.db import models

from organisations.partnerships.models import Partnership


class PartnershipTranslations(models.Model):
    """All translations of one partnership, apart from it: only a page in another language reads it.

    `texts` lists [{"nl": "Geld", "tr": "Para", ...}], in the order of the file.
    """

    partnership = models.OneToOneField(
        Partnership, models.CASCADE, primary_key=True, related_name="translations"
    )
    texts = models.JSONField("vertalingen", default=list)

    class Meta:
        verbose_name = "vertalingen"

    def __str__(self) -> str:
        return str(self.partnership)
