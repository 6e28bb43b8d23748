import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ovop_site.bench.results import measure


class Command(BaseCommand):
    """Measure the bench that is served at a port of this computer, and write what was found as JSON.

    Refused for a database that is no bench: assessments and addresses are changed on the way.
    """

    help = "Mengukur bangku uji; dipanggil oleh `make bench`."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ikm", type=int, help="jumlah IKM")
        parser.add_argument("file", type=Path, help="tempat hasilnya ditulis")
        parser.add_argument("--port", type=int, required=True)
        parser.add_argument("--rounds", type=int, required=True)

    def handle(self, *args: Any, ikm: int, file: Path, port: int, rounds: int, **options: Any) -> None:
        name = connection.settings_dict["NAME"]
        if not name.startswith("bench_"):
            raise CommandError(f"Basis data {name} bukan bangku uji, jadi tidak diukur.")
        # One line per page that is asked for in this process would drown what is told.
        logging.disable(logging.INFO)
        file.write_text(json.dumps(measure(ikm, port=port, rounds=rounds)))
