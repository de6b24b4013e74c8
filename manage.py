#!/usr/bin/env python
"""Django's command line; where no database is configured it first starts the embedded one."""

import os
import sys

# Commands that read or make files only: they would start a database for nothing.
_WITHOUT_DATABASE = frozenset(
    {
        "build_assets",
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "startapp",
        "version",
    }
)


def needs_database(arguments: list[str]) -> bool:
    """Whether the command `arguments` (as in sys.argv, without the program) uses the database."""
    command = next((a for a in arguments if not a.startswith("-")), "help")
    if "--help" in arguments or "-h" in arguments or "--version" in arguments:
        return False
    if command == "check":
        return "--database" in arguments
    return command not in _WITHOUT_DATABASE


def main() -> None:
    """Run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")
    try:
        from django.core.management import execute_from_command_line
        from django.db import DatabaseError
    except ModuleNotFoundError:
        sys.exit(
            "Django is not installed here: run `make install`, then .venv/bin/python manage.py"
        )
    from welzijn.devtools import local_services

    own_database = not os.environ.get("DATABASE_URL")
    try:
        # Before the settings are read: a port that another program took is exchanged here.
        if needs_database(sys.argv[1:]):
            local_services.start_if_needed(
                postgres=own_database,
                redis=not os.environ.get("REDIS_URL"),
            )
        execute_from_command_line(sys.argv)
    except local_services.EmbeddedError as error:
        sys.exit(str(error))
    except DatabaseError as error:
        if not own_database or not local_services.lacks_room(error):
            raise
        sys.exit(str(local_services.disk_full(local_services.data_folder())))


if __name__ == "__main__":
    main()
