"""Whether an organisation takes part in a partnership and picks questions up there."""

from datetime import datetime

from django.utils.translation import gettext as _

from intake.questions.status import WrongMomentError
from organisations.directory.models import Organisation
from organisations.partnerships.models import Partnership
from welzijn.core.working_days import local_date


def must_take_part(partnership: Partnership, organisation: Organisation, now: datetime) -> None:
    """Raise WrongMomentError unless the organisation picks questions up here on this day."""
    on = local_date(now)
    part = partnership.participations.filter(organisation=organisation, picks_up=True).first()
    if part is None or part.since > on or (part.until is not None and part.until < on):
        raise WrongMomentError(_("Deze organisatie pakt hier geen vragen op."))
