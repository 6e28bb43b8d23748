from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ovop_site.backup.restoring import restore


class Command(BaseCommand):
    """Bring a backup of `manage.py backup` back into an empty database (see ovop_site/backup/restoring.py)."""

    help = "Mengembalikan cadangan ke basis data yang masih kosong, lalu membuktikan bahwa semuanya ada."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("cadangan", type=Path, help="berkas .tar dari manage.py backup")

    def handle(self, *args: Any, cadangan: Path, **options: Any) -> None:
        contents = restore(cadangan, self.stdout.write)
        self.stdout.write(
            f"Selesai: {contents.rows} baris dan {contents.files} berkas dari {contents.taken_at} kembali, rantai"
            f" {contents.chain[0]} keputusan utuh."
        )
