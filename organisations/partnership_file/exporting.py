"""Export a partnership to a file that loads to the same.

Ended rows are written with their last day, so that the file also fills an empty database. Rules
are the published ones. Keys with their default value are left out.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from organisations.directory.models import Service, Team
from organisations.front_door.stored_rules import as_rule
from organisations.partnership_file import conditions, words
from organisations.partnership_file.schema import PartnershipFile
from organisations.partnership_file.service_details import file_details_of
from organisations.partnership_file.stored import RETENTION_KINDS
from organisations.partnership_file.writing import write
from organisations.partnerships.models import Municipality, Neighbourhood, Partnership
from organisations.partnerships.translations import stored
from organisations.routing import Rule, TargetKind
from organisations.routing.models import RuleSet

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class NotExportableError(Exception):
    """The partnership has no triage team yet; a file without one is invalid."""


def export(partnership: Partnership) -> str:
    """Return the text of the file. Reads only. Raises NotExportableError."""
    return write(file_of(partnership))


def file_of(partnership: Partnership) -> PartnershipFile:
    """Return the partnership in the form of a file. Raises NotExportableError."""
    if partnership.triage_team is None:
        raise NotExportableError(partnership.slug)
    return PartnershipFile.model_validate(
        {
            "heading": _given(partnership, "slug", "name", "hostname", "theme", "live")
            | {"languages": partnership.languages, "invented": partnership.invented},
            "texts": _given(partnership, "opening_text", "closing_question")
            | {"principles": partnership.principles},
            "opening_questions": [_filled(item) for item in partnership.opening_questions],
            "glossary": partnership.glossary,
            "desk": {
                key: getattr(partnership, f"desk_{key}")
                for key in ("name", "phone", "email", "address")
                if getattr(partnership, f"desk_{key}")
            },
            "food_bank": partnership.food_bank or None,
            "starting_texts": [_starting_text(item) for item in partnership.starting_texts],
            "reading_hours": {
                _WEEKDAYS[int(day) - 1]: [f"{begin}-{end}" for begin, end in slots]
                for day, slots in partnership.reading_hours.items()
            },
            "responsible": _given(
                partnership,
                "joint_controller_contact",
                "privacy_officer_contact",
                "dpia_on",
                "legal_basis",
            )
            | {
                "triage_team": partnership.triage_team.slug,
                "rule_consent": words.word("rule_consent", partnership.rule_consent),
            },
            "retention": _retention(partnership),
            "clocks": {
                key: getattr(partnership, key)
                for key in (
                    "pick_up_within",
                    "danger_opened_within",
                    "contact_within",
                    "handover_answer_within",
                    "handover_escalate_after",
                    "quiet_after",
                    "check_after_weeks",
                    "confirm_services_months",
                    "good_friday",
                )
            }
            | {"liberation_day": words.word("liberation_day", partnership.liberation_day)},
            "closing_days": [_given(day, "day", "name") for day in partnership.closing_days.all()],
            "report": {
                "small_number": partnership.small_number,
                "figure_spread": partnership.figure_spread,
                "figure_bound": partnership.figure_bound,
                "open_data": partnership.open_data,
            }
            | _filled(
                {
                    "population_source": partnership.population.get("source"),
                    "population_year": partnership.population.get("year"),
                }
            ),
            "assignment": _assignment(partnership),
            "goals": [_goal(goal) for goal in partnership.goals],
            "municipalities": [
                _municipality(m) | _living(partnership, "municipalities", m.code)
                for m in partnership.municipalities.all()
            ],
            "neighbourhoods": [
                _place(n) | _living(partnership, "neighbourhoods", n.slug)
                for n in partnership.neighbourhoods.prefetch_related("postcodes")
            ],
            "learning_sessions": [_session(s) for s in partnership.learning_sessions],
            "organisations": _organisations(partnership),
            "life_domains": [
                _given(d, "slug", "name", "staff_name", "explanation", "until") | {"words": d.words}
                for d in partnership.life_domains.all()
            ],
            "teams": [_team(t) for t in partnership.teams.select_related("organisation")],
            "services": [
                _service(s)
                for s in partnership.services.select_related("organisation").order_by(
                    "organisation__name", "layer", "name"
                )
            ],
            "rules": [rule_to_file(rule) for rule in _rules(partnership)],
            "translations": stored(partnership),
        },
        by_name=True,
        by_alias=False,
    )


def _given(thing: Any, *names: str) -> dict[str, Any]:
    """Return the attributes that are not empty, as keys of the file."""
    return {name: value for name in names if (value := getattr(thing, name)) not in ("", None)}


def _filled(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value not in ("", None)}


def _retention(partnership: Partnership) -> dict[str, Any] | None:
    stored = partnership.retention
    if not stored:
        return None
    return {kind: stored[kind] for kind in (*RETENTION_KINDS, "log")} | {
        "organisations": [
            {"organisation": slug, **terms}
            for slug, terms in sorted(stored.get("organisations", {}).items())
        ]
    }


def _assignment(partnership: Partnership) -> dict[str, Any] | None:
    stored = partnership.assignment
    if not stored:
        return None
    return _filled(stored) | {key: date.fromisoformat(stored[key]) for key in ("since", "until")}


def _goal(stored: dict[str, Any]) -> dict[str, Any]:
    indicators = [
        _filled(indicator) | {"measure": words.word("measure", indicator["measure"])}
        for indicator in stored["indicators"]
    ]
    return _filled(stored) | {"indicators": indicators}


def _living(partnership: Partnership, of: str, key: str) -> dict[str, Any]:
    number = partnership.population.get(of, {}).get(key)
    return {} if number is None else {"inhabitants": number}


def _municipality(municipality: Municipality) -> dict[str, Any]:
    found = _given(municipality, "code", "name", "valid_from", "valid_until", "client_support")
    if municipality.successor_id:
        found["successor"] = municipality.successor_id
    return found


def _place(place: Neighbourhood) -> dict[str, Any]:
    return _given(place, "slug", "name", "until") | {
        "municipality": place.municipality_id,
        **({"border": json.dumps(place.border)} if place.border else {}),
        "postcodes": sorted(p.postcode for p in place.postcodes.all()),
        "learning_sessions": [_session(s) for s in place.learning_sessions],
    }


def _session(stored: dict[str, Any]) -> dict[str, Any]:
    which = next((word for word, code in words.WHICH.items() if code == stored["which"]), None)
    return _filled(
        stored
        | {
            "every": words.word("recurrence", stored["every"]),
            "which": which,
            "weekday": words.WEEKDAYS[stored["weekday"] - 1],
        }
    )


def _organisations(partnership: Partnership) -> list[dict[str, Any]]:
    return [
        _given(part.organisation, "slug", "name", "description", "phone", "email", "website")
        | {
            "kind": words.word("organisation_kind", part.organisation.kind),
            "shows_worker_names": part.organisation.shows_worker_names,
        }
        | _given(part, "since", "until", "picks_up", "brings_in", "safety_net")
        | _given(part, "contact_name", "contact_email", "coordinator_name", "coordinator_email")
        for part in partnership.participations.select_related("organisation")
    ]


def _starting_text(item: dict[str, str]) -> dict[str, str]:
    return {**_filled(item), "kind": words.word("text_kind", item["kind"])}


def _team(team: Team) -> dict[str, Any]:
    return _given(team, "slug", "name", "description", "until") | {
        "organisation": team.organisation.slug,
        "organisations": list(team.organisations.values_list("slug", flat=True)),
        "neighbourhoods": list(team.neighbourhoods.values_list("slug", flat=True)),
    }


def _service(service: Service) -> dict[str, Any]:
    return _given(
        service,
        "slug",
        "name",
        "description",
        "layer",
        "capacity",
        "waiting_weeks",
        "place",
        "url",
        "since",
        "until",
    ) | {
        "organisation": service.organisation.slug,
        "life_domains": list(service.life_domains.values_list("slug", flat=True)),
        "audience": service.audience,
        "neighbourhoods": list(service.neighbourhoods.values_list("slug", flat=True)),
        "words": service.words,
        **_filled(file_details_of(service)),
        "clock_kinds": [words.word("clock_kind", kind) for kind in service.clock_kinds],
    }


def _rules(partnership: Partnership) -> list[Rule]:
    current = partnership.rule_sets.filter(status=RuleSet.Status.PUBLISHED).first()
    if current is None:
        return []
    stored = current.rules.select_related("organisation", "team").prefetch_related("supporting")
    return [as_rule(rule) for rule in stored.order_by("position")]


def rule_to_file(rule: Rule) -> dict[str, Any]:
    """Return a rule with the keys of the schema, its conditions in the file's words."""
    to: dict[str, Any] = {"layers": sorted(rule.to.layers)}
    if rule.to.kind in {TargetKind.ORGANISATION, TargetKind.TEAM}:
        to[rule.to.kind.value] = rule.to.slug
    else:
        to[rule.to.kind.value] = True
    return _given(rule, "key", "name", "reason", "active_from", "active_until") | {
        "when": conditions.to_file(rule.when),
        "to": to,
        "supporting": list(rule.supporting),
    }
