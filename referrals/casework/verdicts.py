"""The five steps of a resident's verdict, in the words that the form offers."""

from django.utils.translation import gettext_noop

VERDICTS = {
    5: gettext_noop("Ja, helemaal"),
    4: gettext_noop("Ja, best goed"),
    3: gettext_noop("Het gaat wel"),
    2: gettext_noop("Nee, niet echt"),
    1: gettext_noop("Nee, helemaal niet"),
}
