"""The form of an IKM, with and without the contact data that only some may see."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.forms import DocumentField
from sentra import duplicates, history
from sentra.forms.choices import RecordChoiceField
from sentra.forms.fields import KBLI_HELP, DigitsField
from sentra.forms.places import KBLI_FIELDS, POSITION_FIELDS, POSITION_STEP, WILAYAH_ERRORS, PlacedForm
from sentra.forms.steps import Step
from sentra.models import IKM, Branch, Contact, Sentra
from sentra.permissions import can_see
from sentra.validators import validate_phone
from wilayah.forms import WilayahField

CONTACT_FIELDS = ["owner", "phone", "email"]


class IKMForm(PlacedForm):
    STEPS = (
        Step("usaha", _("Usaha"), ("name", "legal_form", "branch", "kbli", "kbli_edition", "state")),
        Step("tempat", _("Tempat dan sentra"), ("wilayah", "address", "sentra", "is_anchor")),
        POSITION_STEP,
        Step("nib", _("NIB"), ("nib", "nib_paper")),
        Step(
            "kontak",
            _("Kontak"),
            ("owner", "phone", "email"),
            hint=_("Hanya terlihat oleh petugas dan verifikator wilayah ini. Jangan menulis NIK."),
        ),
    )
    constraint_fields = {
        "ikm_has_name": "name",
        "ikm_position_in_indonesia": "latitude",
        "ikm_nib_unique": "nib",
        "ikm_one_anchor_per_sentra": "is_anchor",
        "ikm_anchor_in_sentra": "sentra",
    }
    merged_together = (POSITION_FIELDS, KBLI_FIELDS, ("sentra", "is_anchor"))
    upload_columns = {"nib_paper": "nib_file_id"}
    twin_fields = frozenset({"name", "wilayah", "sentra", "branch"})

    kbli = IKM._meta.get_field("kbli").formfield(form_class=DigitsField, help_text=KBLI_HELP)
    nib = IKM._meta.get_field("nib").formfield(form_class=DigitsField)
    nib_paper = DocumentField(
        label=_("Lembar NIB"),
        required=False,
        help_text=_("Foto atau PDF dari OSS. Tutup dahulu NIK bila terlihat. Hanya dibuka petugas dan verifikator."),
    )

    class Meta:
        model = IKM
        fields = [
            "name",
            "legal_form",
            "branch",
            "kbli",
            "kbli_edition",
            "state",
            "wilayah",
            "address",
            "sentra",
            "is_anchor",
            *POSITION_FIELDS,
            "nib",
        ]
        field_classes = {"wilayah": WilayahField, "sentra": RecordChoiceField}
        error_messages = {
            "name": {"required": _("Isi nama IKM.")},
            "branch": {"required": _("Pilih cabang industrinya.")},
            "wilayah": WILAYAH_ERRORS,
        }
        labels = {"wilayah": _("Desa atau kelurahan")}
        help_texts = {
            "wilayah": _("Tempat usahanya. Ketik namanya, lalu pilih."),
            "kbli_edition": _("Tahun daftar KBLI pada suratnya."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self._user = user
        # The IKM that has the NIB typed, where this person sees it.
        self.nib_holder: IKM | None = None
        self.fields["branch"].queryset = Branch.objects.choosable(self.instance.branch_id)
        self.fields["branch"].empty_label = _("Pilih cabang")
        self._offer_sentra(self.fields["sentra"], user)

    def clean_nib(self) -> str:
        nib = self.cleaned_data["nib"]
        holder = duplicates.nib_holder(nib, apart_from=self.instance.pk)
        if holder is None:
            return nib
        if not can_see(self._user, holder):
            # SECURITY: neither the name nor the place of what lies outside the duties is said.
            raise forms.ValidationError(
                _(
                    "NIB ini sudah tercatat di wilayah lain. Periksa lagi angkanya; bila benar, tanyakan kepada"
                    " verifikator dinas Anda."
                ),
                code="nib_elsewhere",
            )
        self.nib_holder = holder
        raise forms.ValidationError(
            _("NIB ini sudah tercatat pada %(name)s, %(place)s. Buka IKM itu, atau periksa lagi angkanya."),
            code="nib_taken",
            params={"name": holder, "place": holder.wilayah.place_name},
        )

    def _get_validation_exclusions(self) -> set[str]:
        """Whether it is in use is no field of the form, but the constraints of those in use are asked too."""
        return super()._get_validation_exclusions() - {"deactivated_at"}

    def contact(self) -> Contact | None:
        """None: this form does not touch the contact."""
        return None

    def _offer_sentra(self, field: RecordChoiceField, user: User) -> None:
        """Every sentra of `permissions.can_put_into` may be chosen, and the one the IKM stands in already."""
        field.empty_label = _("Tidak dalam sentra")
        allowed = Sentra.objects.open_for_members_of(user) | Sentra.objects.filter(pk=self.instance.sentra_id)
        chosen = [self["sentra"].value(), self.instance.sentra_id]
        field.offer(allowed, chosen=chosen, near=str(self["wilayah"].value() or ""))
        if field.is_narrowed:
            field.help_text = _(
                "Tidak semua sentra muat di sini. Bila tidak ada, buka halaman sentranya lalu pilih “IKM baru”."
            )


class IKMContactForm(IKMForm):
    """The same with owner, telephone and e-mail, for those `permissions.can_see_contact` allows."""

    owner = Contact._meta.get_field("owner").formfield()
    phone = Contact._meta.get_field("phone").formfield(
        form_class=DigitsField, validators=[validate_phone], inputmode="tel"
    )
    email = Contact._meta.get_field("email").formfield()

    def __init__(self, *args: Any, instance: IKM, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        self._contact = _contact_of(instance)
        stored = forms.model_to_dict(self._contact, CONTACT_FIELDS)
        super().__init__(*args, instance=instance, initial=stored | (initial or {}), **kwargs)

    @classmethod
    def values_of(cls, row: Model) -> dict[str, Any]:
        """The contact too: the present one beside the IKM itself, that of its time beside a version. One query."""
        contact = _contact_of(row) if isinstance(row, IKM) else history.contact_at(row)
        return super().values_of(row) | forms.model_to_dict(contact, CONTACT_FIELDS)

    def contact(self) -> Contact | None:
        """The contact as typed, not saved; None where nothing was typed and nothing stands. For a valid form."""
        contact = forms.models.construct_instance(self, self._contact, CONTACT_FIELDS)
        is_blank = not any(getattr(contact, name) for name in CONTACT_FIELDS)
        return None if is_blank and contact._state.adding else contact


def _contact_of(ikm: IKM) -> Contact:
    return Contact.objects.filter(ikm_id=ikm.pk).first() or Contact()
