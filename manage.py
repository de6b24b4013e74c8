#!/usr/bin/env python
"""Django's command line; without a configured database it first starts the local services."""

import gc
import os
import sys
from collections.abc import Callable

# Without these the settings ask the local services of the checkout.
_FROM_LOCAL_SERVICES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")
# Commands that read or write files only.
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
        "settings_docs",
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
    if command == "prepare":
        return "--assets" not in arguments
    return command not in _WITHOUT_DATABASE


def main() -> None:
    """Run the command."""
    # A command ends soon, and makes much that stays: every model, for each migration anew. Looking
    # for garbage after every 700 objects takes a third of the time of all migrations.
    gc.set_threshold(50_000)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "welzijn.settings")
    try:
        import django  # noqa: F401
    except ModuleNotFoundError:
        sys.exit(
            "Django is not installed here: run `make install`, then .venv/bin/python manage.py"
        )
    from welzijn.config.environment import exit_in_one_sentence

    with exit_in_one_sentence():
        _run()


def _run() -> None:
    from django.core.management import execute_from_command_line

    from welzijn.config.development import local_services

    missing = {name for name in _FROM_LOCAL_SERVICES if not os.environ.get(name)}
    services = local_services() if missing else None
    if services is None:
        _run_on_a_real_database(execute_from_command_line)
        return
    try:
        # Before the settings are read: starting may change a port that is in use.
        if needs_database(sys.argv[1:]):
            services.start_if_needed(
                postgres="DATABASE_URL" in missing, redis="REDIS_URL" in missing
            )
        execute_from_command_line(sys.argv)
    except Exception as error:
        explanation = services.explain(error)
        if explanation is None:
            raise
        sys.exit(explanation)


def _run_on_a_real_database(execute: Callable[[list[str]], None]) -> None:
    try:
        execute(sys.argv)
    except Exception as error:
        from welzijn.config.database_errors import explain

        explanation = explain(error)
        if explanation is None:
            raise
        sys.exit(explanation)


if __name__ == "__main__":
    main()
