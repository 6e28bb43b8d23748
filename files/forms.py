"""Fields for photos and papers; their clean value is a `files.intake.Checked`, stored by `files.intake.store`."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from files import intake
from files.signatures import Kind


class UploadInput(forms.FileInput):
    """Two ways to give one file: the camera (shown on devices with a touch screen) and a file that is there.

    A single input would take the choice away: with `capture` a phone offers only the camera, without it many offer
    only the gallery. Naming the formats makes an iPhone convert its HEIC photos.
    """

    template_name = "files/upload_input.html"
    use_fieldset = True

    def __init__(self, accepts: frozenset[Kind]) -> None:
        self.takes_papers = Kind.PDF in accepts
        super().__init__(attrs={"accept": ",".join(sorted(kind.value for kind in accepts))})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "camera_name": self.camera_name(name),
            "camera_id": self.camera_name(context["widget"]["attrs"].get("id", "")),
            "takes_papers": self.takes_papers,
            "is_invalid": "aria-invalid" in context["widget"]["attrs"],
        }
        return context

    def value_from_datadict(self, data: dict, files: MultiValueDict, name: str) -> UploadedFile | None:
        return files.get(name) or files.get(self.camera_name(name))

    def value_omitted_from_data(self, data: dict, files: MultiValueDict, name: str) -> bool:
        return name not in files and self.camera_name(name) not in files

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: `required` on one of two inputs would refuse the other."""
        return False

    @staticmethod
    def camera_name(name: str) -> str:
        return f"{name}-kamera"


class UploadField(forms.FileField):
    """A file that is known by its content; see `PhotoField` and `DocumentField`."""

    accepts = intake.PAPERS
    default_error_messages = {
        "invalid": _("Berkas tidak ikut terkirim. Pilih lagi berkasnya, lalu simpan."),
        "missing": _("Berkas tidak ikut terkirim. Pilih lagi berkasnya, lalu simpan."),
        "empty": intake.EMPTY,
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": UploadInput(self.accepts)} | kwargs)

    def to_python(self, data: UploadedFile | None) -> intake.Checked | None:
        upload = super().to_python(data)
        return intake.check(upload, self.accepts) if upload else None


class PhotoField(UploadField):
    """A photo in JPEG, PNG or WebP."""

    accepts = intake.PHOTOS
    default_error_messages = {"required": _("Ambil atau pilih fotonya dahulu.")}


class DocumentField(UploadField):
    """A paper, as a photo or a PDF."""

    default_error_messages = {"required": _("Pilih foto atau PDF suratnya dahulu.")}
