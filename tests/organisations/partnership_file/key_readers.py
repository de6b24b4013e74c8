"""Where each key of the partnership file has its effect: a page, a message or a decision.

A row is the file that reads it and the words with which it does, outside of file, editor and
exchange. A key that nothing reads belongs out of the schema.
"""

FRONT = "organisations/front_door/configuration.py"
HOURS = "organisations/front_door/opening_times.py"
GOALS = "referrals/reports/goal_results.py"
DOOR = "templates/intake/ask/front_door.html"
PRIVACY = "intake/ask/views/front.py"
PRIVACY_PAGE = "templates/intake/ask/front_privacy.html"
TALK = "intake/ask/forms/talk.py"
SERVICE = "organisations/front_door/service_offers.py"
DETAILS = "organisations/services/details.py"
JSON_LD = "organisations/services/json_ld.py"
FOOD = "templates/intake/danger/help/voedselbank.html"
TERMS = "organisations/partnerships/retention_terms.py"
RULES = "organisations/front_door/stored_rules.py"
SESSIONS = "organisations/learning_sessions/schedule.py"
PLAN = "referrals/reminders/batch.py"
CHECKLIST = "organisations/partnership_editor/checklist.py"

# Keys that nothing reads outside of file and editor, each with its reason.
WITHOUT = {
    ("OpeningQuestion", "sleutel"): "names the row, so that its change is not another question",
}
READERS: dict[str, dict[str, tuple[str, str]]] = {
    "Heading": {
        "slug": ("organisations/front_door/middleware.py", "Q(slug=slug)"),
        "naam": ("welzijn/design_system/context_processors.py", "name=partnership.name"),
        "adres": ("organisations/front_door/middleware.py", "Q(hostname=host)"),
        "thema": ("welzijn/design_system/context_processors.py", '"theme"'),
        "talen": (FRONT, "partnership.languages"),
        "open": ("organisations/rehearsal/rehearsing.py", "partnership.live"),
        # The first page of a new partnership, and what is said when its door opens.
        "verzonnen": (CHECKLIST, '"verzonnen"'),
    },
    "Texts": {
        "welkom": (PRIVACY, "partnership.opening_text"),
        "uitgangspunten": (DOOR, "partnership.principles"),
        "slotvraag": ("referrals/case_page/views.py", "closing_question"),
    },
    "OpeningQuestion": {
        "vraag": (TALK, 'opening["question"]'),
        "vraag_je": (TALK, 'opening.get("informal")'),
        "uitleg": (TALK, 'opening.get("help")'),
    },
    "Term": {
        "woord": ("organisations/services/glossary.py", 'item["term"]'),
        "betekenis": ("organisations/services/glossary.py", 'item["meaning"]'),
        "ook": ("organisations/services/glossary.py", '"also"'),
    },
    "Desk": {
        "naam": (DOOR, "partnership.desk_name"),
        "telefoon": ("welzijn/design_system/context_processors.py", '"desk_phone"'),
        "email": ("templates/intake/ask/front_accessibility.html", "partnership.desk_email"),
        "adres": (DOOR, "partnership.desk_address"),
    },
    "FoodBank": {
        "naam": (FOOD, "food_bank.name"),
        "adres": (FOOD, "food_bank.address"),
        "telefoon": (FOOD, "food_bank.phone"),
        "open": (FOOD, "food_bank.hours"),
        "website": (FOOD, "food_bank.website"),
    },
    "StartingText": {
        "titel": ("referrals/casework_base/starting_texts.py", '"title"'),
        "tekst": ("referrals/casework_base/starting_texts.py", '"text"'),
        "soort": ("referrals/casework_base/starting_texts.py", '"kind"'),
        "organisatie": ("referrals/casework_base/starting_texts.py", '"organisation"'),
    },
    "ReadingHours": dict.fromkeys(
        ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
        (HOURS, "partnership.reading_hours"),
    ),
    "ClosingDay": {
        "dag": (HOURS, "closing_days"),
        "naam": (SESSIONS, 'closing_days.values_list("day", "name")'),
    },
    "Responsible": {
        "triageteam": (FRONT, "partnership.triage_team"),
        "contactpunt": (PRIVACY_PAGE, "joint_controller_contact"),
        "fg": (PRIVACY_PAGE, "privacy_officer_contact"),
        "dpia": ("referrals/privacy/views.py", "partnership.dpia_on"),
        "grondslag": (PRIVACY, "legal_basis"),
        "instemming_verdeelregels": ("organisations/rule_sets/consent.py", "rule_consent"),
    },
    "Retention": {
        **dict.fromkeys(("advies", "welzijn", "wmo", "schulden", "jeugdhulp"), (TERMS, "KINDS")),
        "inzagelog": (TERMS, "LOG"),
        "organisaties": (TERMS, '"organisations"'),
    },
    "RetentionOf": dict.fromkeys(
        ("organisatie", "advies", "welzijn", "wmo", "schulden", "jeugdhulp"),
        (TERMS, '"organisations"'),
    ),
    "Clocks": {
        "oppakken": ("intake/questions/legal_terms.py", "partnership.pick_up_within"),
        "gevaar_openen_minuten": (
            "referrals/reminders/danger_alarm.py",
            "partnership.danger_opened_within",
        ),
        "eerste_contact": ("intake/questions/legal_terms.py", "partnership.contact_within"),
        "antwoord_op_overdracht": (
            "referrals/handovers/state_machine.py",
            "partnership.handover_answer_within",
        ),
        "overdracht_omhoog": (PLAN, "partnership.handover_escalate_after"),
        "stil": (PLAN, "partnership.quiet_after"),
        "nazorg_weken": ("referrals/casework/close.py", "partnership.check_after_weeks"),
        "aanbod_bevestigen_maanden": (FRONT, "partnership.confirm_services_months"),
        "goede_vrijdag_dicht": (HOURS, "partnership.good_friday"),
        "bevrijdingsdag_dicht": (HOURS, "partnership.liberation_day"),
    },
    "Report": {
        "klein_getal": ("referrals/reports/choice.py", "partnership.small_number"),
        "spreiding": ("referrals/reports/publishing.py", "partnership.figure_spread"),
        "hoogstens": ("referrals/reports/publishing.py", "partnership.figure_bound"),
        "inwoners_bron": ("referrals/reports/inhabitants.py", '"source"'),
        "inwoners_jaar": ("referrals/reports/inhabitants.py", '"year"'),
        "open_data": ("referrals/reports/open_data.py", "partnership.open_data"),
    },
    "Assignment": {
        "naam": ("templates/referrals/reports/goals.html", "page.assignment.name"),
        "vanaf": ("templates/referrals/reports/goals.html", "page.assignment.since"),
        "tot_en_met": ("templates/referrals/reports/goals.html", "page.assignment.until"),
        "organisaties": ("referrals/reports/goal_page.py", 'assignment.get("organisations"'),
        "uitleg": ("templates/referrals/reports/goals.html", "page.assignment.explanation"),
    },
    "Goal": {
        "sleutel": (GOALS, 'goal["key"]'),
        "naam": (GOALS, 'goal["name"]'),
        "uitleg": (GOALS, 'goal["explanation"]'),
        "prioriteit": ("referrals/reports/indicators.py", 'goal["priority"]'),
        "leefgebieden": ("referrals/reports/indicators.py", '"life_domains"'),
        "indicatoren": ("referrals/reports/indicators.py", '"indicators"'),
    },
    "Indicator": {
        "sleutel": (GOALS, 'indicator["key"]'),
        "naam": (GOALS, '"name"'),
        "meet": ("referrals/reports/indicators.py", '"measure"'),
        "minstens": (GOALS, '"at_least"'),
        "hoogstens": (GOALS, '"at_most"'),
    },
    "Municipality": {
        "code": (FRONT, '"code"'),
        "naam": (FRONT, '"name", "client_support"'),
        "vanaf": ("organisations/partnerships/models.py", "valid_from__lte"),
        "tot_en_met": ("organisations/partnerships/models.py", "valid_until__gte"),
        "inwoners": ("referrals/reports/inhabitants.py", '"municipalities"'),
        "clientondersteuning": (FRONT, "client_support"),
        "opvolger": ("referrals/reports/categories.py", "successor"),
    },
    "Neighbourhood": {
        "slug": (FRONT, "n.slug"),
        "naam": (FRONT, "n.name"),
        "gemeente": (FRONT, "n.municipality_id"),
        "postcodes": (FRONT, "postcodes__postcode"),
        "tot_en_met": (FRONT, "until__gte=today"),
        "inwoners": ("referrals/reports/inhabitants.py", '"neighbourhoods"'),
        "grens": ("referrals/reports/maps.py", '"border"'),
        "leersessies": (SESSIONS, "learning_sessions"),
    },
    "LearningSession": {
        "naam": (SESSIONS, '"name"'),
        "iedere": (SESSIONS, '"every"'),
        "welke": (SESSIONS, '"which"'),
        "dag": (SESSIONS, '"weekday"'),
        "van": (SESSIONS, '"start"'),
        "tot": (SESSIONS, '"end"'),
        "plaats": (SESSIONS, '"place"'),
    },
    "Organisation": {
        "slug": (FRONT, "p.organisation.slug"),
        "naam": (FRONT, "p.organisation.name"),
        "soort": ("organisations/directory/display_names.py", "organisation.kind"),
        "omschrijving": (
            "templates/organisations/services/service.html",
            "service.organisation.description",
        ),
        "telefoon": (JSON_LD, "one.phone"),
        "email": ("intake/questions/responsible.py", "organisation.email"),
        "website": (JSON_LD, "one.website"),
        "toont_namen": (
            "organisations/directory/display_names.py",
            "organisation.shows_worker_names",
        ),
        "sinds": (FRONT, "p.since"),
        "tot_en_met": (FRONT, "p.until"),
        "pakt_op": (FRONT, "p.picks_up"),
        "brengt_in": (FRONT, "p.brings_in"),
        "vangnet": (FRONT, "p.safety_net"),
        "contactpersoon": (
            "templates/organisations/administration/role_proposals.html",
            "one.contact.contact_name",
        ),
        "contactpersoon_email": ("organisations/roles/proposals.py", "contact_email"),
        "coordinator": ("organisations/roles/first_coordinator.py", "coordinator_name"),
        "coordinator_email": ("organisations/roles/first_coordinator.py", "coordinator_email"),
    },
    "LifeDomain": {
        "slug": (FRONT, "d.slug"),
        "naam": (FRONT, "d.name"),
        "kort": (FRONT, "d.for_staff"),
        "uitleg": (FRONT, "d.explanation"),
        "woorden": ("organisations/services/catalogue.py", "d.words"),
        "tot_en_met": (FRONT, "until__gte=today"),
    },
    "Team": {
        "slug": (FRONT, "t.slug"),
        "naam": (FRONT, "t.name"),
        "organisatie": (FRONT, "t.organisation.slug"),
        "organisaties": (FRONT, "t.organisations.all()"),
        "wijken": (FRONT, "t.neighbourhoods.all()"),
        "omschrijving": ("templates/referrals/caseload/neighbourhood.html", "team.description"),
        "tot_en_met": (FRONT, "t.until"),
    },
    "Service": {
        "slug": (SERVICE, "service.slug"),
        "naam": (SERVICE, "service.name"),
        "organisatie": (SERVICE, "service.organisation.slug"),
        "omschrijving": (JSON_LD, "description"),
        "laag": (SERVICE, "service.layer"),
        "leefgebieden": (SERVICE, "service.life_domains"),
        "leeftijden": (SERVICE, "service.audience"),
        "wijken": (SERVICE, "service.neighbourhoods"),
        "woorden": ("organisations/services/catalogue.py", "s.words"),
        "wettelijk": (SERVICE, "service.clock_kinds"),
        "plaatsen": (SERVICE, "service.capacity"),
        "plek": (DETAILS, "found.place"),
        "tijden": (DETAILS, "found.moments"),
        "aanmelden": (DETAILS, "found.coming"),
        "kosten": (DETAILS, "found.cost"),
        "wachttijd_weken": (SERVICE, "service.waiting_weeks"),
        "website": ("templates/organisations/services/service.html", "service.url"),
        "sinds": (FRONT, "since__lte=today"),
        "tot_en_met": (FRONT, "until__gte=today"),
    },
    "RoutingRule": {
        "sleutel": (RULES, "key"),
        "naam": (RULES, "name"),
        "als": (RULES, "when"),
        "naar": (RULES, "to="),
        "reden": (RULES, "reason"),
        "ook_erbij": (RULES, "supporting"),
        "vanaf": (RULES, "active_from"),
        "tot_en_met": (RULES, "active_until"),
    },
    "Target": dict.fromkeys(
        (
            "organisatie",
            "team",
            "wijkteam",
            "passend_aanbod",
            "lagen",
            "gekoppelde_vraag",
            "triage",
        ),
        (RULES, "Target("),
    ),
    "Translation": dict.fromkeys(
        ("nl", "en", "ar", "tr", "pl", "uk"),
        ("organisations/partnerships/translations.py", "own.get(text)"),
    ),
}
