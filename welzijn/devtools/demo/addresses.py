"""What the runner prints when everything is up: where to look, and who to sign in as."""

from organisations.partnerships.models import Partnership
from welzijn.devtools.demo_data.staff import PASSWORD, logins


def text(port: int) -> str:
    """Give the demo's addresses and, for every role, somebody to sign in as."""
    lines = ["", f"  Voordeur runs: http://localhost:{port}/"]
    for partnership in Partnership.objects.order_by("name"):
        host = f"http://{partnership.slug}.localhost:{port}"
        lines += ["", f"  {partnership.name}", f"    {'inwoner':<22} {host}/"]
        people = list(logins(partnership))
        wide = max((len(str(name)) for _role, name, *_rest in people), default=0) + 2
        wider = max((len(str(where)) for _role, _name, where, _email in people), default=0) + 2
        lines += [
            f"    {role:<22} {name:<{wide}} {where:<{wider}} {email}"
            for role, name, where, email in people
        ]
    lines += [
        "",
        "  Sign in at /accounts/login/ of a partnership: by one click, or with these addresses",
        f"  and the password {PASSWORD}",
        "  The mails that were sent: /demo/post/ of the same partnership.",
        "",
        "  Ctrl-C stops all of it; what was typed is kept.",
    ]
    return "\n".join(lines)
