"""docs/settings.md, written from the list of variables."""

from welzijn.config.variable_kinds import Kind, Variable
from welzijn.config.variables import GROUPS

_BEGINNING = """# Settings

Environment variables, read by `welzijn/config/environment.py` from the list in
`welzijn/config/variables.py`; this page is written from it by `manage.py settings_docs`. An empty value
is the same as none. An unknown name (`OIDC_ISUER`) or a malformed value stops every process at once, in
one sentence that doesn't repeat the value. `docker-compose.yml` passes all of them.

Production (that is: with `ALLOWED_HOSTS`) also refuses, in `welzijn/config/production.py`: a key that is
short, repeated, a sequence or a placeholder; the modes of the demo and of tests; the local PostgreSQL and
Redis of a checkout; a `PUBLIC_URL` with http; a sender at localhost or without a domain; a mail password
without TLS; http to the text service, the identity provider or the service for error reports.
"""


def page() -> str:
    """Return the text of docs/settings.md."""
    parts = [_BEGINNING]
    for group in GROUPS:
        parts += [
            f"\n## {group.title}\n",
            "| variable | type | default | what it does |",
            "| --- | --- | --- | --- |",
            *(_row(variable) for variable in group.variables),
        ]
    return "\n".join(parts) + "\n"


def _row(variable: Variable) -> str:
    default = f"`{variable.default}`" if variable.default else ""
    kind = str(variable.kind)
    if variable.kind is Kind.NUMBER and variable.minimum:
        kind = f"number, {variable.minimum} or more"
    return f"| `{variable.name}` | {kind} | {default} | {variable.about} |"
