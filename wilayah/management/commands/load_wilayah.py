"""`manage.py load_wilayah [FOLDER]`: load or renew the list of areas."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wilayah.loading import Outcome, load
from wilayah.source import CREDIT, Source, SourceError, find


class Command(BaseCommand):
    help = "Memuat daftar provinsi sampai desa/kelurahan; boleh diulang, yang sudah dimuat dilewati."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder",
            nargs="?",
            type=Path,
            default=settings.BASE_DIR / "node_modules" / "idn-area-data",
            help="Folder paket idn-area-data atau berkas CSV-nya (bawaan: %(default)s).",
        )
        parser.add_argument(
            "--force",
            action="store_true",
            help="Baca ulang walau edisi ini sudah dimuat, dan tutup berapa pun wilayah yang tidak ada lagi.",
        )

    def handle(self, *args: Any, folder: Path, force: bool, **options: Any) -> None:
        try:
            source = find(folder)
            outcome = load(source, force=force)
        except SourceError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(sentence(source, outcome))


def sentence(source: Source, outcome: Outcome) -> str:
    """What was done, for the terminal."""
    total = f"{outcome.total:,}".replace(",", ".")
    if outcome.known:
        return f"Wilayah: {total}, {source.name} sudah dimuat."
    counts = f"{outcome.added} baru, {outcome.changed} berubah, {outcome.closed} ditutup"
    return f"Wilayah: {total} ({counts}). Sumber: {CREDIT} ({source.name})."
