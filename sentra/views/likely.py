"""Which records are like the one being typed, asked by a script before anything is sent (static/js/twin-hint.js)."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, JsonResponse, QueryDict
from django.views.decorators.http import require_safe

from accounts.models import User
from outbox.text import one_line
from sentra import permissions
from sentra.duplicates import named_twins
from sentra.forms.choices import is_key
from sentra.models import IKM, Branch, Product, Sentra
from sentra.permissions import Record

SHORTEST_NAME, LONGEST_NAME = 3, 150


@require_safe
def index(request: HttpRequest, model: type[Record]) -> JsonResponse:
    """Name, place and address of at most five records that the user sees; no contact data, nothing of other areas."""
    if not permissions.can_add(request.user):
        raise PermissionDenied
    found = named_twins(_described(request.GET, model, request.user), request.user)
    hits = [{"name": row.name, "place": row.wilayah.place_name, "address": row.get_absolute_url()} for row in found]
    return JsonResponse({"hits": hits})


def _described(typed: QueryDict, model: type[Record], user: User) -> Record:
    """The record as far as it is typed; what makes no sense is left out."""
    told = {key: one_line(typed.get(key, ""))[:LONGEST_NAME] for key in ("name", "commodity", "wilayah", "branch")}
    name = told["name"]
    record = model(name=name if len(name) >= SHORTEST_NAME else "")
    if is_key(typed.get("id")):
        record.pk = UUID(typed["id"])
    if model is Product:
        record.ikm = _seen(IKM, typed.get("ikm"), user)
        record.sentra = _seen(Sentra, typed.get("sentra"), user)
        return record
    record.wilayah_id = told["wilayah"]
    if model is Sentra:
        record.commodity = told["commodity"]
    else:
        record.sentra = _seen(Sentra, typed.get("sentra"), user)
        record.branch = Branch.objects.filter(pk=told["branch"]).first()
    return record


def _seen(model: type[Model], key: str | None, user: User) -> Model | None:
    return model.objects.visible_to(user).filter(pk=key).first() if is_key(key) else None
