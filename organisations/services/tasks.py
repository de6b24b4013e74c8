"""What Celery does for services: a thin caller, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from organisations.services import keeper_mails


@shared_task
def ask_keepers_of_services() -> None:
    """Ask who keeps services whether those that are due are still right."""
    keeper_mails.ask_keepers(now=timezone.now())
