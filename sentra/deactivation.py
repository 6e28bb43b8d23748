"""Taking a record out of use and bringing it back. What it does is said before, and nothing goes along silently.

What stands on a record goes first: the members of a sentra, the products of an IKM, an open assessment. So a list or a
count never has to look further than the row itself, and the database refuses the rest (`sentra/models/in_use.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from sentra.models import IKM, Certificate, Comparison, Product, Sentra, YearlyFigures
from sentra.models.sentra import UNITS_REQUIRED
from sentra.permissions import can_deactivate

Target = Sentra | IKM | Product | Certificate


@dataclass(frozen=True)
class Effect:
    """One sentence about what follows. `stops`: it has to be settled first; `href` leads to where."""

    sentence: str
    stops: bool = False
    href: str = ""


class NotPossible(Exception):
    """Something has to be settled first; `effects` say what."""

    def __init__(self, effects: list[Effect]) -> None:
        super().__init__(" ".join(effect.sentence for effect in effects))
        self.effects = effects


EffectMaker = Callable[[Target], list[Effect]]

_effect_makers: dict[str, EffectMaker] = {}


def register_effects(name: str, maker: EffectMaker) -> None:
    """Let a room above say what a deactivation does there; again under the same name replaces the former entry."""
    _effect_makers[name] = maker


def effects_of(record: Target) -> list[Effect]:
    """What taking `record` out of use does, what stops it first. Up to seven queries, and those of the rooms above."""
    of_kind = {Sentra: _of_sentra, IKM: _of_ikm, Product: _of_product, Certificate: _of_certificate}
    effects = of_kind[type(record)](record)
    for name in sorted(_effect_makers):
        effects += _effect_makers[name](record)
    if not isinstance(record, Certificate):
        effects += _on_papers(record) + _on_figures(record) + _on_comparisons(record)
    return sorted(effects, key=lambda effect: not effect.stops)


def obstacles_to_return(record: Target) -> list[Effect]:
    """What has to be settled before `record` can be used again; up to two queries."""
    if isinstance(record, IKM):
        return _out_of_use(record.sentra) + _nib_taken(record)
    if isinstance(record, Product):
        return _out_of_use(record.ikm, record.sentra)
    if isinstance(record, Certificate):
        return _out_of_use(record.subject) + _number_taken(record)
    return []


@transaction.atomic
def deactivate(*, record: Target, reason: str, by: User) -> None:
    """Take `record`, locked by the caller (FOR UPDATE), out of use.

    Raises PermissionDenied for who may not, NotPossible where something in use stands on it.
    """
    if not can_deactivate(by, record):
        raise PermissionDenied
    if stopping := [effect for effect in effects_of(record) if effect.stops]:
        raise NotPossible(stopping)
    record.deactivated_at, record.deactivated_by, record.deactivation_reason = timezone.now(), by, reason
    record.save(update_fields=["deactivated_at", "deactivated_by", "deactivation_reason"])


@transaction.atomic
def bring_back(*, record: Target, by: User) -> None:
    """Use `record` again; an anchor whose sentra has another one by now comes back as a plain member.

    Raises PermissionDenied for who may not, NotPossible where something it stands on or its number is not free.
    """
    if not can_deactivate(by, record):
        raise PermissionDenied
    if obstacles := obstacles_to_return(record):
        raise NotPossible(obstacles)
    record.deactivated_at, record.deactivated_by, record.deactivation_reason = None, None, ""
    if loses_anchor(record):
        record.is_anchor = False
    record.save()


def loses_anchor(record: Target) -> bool:
    """Whether an anchor out of use would find another one in its sentra; one query for an anchor."""
    if not isinstance(record, IKM) or not record.is_anchor:
        return False
    return IKM.objects.in_use().filter(sentra=record.sentra_id, is_anchor=True).exclude(pk=record.pk).exists()


def _of_sentra(sentra: Sentra) -> list[Effect]:
    effects = []
    if members := sentra.ikm_set.in_use().count():
        sentence = _("%(count)s IKM masih tercatat di sentra ini. Pindahkan ke sentra lain, atau nonaktifkan dahulu.")
        effects.append(Effect(sentence % {"count": members}, True, sentra.get_absolute_url()))
    if own := sentra.product_set.in_use().filter(ikm=None).count():
        sentence = _("%(count)s produk bersama masih tercatat di sentra ini. Nonaktifkan dahulu produknya.")
        effects.append(Effect(sentence % {"count": own}, True, sentra.get_absolute_url()))
    return effects


def _of_ikm(ikm: IKM) -> list[Effect]:
    effects = []
    if products := ikm.product_set.in_use().count():
        sentence = _("%(count)s produk IKM ini masih tercatat. Nonaktifkan dahulu produknya, atau pilih pembuat lain.")
        effects.append(Effect(sentence % {"count": products}, True, ikm.get_absolute_url()))
    if ikm.sentra and ikm.state == IKM.State.ACTIVE:
        effects.append(Effect(_units_left(ikm.sentra)))
    if ikm.is_anchor:
        effects.append(Effect(_("%(sentra)s tidak lagi punya IKM penghela.") % {"sentra": ikm.sentra}))
    if ikm.nib:
        effects.append(Effect(_("NIB %(nib)s dapat dicatat pada IKM lain.") % {"nib": ikm.nib}))
    return effects


def _units_left(sentra: Sentra) -> str:
    before = sentra.ikm_set.active().count()
    words = {"sentra": sentra, "before": before, "after": before - 1, "required": UNITS_REQUIRED}
    if before == UNITS_REQUIRED:
        return (
            _("IKM aktif %(sentra)s berkurang dari %(before)s menjadi %(after)s, di bawah syarat %(required)s unit.")
            % words
        )
    return _("IKM aktif %(sentra)s berkurang dari %(before)s menjadi %(after)s.") % words


def _of_product(product: Product) -> list[Effect]:
    if product.star is None or product.result_has_lapsed:
        return []
    sentence = _("Hasil penilaiannya masih berlaku, tetapi tidak lagi dihitung. Keputusannya tetap tersimpan.")
    return [Effect(sentence)]


def _of_certificate(certificate: Certificate) -> list[Effect]:
    if certificate.kind == Certificate.Kind.SK_SENTRA:
        sentence = _("SK ini tidak lagi dihitung untuk pengakuan %(sentra)s.") % {"sentra": certificate.sentra}
    else:
        sentence = _("Surat ini tidak lagi dihitung pada syarat penilaian dan pengingat masa berlaku.")
    return [Effect(sentence)]


def _on_papers(record: Sentra | IKM | Product) -> list[Effect]:
    papers = record.certificate_set.in_use().count()
    sentence = _("%(count)s suratnya ikut tersembunyi dan tampil lagi bila data ini diaktifkan.")
    return [Effect(sentence % {"count": papers})] if papers else []


def _on_figures(record: Sentra | IKM | Product) -> list[Effect]:
    if isinstance(record, Product):
        return []
    years = YearlyFigures.objects.filter(**{record._meta.model_name: record}).count()
    sentence = _("Angkanya dari %(count)s tahun tetap tersimpan, tetapi tidak lagi dijumlahkan.")
    return [Effect(sentence % {"count": years})] if years else []


def _on_comparisons(record: Sentra | IKM | Product) -> list[Effect]:
    waiting = Comparison.objects.about(record).waiting(record._meta.model_name).count()
    sentence = _("%(count)s pasangan data kembar tidak lagi menunggu di daftar verifikator.")
    return [Effect(sentence % {"count": waiting})] if waiting else []


def _out_of_use(*makers: Sentra | IKM | Product | None) -> list[Effect]:
    sentence = _("%(name)s juga dinonaktifkan. Aktifkan dahulu yang itu.")
    return [
        Effect(sentence % {"name": maker}, True, maker.get_absolute_url())
        for maker in makers
        if maker is not None and not maker.is_in_use
    ]


def _nib_taken(ikm: IKM) -> list[Effect]:
    if not ikm.nib or not IKM.objects.in_use().filter(nib=ikm.nib).exclude(pk=ikm.pk).exists():
        return []
    sentence = _("NIB %(nib)s sudah tercatat pada IKM lain. Betulkan dahulu NIB pada IKM itu.")
    return [Effect(sentence % {"nib": ikm.nib}, True)]


def _number_taken(certificate: Certificate) -> list[Effect]:
    same = Certificate.objects.in_use().about(certificate.subject)
    again = same.filter(kind=certificate.kind).same_number(certificate.number).exclude(pk=certificate.pk).first()
    if again is None:
        return []
    sentence = _("Surat dengan jenis dan nomor yang sama sudah tercatat lagi.")
    return [Effect(sentence, True, again.get_absolute_url())]
