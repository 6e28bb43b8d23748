"""The file of a backup: a tar with the database, the uploads, their checksums, and last of all what it must contain.

basis-data.dump   pg_dump, custom format
berkas/…          every upload with its derivatives, at its path in the storage
SHA256SUMS        of all of the above, as `sha256sum --check` reads it
isi.json          `Contents`; it is written last, so a file that was cut off has none
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError

FORMAT = "sentra-ovop-cadangan/1"
DATABASE = "basis-data.dump"
FILES = "berkas/"
SUMS = "SHA256SUMS"
CONTENTS = "isi.json"
CHUNK = 1024 * 1024

CUT_OFF = "Cadangan {path} terpotong atau rusak. Salin lagi dari tempat asalnya, atau pakai cadangan lain."


@dataclass(frozen=True)
class Contents:
    """What a backup holds, by which the way back is proved.

    tables      number of rows by table; those that are left out (sessions, rate limits) are not named
    migrations  what had been applied, "app.name"
    chain       number of decisions and the hash of the last
    missing     paths of uploads whose bytes were not in the storage
    """

    taken_at: str
    postgresql: int
    tables: dict[str, int]
    migrations: list[str]
    chain: tuple[int, str]
    files: int = 0
    missing: list[str] = field(default_factory=list)
    format: str = FORMAT

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


class Hashing:
    """A file that hashes what is read from it, once, from its beginning to its end."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(size)
        self.digest.update(chunk)
        return chunk


class Writer:
    """Writes a backup piece by piece, in constant memory; `sums` grows by one line per piece."""

    def __init__(self, tar: tarfile.TarFile, sums: IO[bytes]) -> None:
        self.tar = tar
        self.sums = sums

    def add(self, name: str, source: IO[bytes], size: int) -> str:
        """Add `size` bytes of `source` as `name`; returns their SHA-256."""
        hashing = Hashing(source)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self.tar.addfile(member, hashing)
        self.sums.write(f"{hashing.digest.hexdigest()}  {name}\n".encode())
        return hashing.digest.hexdigest()

    def finish(self, contents: Contents) -> None:
        self.sums.seek(0, io.SEEK_END)
        size = self.sums.tell()
        self.sums.seek(0)
        words = json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode()
        for name, source, length in ((SUMS, self.sums, size), (CONTENTS, io.BytesIO(words), len(words))):
            member = tarfile.TarInfo(name)
            member.size, member.mode = length, 0o600
            self.tar.addfile(member, source)


@contextmanager
def reading(path: Path) -> Iterator[tarfile.TarFile]:
    """The backup at `path`, opened. CommandError with a sentence where it is none, or is cut off."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield tar
    except FileNotFoundError:
        raise CommandError(f"Berkas {path} tidak ada.") from None
    except (tarfile.TarError, EOFError):
        raise CommandError(CUT_OFF.format(path=path)) from None


def checked_contents(path: Path) -> Contents:
    """Read all of the backup at `path` and compare every piece with its checksum; what it says it contains.

    Constant memory but for the checksums, 100 bytes per file. CommandError where anything is wrong.
    """
    found: dict[str, str] = {}
    claimed: dict[str, str] | None = None
    contents: Contents | None = None
    with reading(path) as tar:
        for member in tar:
            piece = tar.extractfile(member)
            if piece is None:
                raise CommandError(CUT_OFF.format(path=path))
            if member.name == SUMS:
                claimed = {line[66:].decode().rstrip("\n"): line[:64].decode() for line in piece}
            elif member.name == CONTENTS:
                contents = _contents(piece, path)
            else:
                found[member.name] = _sum(piece)
    if contents is None or DATABASE not in found or found != claimed:
        raise CommandError(CUT_OFF.format(path=path))
    return contents


def _contents(piece: IO[bytes], path: Path) -> Contents:
    try:
        values = json.load(piece)
        contents = Contents(**values | {"chain": tuple(values["chain"])})
    except (ValueError, TypeError, KeyError):
        raise CommandError(CUT_OFF.format(path=path)) from None
    if contents.format != FORMAT:
        raise CommandError(f"Cadangan {path} berbentuk {contents.format}, yang tidak dikenal versi ini ({FORMAT}).")
    return contents


def _sum(piece: IO[bytes]) -> str:
    hashing = Hashing(piece)
    while hashing.read(CHUNK):
        pass
    return hashing.digest.hexdigest()
