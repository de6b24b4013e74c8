"""Load templates without the indentation between tags: it weighs, and nobody sees it.

A first visit is at most 60 KB (DESIGN section 8), and pages are sent uncompressed because they hold
secrets (BREACH). Only what stands in a template is touched, never a value that it shows.
"""

import re

from django.template import Engine, Origin
from django.template.loaders import cached, filesystem

# Between the end of a tag and the begin of the next: the line break stays, so that words keep
# their space and errors their line.
_INDENTATION = re.compile(r"(?<=[>}]\n)[ ]+(?=[<{])")


class Loader(filesystem.Loader):
    """The templates of `DIRS`; those of mails and text messages as they are."""

    def get_contents(self, origin: Origin) -> str:
        """Return a template's source, an HTML one without its indentation."""
        source = super().get_contents(origin)
        return _INDENTATION.sub("", source) if origin.name.endswith(".html") else source


class CachedLoader(cached.Loader):
    """Our templates, then those of apps, each read once a process."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(
            engine,
            [f"{__name__}.Loader", "django.template.loaders.app_directories.Loader"],
        )
