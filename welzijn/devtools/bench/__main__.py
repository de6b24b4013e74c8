"""The benchmark's process: start services, migrate, load Putten, measure, print JSON."""

import json
import sys


def main() -> None:
    """Run the benchmark argv[1] with the options argv[2] (JSON)."""
    name, options = sys.argv[1], json.loads(sys.argv[2])
    from welzijn.devtools import local_services

    local_services.start_if_needed(throwaway=True)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["look"])
    from welzijn.devtools.bench.environment import set_up
    from welzijn.devtools.bench.registry import BENCHES

    set_up()
    figures = BENCHES[name].run(options)
    from django.db import connection

    connection.close()
    sys.stdout.write("\n" + json.dumps(figures, default=str) + "\n")
    sys.stdout.flush()
    local_services.release(wait=True)


main()
