"""What was heard about danger, and what the resident answered, in their data export."""

from django.utils.translation import gettext as _

from intake.danger import help_at_hand
from intake.questions.models import Question
from referrals.resident_portal.data_export_row import Row


def danger_rows(question: Question) -> list[Row]:
    """Rows of each text in which danger was heard: when, what, and the answer to it."""
    return [
        [
            ("at", _("Wanneer"), one.at),
            ("heard", _("Wat wij daarin hoorden"), help_at_hand.names_of(one.kinds)),
            ("answer", _("Is er nu gevaar?"), str(one.get_answer_display())),
        ]
        for one in question.heard_danger.order_by("at", "id")
    ]
