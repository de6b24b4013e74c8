"""Who may enter the screens of keeping a partnership, and sign-on; part of `permission_rows`."""

from typing import Any

GET, POST = "get", "post"
BOSS = frozenset({"administrator"})
COORDINATORS = frozenset({"coordinator_own", "coordinator_other"})
PLACE = COORDINATORS | {"lead_of_place"}
PARTNERSHIP_ROWS: dict[str, tuple[str, Any]] = {
    **dict.fromkeys(
        [
            "administration_settings",
            "partnership_changes",
            "partnership_change",
            "partnership_texts",
        ],
        (GET, BOSS | PLACE),
    ),
    "partnership_start": (GET, BOSS),
    "partnership_rehearse": (POST, BOSS),
    # The scenario's section is the services: of a coordinator, not of a neighbourhood lead.
    **dict.fromkeys(["partnership_section", "partnership_new_row"], (GET, BOSS | COORDINATORS)),
    **dict.fromkeys(["partnership_file", "partnership_download"], (GET, BOSS)),
    "partnership_row": (GET, BOSS | {"coordinator_own"}),
    # Services have no order and are never removed.
    **dict.fromkeys(["partnership_move_row", "partnership_remove_row"], (POST, set())),
    **dict.fromkeys(["partnership_put_back", "partnership_text_decide"], (POST, BOSS | PLACE)),
    **dict.fromkeys(["sign_on_provider", "sign_on_roles", "sign_on_scim"], (GET, BOSS)),
    "sign_on": (GET, BOSS | COORDINATORS),
    "sign_on_decide": (POST, BOSS | COORDINATORS),
}
