"""A password is more than the product's name, one's organisation or one's town with a year."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.support import factories as make

pytestmark = pytest.mark.django_db


def test_words_of_the_product_and_of_ones_work_are_refused() -> None:
    user = make.coordinator(make.world(), "stimenz")
    for guessed in (
        *("Voordeur2026!", "welzijn-welzijn", "Wachtwoord1234", "Stimenz-2026!!"),
        *("BreedWelzijnPutten1", "Hulpvraag.Inwoner.1", "STIMENZ stimenz", "Wélzijn2026!!"),
    ):
        with pytest.raises(ValidationError) as raised:
            validate_password(guessed, user)
        assert "context_words" in {one.code for one in raised.value.error_list}, guessed
    validate_password("de welzijn fiets van tante truus", user)
    validate_password(make.PASSWORD, user)


def test_somebody_elses_organisation_is_no_clue() -> None:
    validate_password("Stimenz-2026!!", make.user("Omar"))
    validate_password("Stimenz-2026!!")
