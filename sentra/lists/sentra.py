"""The list of sentra."""

from collections.abc import Sequence
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sentra import catalogue
from sentra.filters import SentraFilter
from sentra.listing.columns import Column
from sentra.listing.declared import DeclaredList, register
from sentra.listing.seen import seen
from sentra.lists import common
from sentra.models import Sentra
from sentra.models.sentra import SentraQuerySet


def _drawn(rows: SentraQuerySet) -> SentraQuerySet:
    return rows.with_units().with_decree()


def _prepare(user: User, rows: Sequence[Sentra]) -> None:
    for row in rows:
        row.recognition = catalogue.recognition_of(row)


SENTRA_LIST = register(
    DeclaredList(
        key="sentra",
        url_name="sentra:list",
        noun=_("sentra"),
        filter_class=SentraFilter,
        rows=lambda user: seen(Sentra.objects.all(), user),
        reads=("name", *common.NAMED_BY),
        drawn=_drawn,
        prepare=_prepare,
        columns=(
            Column("nama", _("Sentra"), css="f", order="nama"),
            Column(
                "komoditas",
                _("Komoditas, cabang"),
                css="f",
                shows=attrgetter("commodity", "branch.name"),
                reads=("commodity", "branch__name"),
            ),
            Column("unit", _("Unit usaha"), css="so-num", shows=attrgetter("recognition.units")),
            Column("pengakuan", _("Pengakuan"), shows=attrgetter("recognition")),
            Column(
                "keadaan",
                _("Keadaan"),
                shows=attrgetter("state", "is_in_use", "checked_on"),
                reads=("state", "checked_on"),
            ),
            Column(
                "hasil", _("Hasil terbaik"), css="f", shows=attrgetter("best_star"), adds=SentraQuerySet.with_best_star
            ),
            Column("berdiri", _("Berdiri"), shown=False, named=True, reads=("founded",)),
            Column("kbli", _("KBLI"), shown=False, named=True, reads=("kbli", "kbli_edition")),
            Column("posisi", _("Posisi"), shown=False, shows=attrgetter("has_position"), reads=("latitude",)),
            common.CHANGED,
            common.RECORDED,
            common.RECORDED_BY,
        ),
        orders=(common.BY_NAME, common.BY_PLACE, common.BY_CHANGE, common.BY_RECORDING),
        cells="sentra/sentra/cells.html",
    )
)
