"""Forms for withholding an entry of the log from the resident's page."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.access_log import resident_log
from referrals.casework_base.forms import CaseForm, WhyForm
from welzijn.audit.models import AccessEvent
from welzijn.core import dates
from welzijn.core.form_fields import DayField, StaffTextField

OFFERED = 25


class ReviewForm(WhyForm):
    """The reason, and the review day."""

    planned = {"review_on": ""}
    why = StaffTextField(
        label=_("Waarom is het gevaarlijk als de inwoner dit leest?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = DayField(
        label=_("Wanneer kijkt u er opnieuw naar?"),
        help_text=_("Vanaf die dag leest de inwoner de regel weer. Kies uiterlijk een half jaar."),
        initial=lambda: timezone.localdate() + timedelta(days=28),
    )


class WithholdForm(ReviewForm, CaseForm):
    """The entry, the reason and the review day."""

    field_order = ("event", "why", "review_on")
    event = forms.ModelChoiceField(
        label=_("Welke regel?"), queryset=AccessEvent.objects.none(), widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = list(
            AccessEvent.objects.filter(question_id=self.question.pk, withholding__isnull=True)
            .order_by("-at", "-id")
            .values_list("pk", flat=True)[:OFFERED]
        )
        self.offer(
            "event",
            AccessEvent.objects.filter(pk__in=newest)
            .select_related("actor", "organisation")
            .order_by("-at", "-id"),
        )
        field = self.fields["event"]
        assert isinstance(field, forms.ModelChoiceField)
        field.label_from_instance = lambda event: (  # type: ignore[method-assign,assignment]
            f"{dates.plain_moment(event.at)}. {resident_log.sentence(event)}"
        )
        field.empty_label = None
