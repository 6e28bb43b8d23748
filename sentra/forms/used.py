"""Forms that find what they are about taken out of use: they keep all that was typed, and say what can be done."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from outbox.forms import RecordForm
from sentra.models import Certificate
from sentra.permissions import Record
from wilayah.zones import zone_of


def deactivation_sentence(record: Record | Certificate) -> str:
    """Who took `record` out of use, when and why. A query for the name."""
    zone = zone_of(record.wilayah_id)
    when = date_format(timezone.localtime(record.deactivated_at, zone.tzinfo), "j F Y, H.i")
    return _("%(name)s dinonaktifkan %(who)s pada %(when)s, dengan alasan “%(reason)s”.") % {
        "name": record,
        "who": record.deactivated_by,
        "when": f"{when} {zone.label}",
        "reason": record.deactivation_reason.rstrip("."),
    }


def out_of_use_sentence(record: Record | Certificate) -> str:
    """Who took `record` out of use, that nothing typed is lost, and who can bring it back."""
    kept = _(
        "Isian Anda belum tersimpan dan tetap di bawah ini. Minta verifikator wilayah ini mengaktifkannya lagi, lalu"
        " simpan sekali lagi."
    )
    return f"{deactivation_sentence(record)} {kept}"


class UsedForm(RecordForm):
    """A form over a record of the catalogue, or over a paper, a photo or a note about one."""

    @cached_property
    def out_of_use(self) -> Record | Certificate | None:
        """The record itself or the one it is about, where it was taken out of use."""
        found = (self.instance, getattr(self.instance, "subject", None))
        return next((one for one in found if one is not None and not getattr(one, "is_in_use", True)), None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.out_of_use:
            self.refuse_stale(out_of_use_sentence(self.out_of_use))
        return cleaned
