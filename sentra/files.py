"""Tells `files.access` which files the catalogue uses and who may open them."""

from files import access
from sentra.models import IKM, Certificate, Photo


def register() -> None:
    """Photos: whoever sees the record. Files of certificates and of the NIB: see `permissions.can_open_papers`."""
    access.register("sentra.photo", attached=Photo.objects.all, visible=Photo.objects.visible_to)
    access.register("sentra.certificate", attached=Certificate.objects.all, visible=Certificate.objects.papers_open_to)
    access.register("sentra.nib", attached=IKM.objects.all, visible=IKM.objects.papers_open_to, field="nib_file")
