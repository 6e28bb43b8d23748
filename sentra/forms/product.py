"""The form of a product."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from sentra.forms.choices import RecordChoiceField
from sentra.forms.fields import WholeNumberField
from sentra.forms.steps import Step, StepForm
from sentra.models import IKM, Product, ProductScope, Sentra


class ProductForm(StepForm):
    STEPS = (
        Step(
            "produk",
            _("Produk dan pembuatnya"),
            ("name", "ikm", "sentra"),
            hint=_("Pilih IKM pembuatnya: hanya produk sebuah IKM yang dapat dinilai."),
        ),
        Step("lingkup", _("Lingkup"), ("scope",)),
        Step("bahan", _("Bahan dan harga"), ("materials", "local_share", "price", "price_unit")),
        Step("cerita", _("Keterangan dan cerita"), ("description", "story")),
    )
    twin_fields = frozenset({"name", "ikm", "sentra"})
    constraint_fields = {
        "product_has_name": "name",
        "product_has_maker": "ikm",
        "product_local_share_percent": "local_share",
        "product_price_has_unit": "price_unit",
    }
    merged_together = (("ikm", "sentra"), ("price", "price_unit"))

    local_share = WholeNumberField(
        label=_("Bahan lokal (persen)"),
        required=False,
        example="80",
        affixes=("%", "persen"),
        help_text=_("Bagian bahan dari kabupaten/kota sendiri, 0 sampai 100 persen."),
    )
    price = WholeNumberField(
        label=_("Harga (rupiah)"),
        required=False,
        example="12.500",
        affixes=("rp.", "rp", ",00", ",-"),
        grouped=True,
        maximum=10**12,
        help_text=_("Misalnya 12.500."),
    )

    class Meta:
        model = Product
        fields = [
            "name",
            "ikm",
            "sentra",
            "scope",
            "materials",
            "local_share",
            "price",
            "price_unit",
            "description",
            "story",
        ]
        field_classes = {"ikm": RecordChoiceField, "sentra": RecordChoiceField}
        error_messages = {
            "name": {"required": _("Isi nama produk.")},
            "scope": {"required": _("Pilih salah satu lingkup.")},
        }
        labels = {"ikm": _("IKM pembuat"), "sentra": _("Sentra"), "price_unit": _("Satuan harga")}
        help_texts = {
            "sentra": _("Isi bila produk ini dibuat bersama oleh sentra, bukan oleh satu IKM."),
            "price_unit": _("Misalnya bungkus 250 g."),
        }
        widgets = {
            "scope": forms.RadioSelect,
            "description": forms.Textarea(attrs={"rows": 3}),
            "story": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].queryset = ProductScope.objects.choosable(self.instance.scope_id)
        self._offer("ikm", IKM.objects.editable_by(user))
        self._offer("sentra", Sentra.objects.editable_by(user))

    def _offer(self, name: str, allowed: QuerySet) -> None:
        kept = allowed.model.objects.filter(pk=getattr(self.instance, f"{name}_id"))
        field: RecordChoiceField = self.fields[name]
        field.empty_label = _("Belum dipilih") if name == "ikm" else _("Bukan produk bersama")
        field.offer(
            allowed | kept,
            chosen=[self[name].value(), getattr(self.instance, f"{name}_id")],
            near=self.instance.wilayah_id or "",
        )
        if field.is_narrowed:
            field.help_text = _(
                "Tidak semua muat di sini. Bila tidak ada, buka halaman pembuatnya lalu pilih “Produk baru”."
            )

    @property
    def has_no_maker(self) -> bool:
        """Whether neither an IKM nor a sentra can be chosen on this page."""
        return self.fields["ikm"].offers_nothing and self.fields["sentra"].offers_nothing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ikm, sentra = cleaned.get("ikm"), cleaned.get("sentra")
        if ikm and sentra and ikm.sentra_id != sentra.pk:
            self.add_error("sentra", ValidationError(Product.trigger_sentences["product_ikm_in_sentra"], "not_member"))
        return cleaned
