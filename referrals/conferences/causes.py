"""What ends an MDO, or a resident's part in it, without anybody's decision."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Because(TextChoices):
    """Why a sweep ended something of an MDO; what a person decides has words of its own."""

    OWN_WORDS = "", ""
    QUESTIONS_ENDED = "questions_ended", _("De vraag is afgerond of ingetrokken.")
