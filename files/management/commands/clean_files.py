"""Removes uploaded bytes that no row names."""

from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from files.removal import find_orphans


class Command(BaseCommand):
    """Bytes are written before the transaction that names them is committed. Where it was rolled back they stay
    behind; this command removes those older than a day. It can be run at any time and as often as one likes."""

    help = "Hapus isi berkas yang tidak tercatat dan lebih lama dari sehari."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Hanya sebutkan, jangan hapus.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        count = size = 0
        for orphan in find_orphans(default_storage):
            if dry_run:
                self.stdout.write(orphan.path)
            else:
                default_storage.delete(orphan.path)
            count, size = count + 1, size + orphan.size
        verb = "Akan dihapus" if dry_run else "Dihapus"
        self.stdout.write(f"{verb}: {count} berkas tak bertuan, {size / 1024:.0f} kB.")
