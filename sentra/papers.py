"""What is done with photos and certificates: adding, changing, checking, removing. Callers have asked who may."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from files.intake import Checked, store
from files.removal import remove
from sentra.models import Certificate, Photo
from sentra.permissions import Record, can_edit

Kind = Certificate.Kind

# Kinds of paper by whom they are issued to; the key is the name of the model.
KINDS = {
    "sentra": (Kind.SK_SENTRA, Kind.INDIKASI_GEOGRAFIS, Kind.MEREK),
    "ikm": (
        Kind.P_IRT,
        Kind.BPOM_MD,
        Kind.HALAL,
        Kind.SNI,
        Kind.MEREK,
        Kind.HACCP_ISO,
        Kind.TKDN_IK,
        Kind.INDIKASI_GEOGRAFIS,
    ),
    "product": (
        Kind.P_IRT,
        Kind.BPOM_MD,
        Kind.HALAL,
        Kind.UJI_LAB,
        Kind.SNI,
        Kind.MEREK,
        Kind.HACCP_ISO,
        Kind.TKDN_IK,
        Kind.INDIKASI_GEOGRAFIS,
    ),
}


class PhotoNeeded(Exception):
    """The photo stands in an assessment; `str()` is a sentence for the person."""

    def __init__(self) -> None:
        super().__init__(_("Foto ini menjadi bukti sebuah penilaian, jadi tidak dapat dihapus."))


def kinds_for(subject: Record) -> tuple[Certificate.Kind, ...]:
    """The kinds of certificate a sentra, an IKM or a product can have, the usual ones first."""
    return KINDS[subject._meta.model_name]


@transaction.atomic
def add_photo(*, photo: Photo, upload: Checked, by: User) -> Photo:
    """Store the picture, then `photo` as its form filled it. PermissionDenied where the subject has moved away."""
    photo.file = store(upload, by=by)
    photo.created_by = by
    photo.save(force_insert=True)
    _refuse_outside(photo.subject, by)
    return photo


@transaction.atomic
def remove_photo(photo: Photo) -> None:
    """Delete `photo` and its file; its bytes go when the transaction is committed.

    Raises PhotoNeeded, and deletes nothing, where something else stands on the file.
    """
    file = photo.file
    photo.delete()
    if not remove(file):
        raise PhotoNeeded


@transaction.atomic
def add_certificate(*, certificate: Certificate, upload: Checked | None, by: User) -> Certificate:
    """Store the file, if any, then `certificate`. PermissionDenied where the subject has moved away."""
    certificate.file = store(upload, by=by) if upload else None
    certificate.created_by = by
    certificate.save(force_insert=True)
    _refuse_outside(certificate.subject, by)
    return certificate


@transaction.atomic
def change_certificate(*, certificate: Certificate, upload: Checked | None, is_changed: bool, by: User) -> Certificate:
    """Store `certificate` as its form changed it; a new file takes the place of the old one.

    What was checked is no longer what stands here, so any change takes the check back. The old file goes, unless
    evidence stands on it. PermissionDenied where the subject has moved away.
    """
    replaced = certificate.file if upload else None
    if upload:
        certificate.file = store(upload, by=by)
    if upload or is_changed:
        certificate.checked_by = certificate.checked_at = None
    certificate.save()
    if replaced:
        remove(replaced)
    _refuse_outside(certificate.subject, by)
    return certificate


def mark_checked(*, certificate: Certificate, by: User) -> None:
    """Record that `by` has compared the certificate with the paper."""
    certificate.checked_by, certificate.checked_at = by, timezone.now()
    certificate.save(update_fields=["checked_by", "checked_at"])


def _refuse_outside(subject: Record, by: User) -> None:
    # SECURITY: asked of what now stands in the database; the subject may have moved since the page was opened.
    subject.refresh_from_db(fields=["wilayah"])
    if not can_edit(by, subject):
        raise PermissionDenied
