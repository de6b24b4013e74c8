"""Answer with a file: out of every cache, in a sandbox, never as a page of ours."""

from django.http import HttpResponse

from intake.attachments.models import MediaType

# Neutral, because others may use the same phone or computer.
_NAMES: dict[str, str] = {MediaType.JPEG: "brief.jpg", MediaType.PDF: "brief.pdf"}


def as_response(media_type: str, data: bytes) -> HttpResponse:
    """Return a response with the file: a photo to look at, a PDF to download.

    A photo was encoded by us. A PDF is somebody else's: it is downloaded, and where a browser opens
    it all the same, the sandbox gives it no script, form or origin.
    """
    kind = "inline" if media_type == MediaType.JPEG else "attachment"
    return HttpResponse(
        data,
        content_type=str(media_type),
        headers={
            "Content-Disposition": f'{kind}; filename="{_NAMES[media_type]}"',
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
