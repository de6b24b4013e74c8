"""`manage.py learn`: learn the listener's model from labelled sentences, unless it is current."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from organisations.triage_hints import artefact


class Command(BaseCommand):
    """Writes `build/listener/`; reads our own sentences only, never what residents wrote."""

    help = "Learn what danger and life domains sound like, and write the model."
    # One of the checks says that the model is not there.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what learns although nothing changed."""
        parser.add_argument("--again", action="store_true", help="also where the model is current")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Learn, saying what is done; nothing where the model is current."""
        if artefact.is_current() and not options["again"]:
            self.stdout.write("The model is current.")
            return
        from organisations.triage_hints import dutch_training
        from organisations.triage_hints.training import learn

        self.stdout.write(f"{dutch_training.write()} weights of Dutch words are learned.")
        learn(say=self.stdout.write)
        self.stdout.write(f"The model is in {artefact.WHERE}.")
