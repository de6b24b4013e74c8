"""What one key of a partnership file has to do with another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import pairwise

from organisations.partnership_file import conditions
from organisations.partnership_file.problems import FileProblem, FileProblemsError, key_of
from organisations.partnership_file.rules import rules_of, target_json
from organisations.partnership_file.schema import LearningSession, PartnershipFile
from organisations.partnership_file.vocabulary import vocabulary_of
from organisations.partnership_file.words import near
from organisations.routing import (
    RuleSetError,
    RuleSetSpec,
    TargetKind,
    Triage,
    read_rule,
    to_json,
)
from organisations.routing import check as check_rules
from welzijn.design_system.context_processors import theme_slugs


def check(file: PartnershipFile) -> list[FileProblem]:
    """List every fault between keys, in the order of the file; empty where it can be loaded."""
    found = _Check(file)
    found.heading()
    found.municipalities()
    found.places()
    found.organisations()
    found.teams()
    found.services()
    found.goals()
    found.rules()
    return found.problems


class _Check:
    """One walk over one file."""

    def __init__(self, file: PartnershipFile) -> None:
        self.file = file
        self.problems: list[FileProblem] = []
        self.codes = {m.code for m in file.municipalities}
        self.places_known = {n.slug for n in file.neighbourhoods}
        self.known = {o.slug for o in file.organisations}
        self.domains = {d.slug for d in file.life_domains}
        self.teams_known = {t.slug for t in file.teams}

    def wrong(self, *path: str | int, message: str, name: str = "") -> None:
        self.problems.append(FileProblem(key_of(path), message, name=name))

    def refers(self, value: str, known: Iterable[str], *path: str | int, name: str = "") -> None:
        if value not in set(known):
            self.wrong(*path, message=near(value, known), name=name)

    def refer_all(
        self, values: Sequence[str], known: set[str], *path: str | int, name: str = ""
    ) -> None:
        for index, value in enumerate(values):
            self.refers(value, known, *path, index, name=name)
        for value, times in Counter(values).items():
            if times > 1:
                self.wrong(*path, message=f'"{value}" staat er {times} keer in.', name=name)

    def once(self, values: Sequence[str], table: str, key: str) -> None:
        first: dict[str, int] = {}
        for index, value in enumerate(values):
            if value in first:
                self.wrong(
                    table,
                    index,
                    key,
                    message=f'"{value}" staat ook al in {table}[{first[value] + 1}]. '
                    "Geef elk een eigen naam.",
                )
            first.setdefault(value, index)

    def in_order(
        self, start: date | None, end: date | None, *path: str | int, name: str = ""
    ) -> None:
        if start and end and end < start:
            self.wrong(
                *path, message=f"De laatste dag ({end}) ligt voor de eerste ({start}).", name=name
            )

    def heading(self) -> None:
        file, who = self.file, self.file.responsible
        known = {field.alias or "" for field in PartnershipFile.model_fields.values()}
        for index, item in enumerate(file.heading.invented):
            first = re.split(r"[^a-z_]", item, maxsplit=1)[0]
            self.refers(first, known, "samenwerkingsverband", "verzonnen", index)
        if "nl" not in file.heading.languages:
            self.wrong("samenwerkingsverband", "talen", message='Zet "nl" erbij.')
        self.refer_all(
            file.heading.languages, set(file.heading.languages), "samenwerkingsverband", "talen"
        )
        themes = {"default", *theme_slugs()}
        self.refers(file.heading.theme, themes, "samenwerkingsverband", "thema")
        self.refers(who.triage_team, self.teams_known, "verantwoordelijk", "triageteam")
        self.once([d.day.isoformat() for d in file.closing_days], "sluitingsdagen", "dag")
        self.once([t.term.casefold() for t in file.glossary], "woordenlijst", "woord")
        self.once([q.key for q in file.opening_questions], "openingsvragen", "sleutel")
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
                self.wrong(
                    "verantwoordelijk",
                    key,
                    message="Dit moet er staan voordat een samenwerkingsverband open kan. "
                    "Vul het in, of zet samenwerkingsverband.open op false.",
                )
        if file.retention is None:
            self.wrong(
                "bewaartermijnen",
                message="Deze tabel moet er staan voordat een samenwerkingsverband open kan.",
            )
        if not file.reading_hours.by_weekday():
            self.wrong("leestijden", message="Zet er minstens een dag in waarop iemand leest.")

    def municipalities(self) -> None:
        listed = self.file.municipalities
        self.once([m.code for m in listed], "gemeenten", "code")
        follows = {m.code: m.successor for m in listed}
        for index, item in enumerate(listed):
            self.in_order(
                item.valid_from, item.valid_until, "gemeenten", index, "tot_en_met", name=item.name
            )
            if item.successor is None:
                continue
            self.refers(item.successor, self.codes, "gemeenten", index, "opvolger", name=item.name)
            if item.valid_until is None:
                self.wrong(
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
                    self.wrong(
                        "gemeenten",
                        index,
                        "opvolger",
                        message=f"De opvolgers gaan in een kring: {circle}. Haal er een weg.",
                        name=item.name,
                    )
                    break
                chain.append(after)

    def places(self) -> None:
        listed = self.file.neighbourhoods
        self.once([n.slug for n in listed], "wijken", "slug")
        for index, item in enumerate(listed):
            self.refers(item.municipality, self.codes, "wijken", index, "gemeente", name=item.name)
            self.refer_all(
                item.postcodes, set(item.postcodes), "wijken", index, "postcodes", name=item.name
            )
            for at, session in enumerate(item.learning_sessions):
                self.session(session, "wijken", index, "leersessies", at)
        for index, session in enumerate(self.file.learning_sessions):
            self.session(session, "leersessies", index)
        for table, slots in self.file.reading_hours.model_dump(by_alias=True).items():
            ordered = sorted(slots)
            if any(a.split("-")[1] > b.split("-")[0] for a, b in pairwise(ordered)):
                self.wrong("leestijden", table, message="Deze tijden lopen door elkaar.")

    def session(self, session: LearningSession, *path: str | int) -> None:
        if session.every == "maand" and session.which is None:
            self.wrong(*path, "welke", message='Zeg de hoeveelste: "eerste" tot "laatste".')
        if session.every != "maand" and session.which is not None:
            self.wrong(*path, "welke", message='Dit hoort alleen bij iedere = "maand".')
        if time.fromisoformat(session.end) <= time.fromisoformat(session.start):
            self.wrong(*path, "tot", message="Het einde ligt voor het begin.")

    def organisations(self) -> None:
        listed = self.file.organisations
        self.once([o.slug for o in listed], "organisaties", "slug")
        self.once([o.name.casefold() for o in listed], "organisaties", "naam")
        for index, item in enumerate(listed):
            self.in_order(
                item.since, item.until, "organisaties", index, "tot_en_met", name=item.slug
            )
            if item.safety_net and not item.picks_up:
                self.wrong(
                    "organisaties",
                    index,
                    "vangnet",
                    message="Een vangnet pakt vragen op. Zet pakt_op op true.",
                    name=item.slug,
                )
            if not item.picks_up and not item.brings_in and item.kind != "gemeente":
                self.wrong(
                    "organisaties",
                    index,
                    "pakt_op",
                    message="Wie niets oppakt, brengt vragen in. Zet een van de twee op true.",
                    name=item.slug,
                )
        retention = self.file.retention
        for index, terms in enumerate(retention.organisations if retention else []):
            self.refers(
                terms.organisation,
                self.known,
                "bewaartermijnen",
                "organisaties",
                index,
                "organisatie",
            )

    def teams(self) -> None:
        listed = self.file.teams
        self.once([t.slug for t in listed], "teams", "slug")
        for index, item in enumerate(listed):
            self.refers(
                item.organisation, self.known, "teams", index, "organisatie", name=item.slug
            )
            self.refer_all(
                item.organisations, self.known, "teams", index, "organisaties", name=item.slug
            )
            self.refer_all(
                item.neighbourhoods, self.places_known, "teams", index, "wijken", name=item.slug
            )
            if item.organisation not in item.organisations:
                self.wrong(
                    "teams",
                    index,
                    "organisaties",
                    message=f'Zet "{item.organisation}" erbij: die staat in voor het team.',
                    name=item.slug,
                )
            if item.slug == self.file.responsible.triage_team and item.until:
                self.wrong(
                    "teams",
                    index,
                    "tot_en_met",
                    message="Het triageteam kan niet stoppen. Noem eerst een ander triageteam.",
                    name=item.slug,
                )

    def services(self) -> None:
        self.once([d.slug for d in self.file.life_domains], "leefgebieden", "slug")
        self.once([d.name.casefold() for d in self.file.life_domains], "leefgebieden", "naam")
        listed = self.file.services
        self.once([s.slug for s in listed], "aanbod", "slug")
        for index, item in enumerate(listed):
            self.refers(
                item.organisation, self.known, "aanbod", index, "organisatie", name=item.slug
            )
            self.refer_all(
                item.life_domains, self.domains, "aanbod", index, "leefgebieden", name=item.slug
            )
            self.refer_all(
                item.neighbourhoods, self.places_known, "aanbod", index, "wijken", name=item.slug
            )
            self.refer_all(
                item.audience, set(item.audience), "aanbod", index, "leeftijden", name=item.slug
            )
            self.in_order(item.since, item.until, "aanbod", index, "tot_en_met", name=item.slug)

    def goals(self) -> None:
        if self.file.assignment is not None:
            work = self.file.assignment
            self.in_order(work.since, work.until, "opdracht", "tot_en_met")
            self.refer_all(work.organisations, self.known, "opdracht", "organisaties")
        self.once([g.key for g in self.file.goals], "doelen", "sleutel")
        for index, goal in enumerate(self.file.goals):
            self.refer_all(
                goal.life_domains, self.domains, "doelen", index, "leefgebieden", name=goal.key
            )
            keys = [i.key for i in goal.indicators]
            self.refer_all(keys, set(keys), "doelen", index, "indicatoren", name=goal.key)

    def rules(self) -> None:
        vocabulary = vocabulary_of(self.file)
        self.once([r.key for r in self.file.rules], "regels", "sleutel")
        for index, rule in enumerate(self.file.rules):
            here = len(self.problems)
            when = conditions.read(rule.when, vocabulary, ("regels", index, "als"), self.problems)
            to = rule.to
            if to.organisation is not None:
                self.refers(
                    to.organisation,
                    vocabulary.organisations,
                    "regels",
                    index,
                    "naar",
                    "organisatie",
                )
            if to.team is not None:
                self.refers(to.team, self.teams_known, "regels", index, "naar", "team")
            self.refer_all(
                rule.supporting, set(vocabulary.organisations), "regels", index, "ook_erbij"
            )
            target = target_json(to)
            chosen = [kind for kind in TargetKind if kind.value in target]
            if len(chosen) != 1:
                self.wrong(
                    "regels",
                    index,
                    "naar",
                    message="Kies precies een: organisatie, team, wijkteam, passend_aanbod, "
                    "gekoppelde_vraag of triage.",
                )
            elif to.layers and chosen[0] is not TargetKind.FITTING_SERVICE:
                self.wrong(
                    "regels", index, "naar", "lagen", message="Dit hoort bij passend_aanbod."
                )
            if chosen == [TargetKind.FITTING_SERVICE] and not self.file.services:
                self.wrong(
                    "regels", index, "naar", "passend_aanbod", message="Er staat geen aanbod in."
                )
            if chosen == [TargetKind.NEIGHBOURHOOD_TEAM] and not any(
                t.neighbourhoods for t in self.file.teams
            ):
                self.wrong("regels", index, "naar", "wijkteam", message="Geen team heeft wijken.")
            if len(self.problems) == here:
                self.rule(index, to_json(when), target)
            for at in range(here, len(self.problems)):
                fault = self.problems[at]
                self.problems[at] = FileProblem(fault.key, fault.message, name=rule.key)

    def rule(self, index: int, when: object, target: object) -> None:
        """Let routing have the last word on a rule whose words are right."""
        rule = self.file.rules[index]
        try:
            read_rule(
                {
                    "key": rule.key,
                    "name": rule.name,
                    "when": when,
                    "to": target,
                    "reason": rule.reason or "",
                    "supporting": list(rule.supporting),
                    "active_from": rule.active_from,
                    "active_until": rule.active_until,
                },
                where="",
            )
        except RuleSetError as error:
            dutch = {"reason": "reden", "active_until": "tot_en_met", "when": "als", "to": "naar"}
            for problem in error.problems:
                first = problem.where.strip(".").partition(".")[0]
                self.wrong("regels", index, dutch.get(first, first), message=problem.message)


def check_on(file: PartnershipFile, day: date, *, source: str) -> None:
    """Check what depends on the day: that rules lead to who still takes part.

    Raises FileProblemsError.
    """
    team = next(t for t in file.teams if t.slug == file.responsible.triage_team)
    spec = RuleSetSpec(0, rules_of(file), Triage(team.organisation, team.slug))
    vocabulary = vocabulary_of(file)
    listed = {rule.key: index for index, rule in enumerate(file.rules)}
    problems = []
    for one in spec.rules:
        alone = RuleSetSpec(0, (one,), spec.triage)
        problems += [
            FileProblem(key_of(("regels", listed[one.key])), problem.message, name=one.key)
            for problem in check_rules(alone, vocabulary, on=day)
            if problem.where != "triage"
        ]
    if not vocabulary.takes_part(team.organisation, day):
        problems.append(
            FileProblem(
                "verantwoordelijk.triageteam",
                f'"{team.organisation}" staat in voor dit team, maar doet vandaag niet mee.',
            )
        )
    if problems:
        raise FileProblemsError(source, problems)
