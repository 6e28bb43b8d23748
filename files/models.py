"""What was uploaded: one row per file, with what its sender declared, where it stands and what was made of it."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from outbox.records import ClockTimestamp
from outbox.uuid7 import uuid7

# Long edges of the copies, in pixels.
PREVIEW_EDGE, MEDIUM_EDGE, THUMBNAIL_EDGE = 1600, 800, 320


def secret_path(instance: "StoredFile", filename: str) -> str:
    """A path no one can guess; nothing of the sender's file name gets into it."""
    return f"{str(instance.pk)[:8]}/{secrets.token_urlsafe(24)}"


class StoredFile(models.Model):
    """One file of a photo, a certificate or a piece of evidence.

    The original stays private and is never served as a page. Pictures are shown from `preview`, `medium` and
    `thumbnail`, which are re-encoded without metadata.
    """

    class State(models.TextChoices):
        EXPECTED = "expected", _("ditunggu")
        RECEIVED = "received", _("diterima")
        REJECTED = "rejected", _("ditolak")

    class ContentType(models.TextChoices):
        JPEG = "image/jpeg", _("foto JPEG")
        PNG = "image/png", _("gambar PNG")
        WEBP = "image/webp", _("gambar WebP")
        PDF = "application/pdf", _("dokumen PDF")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("nama berkas"), max_length=200)
    content_type = models.CharField(_("jenis"), max_length=20, choices=ContentType)
    size = models.PositiveBigIntegerField(_("ukuran"), help_text=_("dalam bita"))
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    state = models.CharField(_("keadaan"), max_length=8, choices=State, default=State.EXPECTED)
    original = models.FileField(_("asli"), upload_to=secret_path, blank=True, max_length=120)
    preview = models.FileField(_("gambar"), upload_to=secret_path, blank=True, max_length=120)
    medium = models.FileField(_("gambar sedang"), upload_to=secret_path, blank=True, max_length=120, db_default="")
    thumbnail = models.FileField(_("gambar kecil"), upload_to=secret_path, blank=True, max_length=120)
    width = models.PositiveIntegerField(_("lebar gambar"), null=True, blank=True, help_text=_("dalam piksel"))
    height = models.PositiveIntegerField(_("tinggi gambar"), null=True, blank=True, help_text=_("dalam piksel"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("diunggah oleh"), related_name="+"
    )
    created_at = models.DateTimeField(_("diumumkan pada"), db_default=ClockTimestamp())
    received_at = models.DateTimeField(_("diterima pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="stored_file_sha256",
                violation_error_message=_("Sidik berkas harus 64 angka heksadesimal."),
            ),
            models.CheckConstraint(
                condition=Q(content_type__in=["image/jpeg", "image/png", "image/webp", "application/pdf"]),
                name="stored_file_content_type",
                violation_error_message=_("Hanya foto JPEG, PNG, WebP dan dokumen PDF yang disimpan."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["expected", "received", "rejected"]),
                name="stored_file_state_known",
                violation_error_message=_("Keadaan berkas tidak dikenal."),
            ),
            models.CheckConstraint(
                condition=~Q(state="received") | (~Q(original="") & Q(received_at__isnull=False)),
                name="stored_file_received_has_content",
                violation_error_message=_("Berkas yang diterima harus ada isinya."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:file", args=[self.pk])

    @property
    def contents(self) -> list[FieldFile]:
        """Everything the storage holds of it: the original and its copies."""
        return [field for field in (self.original, self.preview, self.medium, self.thumbnail) if field]

    @property
    def srcset(self) -> str:
        """Copies of a picture with their widths, for `<img srcset>`: the browser takes the smallest that will do."""
        copies = [("thumbnail", self.thumbnail, THUMBNAIL_EDGE), ("medium", self.medium, MEDIUM_EDGE)]
        copies.append(("file", self.preview, PREVIEW_EDGE))
        return ", ".join(
            f"{reverse(f'files:{name}', args=[self.pk])} {self._width_at(edge)}w" for name, copy, edge in copies if copy
        )

    def _width_at(self, edge: int) -> int:
        """How wide the copy is whose long edge has at most `edge` pixels."""
        return round(self.width * min(1, edge / max(self.width, self.height)))

    @property
    def thumbnail_url(self) -> str:
        """Address of the small picture; only pictures have one."""
        return reverse("files:thumbnail", args=[self.pk])

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_received(self) -> bool:
        return self.state == self.State.RECEIVED
