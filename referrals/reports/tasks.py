"""Publishing on its day, whether anybody looks or not."""

from celery import shared_task
from django.utils import timezone

from organisations.partnerships.models import Partnership
from referrals.reports.counting import compact
from referrals.reports.publishing import publish


@shared_task(ignore_result=True)
def publish_figures() -> None:
    """Publish what is due for every partnership, and keep the rollup small. Safe to run twice."""
    for partnership in Partnership.objects.order_by("slug"):
        compact(partnership)
        publish(partnership=partnership, now=timezone.now())
