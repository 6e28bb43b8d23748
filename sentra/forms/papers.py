"""The forms of photos and certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from files.forms import DocumentField, PhotoField
from outbox.forms import ActionForm
from sentra.forms.used import UsedForm
from sentra.models import Certificate, Photo
from sentra.papers import kinds_for

SUBJECTS = {"sentra", "ikm", "product"}


class CaptionForm(UsedForm):
    """The words under a photo that is there."""

    class Meta:
        model = Photo
        fields = ["caption"]
        error_messages = {"caption": {"required": _("Isi keterangan foto, misalnya irisan pisang dijemur.")}}


class PhotoForm(CaptionForm):
    """A new photo."""

    field_order = ["file", "caption"]

    file = PhotoField(
        label=_("Foto"),
        help_text=_("Paling besar 15 MB. Lokasi dan data kamera di dalam foto dibuang sebelum ditampilkan."),
    )


class CertificateForm(UsedForm):
    """A certificate of the subject its instance already has, with its file if there is one."""

    constraint_fields = {
        "certificate_period": "expires",
        "certificate_once_per_subject": "number",
        "certificate_sk_of_sentra": "kind",
    }
    merged_together = (("issued", "expires"),)
    upload_columns = {"file": "file_id"}

    file = DocumentField(
        label=_("Berkas surat"),
        required=False,
        help_text=_(
            "Foto atau PDF, paling besar 15 MB. Tutup dahulu NIK pada suratnya, misalnya dengan kertas, sebelum difoto"
            " atau dipindai. Berkas ini hanya dapat dibuka petugas dan verifikator wilayahnya."
        ),
    )

    class Meta:
        model = Certificate
        fields = ["kind", "number", "issued", "expires"]
        error_messages = {
            "kind": {"required": _("Pilih jenis suratnya.")},
            "number": {"required": _("Isi nomornya seperti tertulis pada surat.")},
        }
        widgets = {
            "issued": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expires": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.label) for kind in kinds_for(self.instance.subject)]
        self.fields["kind"].choices = [("", _("Pilih jenisnya")), *kinds]

    @property
    def is_changed(self) -> bool:
        """Whether anything but the file is another than what is stored."""
        return not set(self._meta.fields).isdisjoint(self.changed_data)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_twin(cleaned.get("kind"), cleaned.get("number"))
        begun = self.begun_on
        if begun and self.instance.checked_at not in (None, begun.checked_at) and (self.is_changed or self.files):
            self.refuse_stale(
                _(
                    "Surat ini ditandai sudah diperiksa sejak Anda membukanya. Perubahan Anda membatalkan tanda itu;"
                    " simpan lagi bila memang perlu."
                )
            )
        return cleaned

    def _refuse_twin(self, kind: str | None, number: str | None) -> None:
        """Say which paper of the subject has this number already, however it is written there."""
        papers = Certificate.objects.not_deactivated().about(self.instance.subject).exclude(pk=self.instance.pk)
        twin = papers.filter(kind=kind).same_number(number).first() if kind and number else None
        if twin is not None:
            sentence = _(
                "Surat ini sudah tercatat di sini sebagai %(paper)s; huruf besar dan spasi tidak membedakan nomor. Buka"
                " surat itu untuk mengubahnya."
            )
            self.add_error("number", forms.ValidationError(sentence, code="twin", params={"paper": twin}))

    def _get_validation_exclusions(self) -> set[str]:
        """Subject and being in use are no fields of the form, but constraints that look at them are asked too."""
        return super()._get_validation_exclusions() - SUBJECTS - {"deactivated_at"}


class CheckForm(ActionForm):
    """A verifier's "checked" for the certificate as it was shown."""

    stale_sentence = _("Surat ini diubah orang lain sejak Anda membukanya. Lihat dahulu isinya, lalu tandai lagi.")
