"""Reading environment variables, for the settings modules."""

import os


def flag(name: str) -> bool:
    """Return whether the environment variable `name` is 1, true or yes."""
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def names(variable: str) -> list[str]:
    """Return the comma-separated names in the environment variable, without empty ones."""
    return [name.strip() for name in os.environ.get(variable, "").split(",") if name.strip()]
