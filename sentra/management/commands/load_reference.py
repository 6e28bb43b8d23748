"""Load the branches of industry and the product scopes.

1. Enters every row of `sentra/data/reference.json` that is missing.
2. Leaves rows that exist as they are; `--overwrite` restores name, description, source and order.
3. Reports what was created, restored, kept and already the same.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sentra.reference import load_reference


class Command(BaseCommand):
    help = "Memuat cabang industri dan lingkup produk; boleh diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="kembalikan nama, keterangan, sumber dan urutan seperti berkas asalnya",
        )

    def handle(self, *args: Any, overwrite: bool, **options: Any) -> None:
        counts = load_reference(overwrite=overwrite)
        self.stdout.write(
            f"Data acuan: {counts['created']} dibuat, {counts['restored']} dikembalikan,"
            f" {counts['kept']} dibiarkan seperti diubah admin, {counts['same']} sudah sama."
        )
