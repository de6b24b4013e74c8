"""Publish figures on their day, whether or not anybody opens the report."""

from celery import shared_task
from django.utils import timezone

from organisations.partnerships.models import Partnership
from referrals.reports.counting import compact
from referrals.reports.publishing import publish


@shared_task(ignore_result=True)
def publish_figures() -> None:
    """Publish what is due for every partnership, and compact the rollup. Idempotent."""
    for partnership in Partnership.objects.order_by("slug"):
        compact(partnership)
        publish(partnership=partnership, now=timezone.now())
