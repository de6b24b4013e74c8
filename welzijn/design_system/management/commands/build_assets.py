"""`manage.py build_assets`: build style sheets and fonts into static_built/."""

from __future__ import annotations

import gzip
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from welzijn.design_system import stylesheet_build


class Command(BaseCommand):
    """Combine NL Design System's packages, tokens and our own CSS. Needs `npm ci` first."""

    help = "Bouwt de stijlbladen van bewoners en medewerkers in static_built/."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = stylesheet_build.build(settings.BASE_DIR)
        except stylesheet_build.MissingPackageError as error:
            raise CommandError(str(error)) from error
        for path in written:
            size = len(gzip.compress(path.read_bytes(), 9))
            self.stdout.write(f"{path.relative_to(settings.BASE_DIR)}  {size / 1024:.1f} KB gzip")
