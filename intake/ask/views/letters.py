"""The page "Ik heb een brief": photos and PDFs that go along with a question not sent yet."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from intake.ask.conversation import Conversation, Step
from intake.ask.views.conversation_storage import load_conversation, path_of, save_and_redirect
from intake.ask.views.guards import Door, public_page, render_page
from intake.attachments import drafts
from intake.attachments.files import Refusal, RefusedFileError
from intake.attachments.forms import AttachmentForm
from intake.attachments.models import MOST_OF_RESIDENT
from intake.attachments.serving import as_response
from intake.floods import gate
from welzijn.core import refused_forms


@require_http_methods(["GET", "HEAD", "POST"])
@public_page
def letters(request: HttpRequest, door: Door) -> HttpResponse:
    """Show what goes along and the form; add or remove a file.

    Only with a draft: the button that leads here stored one, with the words of its page.
    """
    conversation, known = load_conversation(request, door)
    if conversation.receipt:
        return redirect("ask_done")
    if not known:
        return redirect(path_of(Step.START))
    kept_form = conversation.refused.get("letters")
    form = AttachmentForm(refused_forms.sent(kept_form) if kept_form else None)
    if kept_form:
        refused_forms.show(form, kept_form)
    if request.method == "POST":
        if "weghalen" in request.POST:
            return _removed(request, door, conversation)
        form = AttachmentForm(request.POST, request.FILES)
        form.is_valid()
        kept = _keep(request, door, conversation, form)
        wrong = bool(form.errors) or not kept
        conversation.refused = {"letters": refused_forms.pack(form)} if wrong else {}
        return save_and_redirect(request, door, conversation, reverse("ask_letters"))
    return _page(request, conversation, form)


def _keep(
    request: HttpRequest, door: Door, conversation: Conversation, form: AttachmentForm
) -> bool:
    """Keep what is fine, also where another file of the same form is refused."""
    if not form.examined:
        return False
    if gate.load(request, door.partnership.id, "file", door.now).busy:
        form.refuse(Refusal.BUSY)
        return False
    for one in form.examined:
        try:
            drafts.add(secret=conversation.files_secret, one=one, now=door.now)
        except RefusedFileError as error:
            form.refuse(error.why)
            return False
        conversation.has_files = True
    return True


def _removed(request: HttpRequest, door: Door, conversation: Conversation) -> HttpResponse:
    try:
        drafts.remove(conversation.files_secret, UUID(request.POST["weghalen"]))
    except ValueError:
        raise Http404 from None
    conversation.refused = {}
    return save_and_redirect(request, door, conversation, reverse("ask_letters"))


def _page(request: HttpRequest, conversation: Conversation, form: AttachmentForm) -> HttpResponse:
    kept = drafts.listing(conversation.files_secret)
    context = {
        "form": form,
        "kept": kept,
        "left": MOST_OF_RESIDENT - len(kept),
        "back": path_of(_came_from(conversation)),
        "goes_on": path_of(conversation.first_unanswered),
        "je": conversation.says_je,
        "in_danger": conversation.in_danger,
        "talk": conversation,
    }
    return render_page(request, "intake/ask/letters.html", context)


def _came_from(conversation: Conversation) -> Step:
    first = conversation.steps[0]
    return Step.WORDS if first == Step.START else first


@require_safe
@public_page
def letter(request: HttpRequest, door: Door, file_id: UUID) -> HttpResponse:
    """Answer with a file of this browser's own draft."""
    conversation, _known = load_conversation(request, door)
    found = drafts.content(conversation.files_secret, file_id)
    if found is None:
        raise Http404
    about, data = found
    return as_response(about.media_type, data)
