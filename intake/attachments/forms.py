"""The form with which a photo or PDF of a letter is added."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.attachments import services
from intake.attachments.files import Refusal, RefusedFileError
from intake.attachments.services import Examined

# Without HEIC: an iPhone then sends a JPEG of its photo.
PHOTOS = "image/jpeg,image/png,image/webp"


def in_words(why: Refusal) -> str:
    """Return the sentence at the field: what is wrong, and what to do."""
    return {
        Refusal.EMPTY: _("Dit bestand is leeg. Kies een ander bestand."),
        Refusal.TOO_BIG: _(
            "Dit bestand is groter dan 10 MB. Maak een nieuwe foto, of kies een kleiner bestand."
        ),
        Refusal.HEIC: _(
            "Dit is een HEIC-foto. Die kunnen wij niet openen. Maak hier een nieuwe foto, "
            "of maak een schermafbeelding van de foto en kies die."
        ),
        Refusal.UNKNOWN: _("Dit is geen foto of PDF. Kies een foto (JPG, PNG, WebP) of een PDF."),
        Refusal.BROKEN_PHOTO: _("Deze foto is beschadigd. Maak of kies de foto opnieuw."),
        Refusal.BROKEN_PDF: _("Deze PDF is beschadigd. Kies het bestand opnieuw."),
        Refusal.TOO_MANY_PIXELS: _(
            "Deze foto is te groot om te openen. Maak een nieuwe foto met de gewone camera."
        ),
        Refusal.INFECTED: _("In dit bestand zit een virus. Wij hebben het niet bewaard."),
        Refusal.TOO_MANY: _("Er passen niet meer bestanden bij. Haal er eerst een weg."),
        Refusal.BUSY: _(
            "Er komen nu veel bestanden binnen. Probeer het over tien minuten opnieuw, "
            "of ga verder zonder. Later toevoegen kan ook."
        ),
    }[why]


class FilesInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True

    def __init__(self, *, multiple: bool = True, **attrs: str) -> None:
        super().__init__({**attrs, **({"multiple": True} if multiple else {})})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[UploadedFile]:
        """Return all files of the field."""
        found: list[UploadedFile] = files.getlist(name) if hasattr(files, "getlist") else []
        return found


class FilesField(forms.Field):
    """Files that are examined one by one: `clean` returns (examined, errors)."""

    widget: type[FilesInput] = FilesInput

    def clean(self, value: Sequence[UploadedFile]) -> tuple[list[Examined], list[str]]:
        """Return the files that are fine, and a sentence for each that is not."""
        fine: list[Examined] = []
        wrong: list[str] = []
        for number, sent in enumerate(value or [], 1):
            try:
                fine.append(_examined(sent))
            except RefusedFileError as error:
                message = in_words(error.why)
                if len(value) > 1:
                    message = _("Bestand {n}: {said}").format(n=number, said=message)
                wrong.append(message)
        return fine, wrong


def _examined(sent: UploadedFile) -> Examined:
    # The upload handler keeps nothing of a file that is too big, but knows its size.
    if getattr(sent, "was_too_big", False):
        raise RefusedFileError(Refusal.TOO_BIG)
    return services.examine(sent.read())


class AttachmentForm(forms.Form):
    """Two ways to the same: the phone's camera, or a file that is there already.

    `examined` holds what may be stored, also where another file of the same form is refused.
    """

    photo = FilesField(
        label=gettext_lazy("Maak een foto"),
        required=False,
        widget=FilesInput(multiple=False, accept="image/*", capture="environment"),
    )
    letters = FilesField(
        label=gettext_lazy("Of kies een foto of PDF"),
        help_text=gettext_lazy("Elk bestand mag 10 MB groot zijn. Meer tegelijk kiezen kan."),
        required=False,
        widget=FilesInput(accept=f"{PHOTOS},application/pdf"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examined: list[Examined] = []
        for name in ("photo", "letters"):
            self.fields[name].says_optional = False  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Collect what may be stored, and say what is wrong at the field it was chosen in."""
        for name in ("photo", "letters"):
            fine, wrong = self.cleaned_data.get(name) or ([], [])
            self.examined += fine
            for message in wrong:
                self.add_error(name, message)
        if not self.examined and not self.errors:
            self.add_error("letters", _("Kies eerst een foto of PDF."))

    def refuse(self, why: Refusal) -> None:
        """Say that what was chosen can't be kept."""
        self.add_error("letters", in_words(why))


class StaffAttachmentForm(AttachmentForm):
    """The same for staff, who say whether the resident sees it."""

    for_resident = forms.BooleanField(
        label=gettext_lazy("De inwoner ziet dit op de eigen pagina"), required=False, initial=True
    )
