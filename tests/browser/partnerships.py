"""A partnership in a browser test as its own file describes it."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from organisations.partnerships.models import Partnership


def from_its_file(slug: str) -> Partnership:
    """Load the file of a partnership of the demo, as an administrator does; gives it."""
    file = Path(settings.BASE_DIR) / "organisations" / "partnerships" / f"{slug}.toml"
    call_command("load_partnership", str(file), verbosity=0)
    return Partnership.objects.get(slug=slug)
