"""Load the branches of industry, the product scopes and the size classes.

1. Enters every row of `sentra/data/reference.json` that is missing.
2. Leaves rows that exist as they are; `--overwrite` restores name, description, source and order, and the
   thresholds of the size classes.
3. Reports what was created, restored, kept and already the same.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sentra.reference import load_reference


class Command(BaseCommand):
    help = "Memuat cabang industri, lingkup produk dan batas kelas ukuran; boleh diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="kembalikan nama, keterangan, sumber, urutan dan batas seperti berkas asalnya",
        )

    def handle(self, *args: Any, overwrite: bool, **options: Any) -> None:
        counts = load_reference(overwrite=overwrite)
        self.stdout.write(
            f"Data acuan: {counts['created']} dibuat, {counts['restored']} dikembalikan,"
            f" {counts['kept']} dibiarkan seperti diubah admin, {counts['same']} sudah sama."
        )
