"""What a timeline tells of photos and PDFs."""

from django.utils.translation import gettext_noop

from intake.questions.sentences import declare

BY_RESIDENT = declare(
    "attachment.by_resident",
    gettext_noop("U heeft een brief of foto toegevoegd."),
    staff=gettext_noop("De inwoner voegde een brief of foto toe."),
)
BY_STAFF = declare(
    "attachment.by_staff",
    gettext_noop("Wij hebben een brief of foto aan uw vraag toegevoegd."),
    staff=gettext_noop("{by} voegde een brief of foto toe."),
)
FOR_COLLEAGUES = declare(
    "attachment.for_colleagues",
    "",
    colleagues=gettext_noop("Brief of foto toegevoegd, alleen voor collega's."),
)
REMOVED_BY_RESIDENT = declare(
    "attachment.removed_by_resident",
    gettext_noop("U heeft een brief of foto weggehaald."),
    staff=gettext_noop("De inwoner haalde een brief of foto weg."),
)
REMOVED_BY_STAFF = declare(
    "attachment.removed_by_staff",
    gettext_noop("Wij hebben een brief of foto weggehaald. Die hoorde niet bij uw vraag."),
    staff=gettext_noop("{by} haalde een brief of foto weg: hoorde niet bij deze vraag."),
)
REMOVED_FOR_COLLEAGUES = declare(
    "attachment.removed_for_colleagues",
    "",
    colleagues=gettext_noop("Brief of foto weggehaald: hoorde niet bij deze vraag."),
)
NOT_SAFE = declare(
    "attachment.not_safe",
    gettext_noop("Een bestand bij uw vraag was niet veilig. Wij hebben het weggegooid."),
    staff=gettext_noop("Een bestand was niet veilig en is weggegooid."),
)
