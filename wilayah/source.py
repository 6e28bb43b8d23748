"""The list of areas on disk: the CSV files of the npm package `idn-area-data` (Kemendagri codes, ODbL).

Reads and checks; touches no table. A list that is broken or cut short is refused as a whole.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wilayah import codes, lines, names, words

FILES = ("provinces.csv", "regencies.csv", "districts.csv", "villages.csv")
CREDIT = "Kementerian Dalam Negeri melalui idn-area-data, lisensi ODbL 1.0"


class SourceError(Exception):
    """The list cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """The list in `folder`: its name with the version, and a digest of all that its rows depend on."""

    folder: Path
    name: str
    digest: str

    def areas(self) -> Iterator[lines.Area]:
        """All areas, parents before children. Raises SourceError where the files contradict themselves."""
        raw_names: dict[str, str] = {}
        for level, file in enumerate(FILES, start=1):
            for code, name in _rows(self.folder / file):
                if codes.level_of(code) != level or not codes.is_code(code):
                    raise SourceError(f"{file}: {code!r} bukan kode wilayah tingkat {level}.")
                if code in raw_names:
                    raise SourceError(f"{file}: kode {code} tercantum dua kali.")
                raw_names[code] = name
        try:
            yield from lines.areas(raw_names)
        except lines.OrphanError as error:
            raise SourceError(f"Wilayah {error} tercantum tanpa wilayah induknya.") from None


def find(folder: Path) -> Source:
    """The list in `folder`, which is the npm package or its folder `data`; raises SourceError if there is none."""
    data = folder / "data" if (folder / "data").is_dir() else folder
    missing = [file for file in FILES if not (data / file).is_file()]
    if missing:
        raise SourceError(
            f"Daftar wilayah tidak ada di {folder}: {', '.join(missing)} tidak ditemukan. Jalankan `npm ci` dulu,"
            " atau sebutkan foldernya: manage.py load_wilayah FOLDER."
        )
    return Source(folder=data, name=_name(data.parent), digest=_digest(data))


def _name(package: Path) -> str:
    """Name and version from `package.json`; a folder without one is a list of one's own."""
    try:
        described = json.loads((package / "package.json").read_text(encoding="utf-8"))
        return f"{described['name']} {described['version']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "daftar sendiri"


def _digest(data: Path) -> str:
    """Changes with the files and with the rules that make rows of them, so that either loads the areas anew."""
    digest = hashlib.sha256()
    rules = (Path(module.__file__) for module in (names, words, lines))
    for path in (*(data / file for file in FILES), *rules):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    """Code and name of each line of `path`."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for row in csv.DictReader(file, strict=False):
                yield row["code"].strip(), row["name"].strip()
        except (KeyError, AttributeError):
            raise SourceError(f"{path.name}: kolom code dan name harus ada di setiap baris.") from None
        except (UnicodeDecodeError, csv.Error) as error:
            raise SourceError(f"{path.name} tidak terbaca sebagai CSV UTF-8: {error}") from None
