"""What the forms of sentra and IKM share: an area inside one's duty, and a position taken by the phone or typed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from outbox.forms import DraftInput
from sentra.forms.fields import CoordinateField
from sentra.forms.steps import Step, StepForm
from sentra.models.parts import EAST, FIRST_POSITION_AT, NORTH, SOUTH, WEST, Located
from sentra.permissions import editing_areas
from wilayah.forms import WilayahField, WilayahSearchStep

POSITION_FIELDS = ("latitude", "longitude", "accuracy", "position_source", "position_at")
KBLI_FIELDS = ("kbli", "kbli_edition")
POSITION_STEP = Step(
    "posisi",
    _("Posisi"),
    POSITION_FIELDS,
    template="sentra/parts/position_step.html",
)
# For `Meta.error_messages["wilayah"]`.
WILAYAH_ERRORS = {
    "outside": _(
        "%(area)s di luar wilayah tugas Anda (%(within)s). Pilih wilayah di dalamnya, atau minta petugas wilayah itu"
        " mencatatnya."
    )
}


class PlacedForm(WilayahSearchStep, StepForm):
    """A record that lies in an area and may have a position; `user` decides which areas may be chosen."""

    merged_together = (POSITION_FIELDS, KBLI_FIELDS)

    latitude = CoordinateField(
        label=_("Lintang"),
        required=False,
        lowest=SOUTH,
        highest=NORTH,
        example="-6,914744",
        out_of_range=_("Lintang Indonesia antara -11,5 dan 6,5. Mungkin tertukar dengan bujur."),
        help_text=_("Derajat desimal, misalnya -6,914744. Lintang selatan diawali tanda kurang."),
    )
    longitude = CoordinateField(
        label=_("Bujur"),
        required=False,
        lowest=WEST,
        highest=EAST,
        example="109,029900",
        out_of_range=_("Bujur Indonesia antara 94,5 dan 141,5. Mungkin tertukar dengan lintang."),
        help_text=_("Derajat desimal, misalnya 109,029900."),
    )
    accuracy = forms.IntegerField(
        label=_("Ketelitian (meter)"), required=False, min_value=1, max_value=1_000_000, widget=DraftInput
    )
    position_source = forms.ChoiceField(
        label=_("Asal posisi"),
        required=False,
        choices=[("", ""), *Located.PositionSource.choices],
        widget=DraftInput,
    )
    position_at = forms.DateTimeField(label=_("Posisi diambil pada"), required=False, widget=DraftInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = editing_areas(user)
        area: WilayahField = self.fields["wilayah"]
        area.look(preferred=areas, within=areas, kept=self.instance.wilayah_id)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "latitude" in cleaned and "longitude" in cleaned:
            self._clean_position(cleaned)
        return cleaned

    def _clean_position(self, cleaned: dict[str, Any]) -> None:
        """Let source, accuracy and time belong to the coordinates: measured, by hand, or none."""
        now = timezone.now()
        taken_at = cleaned.get("position_at")
        if cleaned["latitude"] is None and cleaned["longitude"] is None:
            cleaned.update(accuracy=None, position_source="", position_at=None)
        elif self._is_measured(cleaned):
            # The clock of a phone may run ahead, or have lost its time.
            cleaned["position_at"] = taken_at if FIRST_POSITION_AT <= taken_at <= now else now
        else:
            kept = None if self._is_moved() else self.instance.position_at
            cleaned.update(accuracy=None, position_source=Located.PositionSource.MANUAL, position_at=kept or now)

    def _is_measured(self, cleaned: dict[str, Any]) -> bool:
        """Whether the phone measured these coordinates. Changed without a new time, they were typed over."""
        typed_over = self._is_moved() and "position_at" not in self.changed_data
        return (
            cleaned.get("position_source") == Located.PositionSource.GPS
            and cleaned.get("accuracy") is not None
            and cleaned.get("position_at") is not None
            and not typed_over
        )

    def _is_moved(self) -> bool:
        return not {"latitude", "longitude"}.isdisjoint(self.changed_data)
