"""Check the heading, the responsible people and the reading hours."""

from __future__ import annotations

import re
from itertools import pairwise

from organisations.partnership_file.faults import Faults
from organisations.partnership_file.schema import PartnershipFile
from welzijn.core.anonymity import giveaways
from welzijn.design_system.context_processors import theme_slugs


def check_heading(faults: Faults) -> None:
    """Check the heading, and what a partnership needs before it can be live."""
    file, who = faults.file, faults.file.responsible
    known = {field.alias or "" for field in PartnershipFile.model_fields.values()}
    for index, item in enumerate(file.heading.invented):
        first = re.split(r"[^a-z_]", item, maxsplit=1)[0]
        faults.check_reference(first, known, "samenwerkingsverband", "verzonnen", index)
    if "nl" not in file.heading.languages:
        faults.add("samenwerkingsverband", "talen", message='Zet "nl" erbij.')
    faults.check_references(
        file.heading.languages, set(file.heading.languages), "samenwerkingsverband", "talen"
    )
    themes = {"default", *theme_slugs()}
    faults.check_reference(file.heading.theme, themes, "samenwerkingsverband", "thema")
    faults.check_reference(who.triage_team, faults.teams, "verantwoordelijk", "triageteam")
    faults.check_unique([d.day.isoformat() for d in file.closing_days], "sluitingsdagen", "dag")
    faults.check_unique([t.term.casefold() for t in file.glossary], "woordenlijst", "woord")
    faults.check_unique([q.key for q in file.opening_questions], "openingsvragen", "sleutel")
    if not file.heading.live:
        return
    needed = {
        "contactpunt": who.joint_controller_contact,
        "fg": who.privacy_officer_contact,
        "dpia": who.dpia_on,
        "grondslag": who.legal_basis,
    }
    for key, value in needed.items():
        if not value:
            faults.add(
                "verantwoordelijk",
                key,
                message="Dit moet er staan voordat een samenwerkingsverband open kan. "
                "Vul het in, of zet samenwerkingsverband.open op false.",
            )
    if file.retention is None:
        faults.add(
            "bewaartermijnen",
            message="Deze tabel moet er staan voordat een samenwerkingsverband open kan.",
        )
    if not file.reading_hours.by_weekday():
        faults.add("leestijden", message="Zet er minstens een dag in waarop iemand leest.")


def check_starting_texts(faults: Faults) -> None:
    """Check that a text to start from names an organisation of the file, and no person."""
    for index, item in enumerate(faults.file.starting_texts):
        at = ("beginteksten", index)
        if item.organisation is not None:
            faults.check_reference(
                item.organisation, faults.organisations, *at, "organisatie", name=item.title
            )
        for line in giveaways(item.text, ()):
            faults.add(*at, "tekst", message=line, name=item.title)


def check_reading_hours(faults: Faults) -> None:
    """Check that the times of a day don't overlap."""
    for table, slots in faults.file.reading_hours.model_dump(by_alias=True).items():
        ordered = sorted(slots)
        if any(a.split("-")[1] > b.split("-")[0] for a, b in pairwise(ordered)):
            faults.add("leestijden", table, message="Deze tijden lopen door elkaar.")
