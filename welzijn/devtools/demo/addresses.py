"""The text that the runner prints when everything is up: addresses and logins."""

from organisations.partnerships.models import Partnership
from welzijn.devtools.demo_data.staff import PASSWORD, logins


def text(port: int) -> str:
    """The demo's addresses and a login for every role."""
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
