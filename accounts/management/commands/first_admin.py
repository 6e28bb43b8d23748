import os

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User

USERNAME, EMAIL, PASSWORD = (f"DJANGO_SUPERUSER_{name}" for name in ("USERNAME", "EMAIL", "PASSWORD"))


class Command(BaseCommand):
    """Make the first superuser, by `createsuperuser`; does nothing where there is one in use, so it may be repeated.

    With DJANGO_SUPERUSER_USERNAME and DJANGO_SUPERUSER_PASSWORD (and _EMAIL) in the environment nothing is asked.
    """

    help = "Membuat superuser pertama; tidak berbuat apa-apa bila sudah ada."

    def handle(self, *args, **options) -> None:
        present = User.objects.filter(is_superuser=True, is_active=True).first()
        if present is not None:
            self.stdout.write(f"Sudah ada superuser: {present.username}. Tidak ada yang diubah.")
            return
        if os.environ.get(PASSWORD):
            self._make_unasked()
        else:
            call_command("createsuperuser")
        self.stdout.write(
            "Superuser dibuat. Masuklah dengannya di /masuk/, nyalakan masuk dua langkah, lalu di /admin/ buat akun dan"
            " tugas; beri hak admin kepada orang yang mengelola sehari-hari (kelompok Admin Sentra)."
        )

    def _make_unasked(self) -> None:
        """`createsuperuser` looks neither at the strength of a password nor, unasked, for whether the name is free."""
        username = os.environ.get(USERNAME, "").strip()
        email = os.environ.get(EMAIL, "").strip()
        if not username:
            raise CommandError(f"Isi {USERNAME} dengan nama pengguna superuser.")
        if User.objects.filter(username__iexact=username).exists():
            raise CommandError(f"Nama pengguna {username} sudah dipakai. Pilih nama lain di {USERNAME}.")
        try:
            validate_password(os.environ[PASSWORD], User(username=username, email=email))
        except ValidationError as error:
            raise CommandError(f"Kata sandi di {PASSWORD} belum cukup baik. {' '.join(error.messages)}") from None
        call_command("createsuperuser", interactive=False, username=username, email=email, verbosity=0)
