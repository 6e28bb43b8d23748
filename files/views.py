"""Serves uploaded files, each only after asking who may open it; the original of a picture is never served."""

import logging
from pathlib import PurePath
from uuid import UUID

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from files.access import visible_files
from files.models import StoredFile

logger = logging.getLogger(__name__)

# The content of an address never changes, so the browser may show a picture again without asking for a day.
PICTURE_CACHING = "private, max-age=86400"
PAPER_CACHING = "private, no-cache"
# SECURITY: whatever a file contains, opened by itself it runs nothing, loads nothing and is of no origin.
FILE_POLICY = "default-src 'none'; sandbox"


@require_safe
def file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A picture as its re-encoded preview, a PDF as an attachment."""
    stored = get_object_or_404(visible_files(request.user), pk=pk)
    if stored.is_image:
        return _serve(request, stored, stored.preview, caching=PICTURE_CACHING)
    return _serve(request, stored, stored.original, caching=PAPER_CACHING)


@require_safe
def medium(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The copy of a large picture for the screen of a phone; 404 where there is none."""
    stored = get_object_or_404(visible_files(request.user).exclude(medium=""), pk=pk)
    return _serve(request, stored, stored.medium, caching=PICTURE_CACHING)


@require_safe
def thumbnail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The small copy of a picture; 404 for a PDF."""
    stored = get_object_or_404(visible_files(request.user).exclude(thumbnail=""), pk=pk)
    return _serve(request, stored, stored.thumbnail, caching=PICTURE_CACHING)


def _serve(request: HttpRequest, stored: StoredFile, content: FieldFile, *, caching: str) -> HttpResponseBase:
    etag = f'"{stored.sha256[:32]}-{content.field.name}"'
    response = get_conditional_response(request, etag=etag) or _stream(stored, content)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = caching
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _stream(stored: StoredFile, content: FieldFile) -> FileResponse:
    try:
        opened = content.storage.open(content.name, "rb")
    except FileNotFoundError:
        logger.error("The %s of file %s is missing in the storage.", content.field.name, stored.pk)
        raise Http404 from None
    if stored.is_image:
        return FileResponse(opened, content_type="image/jpeg", filename=f"{PurePath(stored.name).stem}.jpg")
    return FileResponse(opened, content_type=stored.content_type, filename=stored.name, as_attachment=True)
