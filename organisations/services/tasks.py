"""What Celery does for services: a thin caller, harmless to run twice or not."""

from celery import shared_task
from django.utils import timezone

from organisations.services import maintainer_mails


@shared_task
def ask_keepers_of_services() -> None:
    """Ask who keeps services whether those that are due are still right."""
    maintainer_mails.ask_maintainers(now=timezone.now())
