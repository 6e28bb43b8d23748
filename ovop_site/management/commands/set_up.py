from django.core.management.base import BaseCommand

from ovop_site import set_up


class Command(BaseCommand):
    """Prepare database and static files: tables, areas, reference data, instrument, demo (see ovop_site/set_up.py)."""

    help = "Menyiapkan basis data dan berkas tampilan; boleh diulang."
    requires_system_checks = []

    def handle(self, *args, **options) -> None:
        set_up.run(self.stdout.write)
