"""The permission matrix of services: who keeps them, and what is brought in or goes out."""

from typing import Any

from tests.invariants.public_rows import GET, POST, PUBLIC

KEEPERS = frozenset({"coordinator_own", "administrator"})  # of the service of the own organisation
BOSS = frozenset({"administrator"})
BRING = frozenset({"coordinator_own", "coordinator_other", "administrator"})
OFFER_ROWS: dict[str, tuple[str, Any]] = {
    "service_change": (GET, KEEPERS),
    **dict.fromkeys(["service_answer", "service_room"], (POST, KEEPERS)),
    "services_import": (GET, BRING),
    **dict.fromkeys(["services_import_preview", "services_import_load"], (POST, BRING)),
    # Many people at once, and everybody for the yearly review.
    **dict.fromkeys(["administration_many", "people_review", "colleague_leaves"], (GET, BOSS)),
    **dict.fromkeys(["administration_many_carry_out", "people_review_download"], (POST, BOSS)),
    # HSDS: public data for other systems.
    **dict.fromkeys(
        [
            "services_hsds",
            "hsds_information",
            "hsds_openapi",
            "hsds_services",
            "hsds_service",
            "hsds_organisations",
            "hsds_organisation",
            "hsds_taxonomies",
            "hsds_taxonomy",
            "hsds_terms",
            "hsds_term",
            "hsds_locations",
            "hsds_location",
        ],
        (GET, PUBLIC),
    ),
}
