"""Publish figures on their day, whether or not anybody opens the report."""

from functools import partial

from celery import shared_task
from django.utils import timezone

from organisations.partnerships.models import Partnership
from referrals.reports.counting import compact
from referrals.reports.cubes import finish
from referrals.reports.publishing import publish
from welzijn.sweeps import rows


@shared_task(ignore_result=True)
def publish_figures() -> None:
    """Publish what is due for every partnership, and compact the rollup. Idempotent."""
    now = timezone.now()
    for partnership in Partnership.objects.order_by("slug"):
        rows.steps(
            "figures",
            {
                f"{partnership.pk} compact": partial(compact, partnership),
                f"{partnership.pk} publish": partial(publish, partnership=partnership, now=now),
                f"{partnership.pk} finish": partial(finish, partnership, now),
            },
            now=now,
            partnership_id=partnership.pk,
        )
