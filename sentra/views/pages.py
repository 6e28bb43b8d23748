"""What the pages of sentra, IKM and products share: rows named in an address."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from sentra.forms.choices import is_key
from sentra.models import Certificate
from sentra.models.parts import CatalogueQuerySet
from sentra.permissions import Record, can_edit, works_on


def named_in_address(request: HttpRequest, name: str, rows: QuerySet) -> Model | None:
    """The row whose key stands in the address (`?sentra=<uuid>`), None where none stands; 404 where it is not seen."""
    key = request.GET.get(name)
    if not key:
        return None
    if not is_key(key):
        raise Http404
    return get_object_or_404(rows, pk=key)


def editable(request: HttpRequest, rows: CatalogueQuerySet, pk: UUID) -> Record:
    """The row `pk`: 404 where the user does not see it, 403 where the user sees it and may not change it."""
    record = get_object_or_404(rows.visible_to(request.user), pk=pk)
    refuse_deactivated(record)
    if not can_edit(request.user, record):
        raise PermissionDenied
    return record


def sendable(request: HttpRequest, rows: CatalogueQuerySet, pk: UUID) -> Record:
    """The row `pk` for a form that was sent: as `editable`, but one that was taken out of use meanwhile comes along.

    The form is a `UsedForm` or refuses it likewise, with all that was typed.
    """
    record = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if not works_on(request.user, record):
        raise PermissionDenied
    return record


def refuse_deactivated(record: Record | Certificate) -> None:
    """PermissionDenied with a sentence where `record` is out of use."""
    if not record.is_in_use:
        raise PermissionDenied(
            _("%(name)s sudah dinonaktifkan, jadi tidak dapat diubah. Verifikator dapat mengaktifkannya lagi.")
            % {"name": record}
        )
