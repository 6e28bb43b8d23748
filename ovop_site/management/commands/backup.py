from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ovop_site.backup.taking import take

NAME = "sentra-ovop-{moment:%Y%m%d-%H%M%S}.tar"


class Command(BaseCommand):
    """Back up database and uploads as of one moment into one file, while people work (see docs/operasi.md).

    Without a path the file goes to `cadangan/` in OVOP_DATA, under the day and time. With `--simpan N` only the N
    newest there are kept. Reports what is in it; exit code 1 where uploads were missing or damaged, the backup of the
    rest being complete.
    """

    help = "Membuat cadangan basis data dan berkas dalam satu berkas .tar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("tujuan", nargs="?", type=Path, help="nama berkas cadangan; bawaannya di folder data")
        parser.add_argument("--simpan", type=int, metavar="N", help="sisakan hanya N cadangan terbaru di foldernya")

    def handle(self, *args: Any, tujuan: Path | None, simpan: int | None, **options: Any) -> None:
        path = tujuan or Path(settings.OVOP_DATA, "cadangan", NAME.format(moment=timezone.localtime()))
        taken = take(path.resolve())
        contents = taken.contents
        self.stdout.write(
            f"{taken.path}: {contents.rows} baris, {contents.files} berkas, {contents.chain[0]} keputusan,"
            f" {taken.path.stat().st_size // 1024} KiB."
        )
        if simpan:
            self._remove_older(taken.path.parent, simpan)
        self._tell("tidak ada di penyimpanan", contents.missing)
        self._tell("rusak di penyimpanan", taken.damaged)
        if contents.missing or taken.damaged:
            raise SystemExit(1)

    def _remove_older(self, folder: Path, kept: int) -> None:
        pattern = NAME.split("{", 1)[0] + "*.tar"
        for old in sorted(folder.glob(pattern))[:-kept]:
            old.unlink()
            self.stdout.write(f"Cadangan lama {old.name} dihapus.")

    def _tell(self, fault: str, paths: list[str]) -> None:
        if paths:
            self.stderr.write(f"{len(paths)} berkas {fault}: {', '.join(paths[:10])}")
