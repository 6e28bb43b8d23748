"""What taking a product or a certificate out of use does to assessments; registered with `sentra.deactivation`."""

from django.utils.translation import gettext as _

from assessment.models import Assessment, Evidence
from sentra.deactivation import Effect, Target, register_effects
from sentra.models import Certificate, Product


def effects_of(record: Target) -> list[Effect]:
    """An open assessment stops it; closed ones and evidence stay. Up to 2 queries."""
    if isinstance(record, Product):
        return _of_product(record)
    if isinstance(record, Certificate):
        return _of_certificate(record)
    return []


def _of_product(product: Product) -> list[Effect]:
    effects = []
    sentence = _("Produk ini sedang dinilai (%(situation)s). Selesaikan atau tarik dahulu penilaiannya.")
    for assessment in Assessment.objects.open().filter(product=product).select_related("wilayah"):
        words = {"situation": assessment.situation[:1].lower() + assessment.situation[1:]}
        effects.append(Effect(sentence % words, True, product.get_absolute_url()))
    if closed := Assessment.objects.filter(product=product).exclude(state__in=Assessment.OPEN).count():
        sentence = _("%(count)s penilaian yang sudah selesai tetap tersimpan dan dapat dibuka.")
        effects.append(Effect(sentence % {"count": closed}))
    return effects


def _of_certificate(certificate: Certificate) -> list[Effect]:
    standing = Evidence.objects.filter(certificate=certificate, assessment__state__in=Assessment.OPEN)
    if not (count := standing.values("assessment").distinct().count()):
        return []
    sentence = _(
        "Surat ini tetap menjadi bukti pada %(count)s penilaian yang terbuka, tetapi tidak memenuhi syaratnya."
    )
    return [Effect(sentence % {"count": count})]


def register() -> None:
    register_effects("assessment", effects_of)
