"""What has to be done before the pages can be served, in order, each step only when what it reads has changed.

Every step may be repeated. What a step made in the database is remembered there (`SetUpStep`), what it made of files
lies beside the files, so that nothing is believed to exist after it was removed.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction

from ovop_site.demo import PASSWORD
from ovop_site.demo.people import PEOPLE
from ovop_site.models import SetUpStep

Say = Callable[[str], None]

STATIC_SOURCES = ("static", "docs/img/panduan", "requirements.txt", "package-lock.json", "ovop_site/static_storage.py")


@dataclass(frozen=True)
class Loader:
    """A command that fills tables from files; it runs again when anything below `reads` has changed."""

    label: str
    command: str
    reads: tuple[str, ...]


LOADERS = (
    Loader("Memuat daftar wilayah Indonesia", "load_wilayah", ("wilayah", "node_modules/idn-area-data/package.json")),
    Loader("Memuat cabang industri dan lingkup produk", "load_reference", ("sentra",)),
    Loader("Memuat instrumen penilaian", "load_instrument", ("assessment",)),
)


def run(say: Say) -> None:
    """Do every step that is due; `say` hears one line per slow one. Raises CommandError where a person must decide."""
    call_command("compile_translations", verbosity=0)
    collect_static(say)
    refuse_demo_data()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if settings.DEMO:
        mark_demo()
    for loader in LOADERS:
        load(loader, say)
    if settings.DEMO:
        fill_demo(say)
        say(f"Akun contoh: {', '.join(person.username for person in PEOPLE)} (kata sandi semuanya: {PASSWORD})")


def collect_static(say: Say) -> None:
    """Gather and compress the static files, unless they are there and made from the same sources."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    current = fingerprint(STATIC_SOURCES)
    if stamp.exists() and stamp.read_text() == current:
        return
    say("Menyiapkan berkas tampilan ...")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current)


def load(loader: Loader, say: Say) -> None:
    current = fingerprint(loader.reads)
    if SetUpStep.objects.filter(name=loader.command, fingerprint=current).exists():
        return
    say(f"{loader.label} ...")
    call_command(loader.command, verbosity=0)
    SetUpStep.objects.update_or_create(name=loader.command, defaults={"fingerprint": current})


def is_demo() -> bool:
    """Whether this database is marked as a demo; one without our tables is not."""
    try:
        return SetUpStep.objects.filter(name=SetUpStep.DEMO).exists()
    except ProgrammingError:
        return False


def refuse_demo_data() -> None:
    """Raises CommandError where a demo would be served in earnest."""
    if not settings.DEMO and is_demo():
        raise CommandError(
            "Basis data ini bertanda contoh: kata sandi akun-akunnya diketahui semua orang. Pakai basis data lain"
            " (DATABASE_URL atau OVOP_DATA), atau jalankan sebagai contoh dengan OVOP_DEMO=1."
        )


def mark_demo() -> None:
    """Mark an empty database as a demo; raises CommandError where real accounts are in an unmarked one."""
    if is_demo():
        return
    if get_user_model().objects.exists():
        raise CommandError(
            "Basis data ini sudah berisi akun dan tidak bertanda contoh, jadi data contoh tidak boleh masuk ke sana."
            " Jalankan tanpa OVOP_DEMO, atau pakai basis data lain (DATABASE_URL atau OVOP_DATA)."
        )
    SetUpStep.objects.create(name=SetUpStep.DEMO)


@transaction.atomic
def fill_demo(say: Say) -> None:
    """Run the demo command on the first start only; what people did since is theirs."""
    step = SetUpStep.objects.get(name=SetUpStep.DEMO)
    if step.fingerprint:
        return
    say("Membuat data contoh ...")
    call_command("demo", verbosity=0)
    note_demo_filled()


def note_demo_filled() -> None:
    """Remember that the examples are there."""
    SetUpStep.objects.filter(name=SetUpStep.DEMO).update(fingerprint="done")


def fingerprint(paths: Iterable[str]) -> str:
    """A SHA-256 over the names and contents of the files at `paths` (a folder stands for all files below it)."""
    digest = hashlib.sha256()
    for path in sorted(_files(paths)):
        digest.update(f"{path.relative_to(settings.BASE_DIR)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(paths: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in paths:
        path = Path(settings.BASE_DIR, name)
        found += [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return [file for file in found if "__pycache__" not in file.parts]
