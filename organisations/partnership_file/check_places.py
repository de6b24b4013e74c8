"""Check municipalities, neighbourhoods and their learning sessions."""

from __future__ import annotations

from datetime import time

from organisations.partnership_file.faults import Faults
from organisations.partnership_file.schema import LearningSession


def check_municipalities(faults: Faults) -> None:
    """Check municipalities, and that no chain of successors is a circle."""
    listed = faults.file.municipalities
    faults.check_unique([m.code for m in listed], "gemeenten", "code")
    follows = {m.code: m.successor for m in listed}
    for index, item in enumerate(listed):
        faults.check_date_order(
            item.valid_from, item.valid_until, "gemeenten", index, "tot_en_met", name=item.name
        )
        if item.successor is None:
            continue
        faults.check_reference(
            item.successor, faults.municipalities, "gemeenten", index, "opvolger", name=item.name
        )
        if item.valid_until is None:
            faults.add(
                "gemeenten",
                index,
                "tot_en_met",
                message="Een gemeente met een opvolger heeft een laatste dag. Vul die in.",
                name=item.name,
            )
        chain = [item.code]
        while (after := follows.get(chain[-1])) is not None:
            if after in chain:
                circle = " -> ".join([*chain[chain.index(after) :], after])
                faults.add(
                    "gemeenten",
                    index,
                    "opvolger",
                    message=f"De opvolgers gaan in een kring: {circle}. Haal er een weg.",
                    name=item.name,
                )
                break
            chain.append(after)


def check_neighbourhoods(faults: Faults) -> None:
    """Check neighbourhoods and all learning sessions."""
    listed = faults.file.neighbourhoods
    faults.check_unique([n.slug for n in listed], "wijken", "slug")
    for index, item in enumerate(listed):
        faults.check_reference(
            item.municipality, faults.municipalities, "wijken", index, "gemeente", name=item.name
        )
        faults.check_references(
            item.postcodes, set(item.postcodes), "wijken", index, "postcodes", name=item.name
        )
        for at, session in enumerate(item.learning_sessions):
            _check_session(faults, session, "wijken", index, "leersessies", at)
    for index, session in enumerate(faults.file.learning_sessions):
        _check_session(faults, session, "leersessies", index)


def _check_session(faults: Faults, session: LearningSession, *path: str | int) -> None:
    if session.every == "maand" and session.which is None:
        faults.add(*path, "welke", message='Zeg de hoeveelste: "eerste" tot "laatste".')
    if session.every != "maand" and session.which is not None:
        faults.add(*path, "welke", message='Dit hoort alleen bij iedere = "maand".')
    if time.fromisoformat(session.end) <= time.fromisoformat(session.start):
        faults.add(*path, "tot", message="Het einde ligt voor het begin.")
