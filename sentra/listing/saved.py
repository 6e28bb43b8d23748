"""Filters kept under a name: what of an address is kept, and that it is a filter of its list."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from sentra.filters.base import CatalogueFilter
from sentra.listing.declared import DeclaredList
from sentra.listing.layout import COLUMNS, ORDER
from sentra.models import SavedFilter
from sentra.models.listing import LONGEST_QUERY

# How many filters one person keeps of one list.
MOST_SAVED = 50


def essence(filterset: CatalogueFilter, query: QueryDict) -> str:
    """What of the address with the parameters `query` makes the list: its filter, order and columns, sorted by name.

    Empty where nothing is set. What else the widgets send, and the page, is left out.
    """
    kept = QueryDict(mutable=True)
    for name in sorted({*filterset.values, COLUMNS, ORDER}.intersection(query)):
        kept.setlist(name, query.getlist(name))
    return kept.urlencode()


def kept_query(declared: DeclaredList, query: QueryDict, user: User) -> str:
    """The essence of the address with the parameters `query`.

    Raises ValidationError with a sentence where the filter is wrong, sets nothing, or is too long.
    """
    filterset = declared.filtered(query, user)
    if not filterset.form.is_valid():
        raise ValidationError(
            _("Saringan ini belum bisa disimpan karena isiannya keliru. Perbaiki dahulu di daftarnya."), code="invalid"
        )
    text = essence(filterset, query)
    if not text:
        raise ValidationError(
            _("Belum ada yang disaring. Pasang saringan di daftarnya dahulu, lalu simpan."), code="nothing"
        )
    if len(text) > LONGEST_QUERY:
        raise ValidationError(_("Saringan ini terlalu panjang untuk disimpan. Kurangi isiannya."), code="too_long")
    return text


@transaction.atomic
def keep_filter(saved: SavedFilter, *, by: User) -> SavedFilter:
    """Store `saved`, new or changed. ValidationError where `by` keeps as many of this list already."""
    if saved._state.adding:
        saved.owner = saved.created_by = by
        if SavedFilter.objects.filter(owner=by, list_key=saved.list_key).count() >= MOST_SAVED:
            raise ValidationError(
                _("Anda sudah menyimpan %(most)s saringan untuk daftar ini. Hapus satu dahulu.") % {"most": MOST_SAVED},
                code="too_many",
            )
    saved.save()
    return saved
