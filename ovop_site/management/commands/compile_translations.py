from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Compile locale/*/LC_MESSAGES/*.po without gettext; with --check only look for what is not finished.

    The check names each entry that is empty or fuzzy, since such a one would appear in English.
    """

    help = "Menyusun terjemahan (.po menjadi .mo)."
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="hanya periksa bahwa semua terjemahan lengkap")

    def handle(self, *args, check: bool, **options) -> None:
        if check:
            problems = [problem for source in sources() for problem in unfinished(source)]
            if problems:
                raise CommandError("Terjemahan belum lengkap:\n" + "\n".join(problems))
            return
        for source in sources():
            compile_source(source)


def sources() -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def compile_source(source: Path) -> None:
    """Write the .mo beside `source`, unless there is a newer one; never half of it."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
        return
    draft = source.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(draft))
    draft.replace(target)


def unfinished(source: Path) -> Iterator[str]:
    """A line for each entry of `source` that is empty or fuzzy, with its place."""
    for entry in polib.pofile(str(source)):
        if not entry.obsolete and not entry.translated():
            yield f"{source.relative_to(settings.BASE_DIR)}:{entry.linenum}: {entry.msgid!r}"
