from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.history import named
from accounts.models import User


class Command(BaseCommand):
    """Turn two-step sign-in off for one person who lost the phone and the recovery codes, and end all sessions."""

    help = "Mematikan masuk dua langkah satu akun, bila ponsel dan kode cadangannya hilang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="nama pengguna")

    def handle(self, *args, username: str, **options) -> None:
        user = User.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"Tidak ada akun dengan nama pengguna {username}.")
        with named("command", "reset_mfa"):
            was_on = second_factor.reset(user)
        if was_on:
            self.stdout.write(f"Masuk dua langkah dimatikan untuk {user.username}; semua perangkatnya dikeluarkan.")
        else:
            self.stdout.write(f"Masuk dua langkah memang tidak menyala untuk {user.username}.")
