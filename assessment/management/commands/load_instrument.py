"""`manage.py load_instrument`: the default instrument, published, and the standing round that uses it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessment.instrument_file import DEFAULT_FILE, InstrumentFileError, read_instrument
from assessment.instruments import NotPublishable, VersionExists, load_and_publish


class Command(BaseCommand):
    """Loads an instrument from a file. Can be repeated without doubling; changes nothing that is published.

    1. Read the file. 2. Store it as a draft. 3. Check and publish it. 4. Open the standing round of the
    kabupaten/kota with it, unless there is one.
    """

    help = "Muat dan terbitkan instrumen (bawaan: instrumen-bawaan.toml) beserta putaran tetap kabupaten/kota."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT_FILE, help="berkas TOML instrumen")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = read_instrument(options["file"])
            instrument, made = load_and_publish(rules, opens=timezone.localdate())
        except NotPublishable as error:
            raise CommandError("Instrumen tidak dapat diterbitkan:\n- " + "\n- ".join(error.messages)) from error
        except (InstrumentFileError, VersionExists) as error:
            raise CommandError(str(error)) from error
        state = "dimuat dan diterbitkan" if made["instrument"] else "sudah ada"
        self.stdout.write(f"{instrument}: {state}, {len(rules.indicators)} indikator, {len(rules.gates)} syarat.")
        if made["round"]:
            self.stdout.write("Putaran tetap kabupaten/kota dibuka.")
