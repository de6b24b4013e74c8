"""`manage.py settings_docs`: write docs/settings.md from the list of variables."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from welzijn.config.settings_page import page


class Command(BaseCommand):
    """Write docs/settings.md."""

    help = "Write docs/settings.md from welzijn/config/variables.py"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file."""
        Path(settings.BASE_DIR, "docs", "settings.md").write_text(page(), "utf-8")
