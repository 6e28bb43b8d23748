from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection

from ovop_site import set_up
from ovop_site.bench import build
from ovop_site.bench.country import Scale
from ovop_site.management.commands.demo_reset import recreate_database
from ovop_site.models import SetUpStep


class Command(BaseCommand):
    """Fill the database of a bench, unless it is filled already from the same schema (see ovop_site/bench/build.py).

    With --keep an older one is brought to the present schema by its migrations and not made anew. Refused for a
    database that is no bench.
    """

    help = "Mengisi basis data bangku uji; dipanggil oleh `make bench`."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ikm", type=int, help="jumlah IKM")
        parser.add_argument("--keep", action="store_true", help="pakai data lama walau skemanya sudah berubah")

    def handle(self, *args: Any, ikm: int, keep: bool, **options: Any) -> None:
        name = connection.settings_dict["NAME"]
        if not name.startswith("bench_"):
            raise CommandError(f"Basis data {name} bukan bangku uji, jadi tidak diisi.")
        scale = Scale(ikm)
        if was_built() and not (keep or build.is_built(scale)):
            recreate_database(name)
        set_up.run(self.stdout.write)
        if not was_built():
            self.stdout.write(f"Membuat data {ikm:,} IKM ...".replace(",", "."))
            build.build(scale, self.stdout.write)


def was_built() -> bool:
    """Whether there is a bench in the database, of whatever schema."""
    try:
        return SetUpStep.objects.filter(name=build.STEP).exists()
    except ProgrammingError:
        return False
