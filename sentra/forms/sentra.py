"""The form of a sentra."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outbox.forms import ActionForm
from sentra.forms.fields import KBLI_HELP, DigitsField, WholeNumberField
from sentra.forms.places import KBLI_FIELDS, POSITION_FIELDS, POSITION_STEP, WILAYAH_ERRORS, PlacedForm
from sentra.forms.steps import Step
from sentra.forms.used import deactivation_sentence
from sentra.models import Branch, Sentra
from wilayah.forms import WilayahField


class SentraForm(PlacedForm):
    STEPS = (
        Step("usaha", _("Usaha"), ("name", "commodity", "branch", "kbli", "kbli_edition")),
        Step("tempat", _("Tempat"), ("wilayah", "area_note")),
        POSITION_STEP,
        Step("pengurus", _("Pengurus dan cerita"), ("state", "checked_on", "founded", "management", "story")),
    )
    twin_fields = frozenset({"name", "commodity", "wilayah"})
    constraint_fields = {
        "sentra_has_name": "name",
        "sentra_position_in_indonesia": "latitude",
        "sentra_state_has_date": "checked_on",
    }
    merged_together = (POSITION_FIELDS, KBLI_FIELDS, ("state", "checked_on"))

    kbli = Sentra._meta.get_field("kbli").formfield(form_class=DigitsField, help_text=KBLI_HELP)
    founded = WholeNumberField(
        label=_("Tahun berdiri"),
        required=False,
        example="1998",
        maximum=9999,
        help_text=_("Empat angka, misalnya 1998."),
    )

    class Meta:
        model = Sentra
        fields = [
            "name",
            "commodity",
            "branch",
            "kbli",
            "kbli_edition",
            "wilayah",
            "area_note",
            *POSITION_FIELDS,
            "state",
            "checked_on",
            "founded",
            "management",
            "story",
        ]
        field_classes = {"wilayah": WilayahField}
        error_messages = {
            "name": {"required": _("Isi nama sentra.")},
            "commodity": {"required": _("Isi komoditas utamanya, misalnya sale pisang.")},
            "branch": {"required": _("Pilih cabang industrinya.")},
            "wilayah": WILAYAH_ERRORS,
        }
        labels = {"wilayah": _("Desa, kelurahan atau kecamatan")}
        help_texts = {
            "wilayah": _("Ketik namanya, lalu pilih. Boleh kabupaten/kota bila sentranya lebih luas."),
            "kbli_edition": _("Tahun daftar KBLI pada suratnya."),
            "checked_on": _("Kosongkan untuk hari ini."),
            "story": _("Siapa memulai, sejak kapan, apa khasnya."),
        }
        widgets = {
            "checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "management": forms.Textarea(attrs={"rows": 2}),
            "story": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.choosable(self.instance.branch_id)
        self.fields["branch"].empty_label = _("Pilih cabang")


class SeenForm(ActionForm):
    """ "Diperiksa hari ini": the sentra was seen as it stands here, or, never checked before, in the state chosen."""

    stale_sentence = _(
        "Sentra ini diubah orang lain sejak Anda membukanya. Lihat keadaannya sekarang, lalu tekan lagi."
    )

    state = forms.ChoiceField(
        label=_("Keadaannya hari ini"),
        choices=[choice for choice in Sentra.State.choices if choice[0] != Sentra.State.UNCHECKED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih dahulu keadaannya: aktif, lemah atau tutup.")},
    )

    def __init__(self, *args: Any, record: Sentra, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.record = record
        self.asks_state = record.state == Sentra.State.UNCHECKED
        if not self.asks_state:
            self.fields["state"].widget = forms.HiddenInput()
            self.initial["state"] = record.state

    def clean(self) -> dict[str, Any]:
        if self.record.is_in_use:
            return super().clean()
        again = _("Minta verifikator wilayah ini mengaktifkannya lagi, lalu tekan sekali lagi.")
        self.refuse(f"{deactivation_sentence(self.record)} {again}")
        return self.cleaned_data
