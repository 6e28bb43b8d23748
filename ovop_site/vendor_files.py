"""Front-end files of others: served from node_modules, exactly those that `static/vendor.txt` lists."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

LIST = "static/vendor.txt"
PREFIX = "vendor"


def listed_files() -> list[str]:
    """Paths inside node_modules that may be served; blank lines and lines that begin with # do not count."""
    lines = (line.strip() for line in Path(settings.BASE_DIR, LIST).read_text().splitlines())
    return [line for line in lines if line and not line.startswith("#")]


class VendorFinder(BaseFinder):
    """Finds `vendor/<path>` for each listed path; whatever else lies in node_modules does not exist for it."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self.storage = FileSystemStorage(location=Path(settings.BASE_DIR, "node_modules"))
        self.storage.prefix = PREFIX
        super().__init__(*args, **kwargs)

    def check(self, **kwargs) -> list[CheckMessage]:
        return [
            Error(
                f"{LIST} lists {path}, but node_modules does not hold it.",
                hint="Run `npm ci`, or take the line out of the list.",
                id="ovop_site.E001",
            )
            for path in listed_files()
            if not self.storage.exists(path)
        ]

    def find(self, path: str, find_all: bool = False, **kwargs) -> str | list[str]:
        prefix, _, inner = path.replace("\\", "/").partition("/")
        found = prefix == PREFIX and inner in listed_files() and self.storage.exists(inner)
        if not found:
            return []
        absolute = self.storage.path(inner)
        return [absolute] if find_all or kwargs.get("all") else absolute

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in listed_files():
            yield path, self.storage
