"""What the runner prints when everything is up: where to look, and who to sign in as."""

from collections.abc import Iterator

from organisations.models import Membership, Partnership


def text(port: int) -> str:
    """Give the demo's addresses and, for every role, somebody to sign in as."""
    lines = ["", f"  Voordeur runs: http://localhost:{port}/", ""]
    for partnership in Partnership.objects.order_by("name"):
        host = f"http://{partnership.slug}.localhost:{port}"
        lines += [f"  {partnership.name}", f"    {'residents':<26}{host}/"]
        lines += [f"    {role:<26}{email}" for role, email in _logins(partnership)]
    lines += [
        "",
        f"  Sign in at http://SLUG.localhost:{port}/accounts/login/ (in the demo: by one click).",
        f"  Mails that were sent: http://localhost:{port}/demo/post/",
        "  Ctrl-C stops all of it.",
    ]
    return "\n".join(lines)


def _logins(partnership: Partnership) -> Iterator[tuple[str, str]]:
    told: set[str] = set()
    members = Membership.objects.filter(partnership=partnership).select_related("user")
    for membership in members.order_by("role", "user__email"):
        if membership.role not in told:
            told.add(membership.role)
            yield str(membership.get_role_display()), membership.user.email
