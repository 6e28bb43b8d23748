"""What is done with catalogue records and what follows from them: saving, units, recognition, who judged a product."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from files.intake import Checked, store
from files.removal import remove
from sentra.models import IKM, Contact, Product, Sentra
from sentra.models.sentra import UNITS_REQUIRED
from sentra.permissions import Record, can_edit, can_put_into
from wilayah import names
from wilayah.zones import zone_of


@dataclass(frozen=True)
class Units:
    """How many business units a sentra has: the larger of its active IKM and the units of its latest yearly figures.

    `year` is that of the figures where they are the larger, `ikm` then the number of active IKM; None: `count` is the
    active IKM themselves.
    """

    count: int
    year: int | None = None
    ikm: int | None = None

    @property
    def missing(self) -> int:
        """How many units are still wanting to the five the law asks for."""
        return max(UNITS_REQUIRED - self.count, 0)


@dataclass(frozen=True)
class Recognition:
    """Why a sentra is recognised (diakui) or not: five units (PP 29/2018 pasal 1) and a decree that holds today."""

    units: Units
    has_decree: bool

    @property
    def is_recognised(self) -> bool:
        return self.has_decree and not self.units.missing


def units_of(sentra: Sentra) -> Units:
    """The business units of `sentra`, see `Units`. One query, none on a row from `with_units()`."""
    if not hasattr(sentra, "figures_units"):
        sentra = Sentra.objects.with_units().get(pk=sentra.pk)
    if (sentra.figures_units or 0) > sentra.ikm_count:
        return Units(sentra.figures_units, sentra.figures_year, sentra.ikm_count)
    return Units(sentra.ikm_count)


def recognition_of(sentra: Sentra) -> Recognition:
    """Up to two queries, none on a row from `with_units().with_decree()`."""
    has_decree = getattr(sentra, "has_decree", None)
    if has_decree is None:
        has_decree = sentra.certificate_set.in_use().valid_on(timezone.localdate()).filter(kind="sk_sentra").exists()
    return Recognition(units_of(sentra), has_decree)


def is_recognised(sentra: Sentra) -> bool:
    """Whether `sentra` is diakui; see `Recognition`."""
    return recognition_of(sentra).is_recognised


def judge_of(product: Product) -> str:
    """Who gave the present result, by name: the dinas of the kabupaten/kota or province, or the ministry."""
    line = product.wilayah.line
    return {
        "kabkota": names.dinas_name(line),
        "provinsi": names.dinas_name(line[:1]),
        "kementerian": names.MINISTRY,
    }.get(product.star_authority, product.star_authority)


@transaction.atomic
def save_sentra(*, sentra: Sentra, by: User) -> Sentra:
    """Store `sentra` as its form filled it. PermissionDenied where it does not end up inside a duty of `by`."""
    return _save(sentra, by)


def mark_seen(*, sentra: Sentra, state: str) -> None:
    """Record that `sentra` was found in `state` today, by the clock of its own area."""
    sentra.state, sentra.checked_on = state, today_in(sentra)
    sentra.save(update_fields=["state", "checked_on"])


def today_in(record: Record) -> date:
    """The day it is where `record` lies."""
    return timezone.localdate(timezone=zone_of(record.wilayah_id).tzinfo)


@transaction.atomic
def save_ikm(*, ikm: IKM, by: User, contact: Contact | None = None, nib_paper: Checked | None = None) -> IKM:
    """Store the paper of its NIB where one was uploaded, then `ikm`, then its contact where one is given.

    A replaced paper goes, unless something else stands on it. PermissionDenied where the IKM does not end up inside a
    duty of `by`, or in another sentra than before that is not open to `by`. Its products move along by trigger.
    """
    _refuse_closed_sentra(ikm, by)
    replaced = ikm.nib_file if nib_paper is not None else None
    if nib_paper is not None:
        ikm.nib_file = store(nib_paper, by=by)
    _save(ikm, by)
    if replaced is not None:
        remove(replaced)
    if contact is not None:
        contact.ikm = ikm
        contact.save()
        ikm.refresh_from_db(fields=["revision"])
    return ikm


def _refuse_closed_sentra(ikm: IKM, by: User) -> None:
    """A sentra the IKM already stands in stays possible, whoever edits the IKM."""
    stored = IKM.objects.filter(pk=ikm.pk).values_list("sentra", flat=True).first()
    if ikm.sentra_id and ikm.sentra_id != stored and not can_put_into(by, ikm.sentra):
        raise PermissionDenied


@transaction.atomic
def save_product(*, product: Product, by: User) -> Product:
    """Store `product`; the database takes its area from the maker. PermissionDenied as for the others."""
    return _save(product, by)


def _save(record: Record, by: User) -> Record:
    if record._state.adding:
        record.created_by = by
        record.save(force_insert=True)
    else:
        record.save()
    record.refresh_from_db(fields=["revision", "wilayah"])
    # SECURITY: asked of what now stands in the database, in the same transaction, whatever the form let through.
    if not can_edit(by, record):
        raise PermissionDenied
    return record
