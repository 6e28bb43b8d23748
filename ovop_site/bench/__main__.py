"""`make bench`: build what is missing, serve it, measure it, write the table down.

1. a PostgreSQL of its own (`place.py`);
2. per number of firms: `manage.py bench_build`, gunicorn, `manage.py bench_measure`;
3. the table on the terminal and, when all sizes were measured, in docs/performance.md.
"""

import argparse
import json
import platform
import subprocess
import sys
from datetime import date
from typing import Any

import psutil

from ovop_site.bench import place, report, web
from ovop_site.embedded_postgres.errors import EmbeddedPostgresError

SIZES = (10_000, 1_000_000)
MANAGE = [sys.executable, str(place.BASE_DIR / "manage.py")]


def main() -> None:
    options = parse(sys.argv[1:])
    folder = place.bench_folder()
    if lacking := place.missing_space(folder, options.sizes):
        sys.exit(f"Bangku uji memerlukan {lacking / 1e9:.1f} GB lagi di {folder}. Pakai ukuran lain dengan --sizes.")
    try:
        with place.running(folder) as here:
            benches = [bench(here, ikm, options) for ikm in sorted(options.sizes)]
    except EmbeddedPostgresError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Dihentikan. Data yang sudah jadi tetap disimpan.")
    text = report.table(benches, machine())
    say(text)
    if set(options.sizes) == set(SIZES):
        report.write_down(text)
        say(f"Tabel ini sudah ditulis ke {report.DOCUMENT.relative_to(place.BASE_DIR)}.")


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="Mengukur Sentra OVOP pada banyak data.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="jumlah IKM tiap bangku uji")
    parser.add_argument("--rounds", type=int, default=5, help="putaran pengukuran")
    parser.add_argument("--port", type=int, default=8190, help="porta server web yang diukur")
    parser.add_argument("--keep", action="store_true", help="pakai data lama walau skemanya sudah berubah")
    return parser.parse_args(arguments)


def bench(here: place.Place, ikm: int, options: argparse.Namespace) -> dict[str, Any]:
    """Build, serve and measure one bench; what was found stays in the folder of the data too."""
    place.prepare_database(here, ikm)
    environment = here.environment(ikm, options.port)
    manage(environment, "bench_build", str(ikm), *(["--keep"] if options.keep else []))
    say(f"Mengukur {ikm:,} IKM ...".replace(",", "."))
    log, file = here.cluster.folder / "web.log", here.cluster.folder / f"found-{ikm}.json"
    with web.served(environment, log) as leader:
        arguments = ["--port", str(options.port), "--rounds", str(options.rounds)]
        manage(environment, "bench_measure", str(ikm), str(file), *arguments)
        return json.loads(file.read_text()) | {"workers": web.worker_bytes(leader)}


def manage(environment: dict[str, str], *arguments: str) -> None:
    if subprocess.call([*MANAGE, *arguments], cwd=place.BASE_DIR, env=environment) != 0:
        sys.exit("Bangku uji tidak selesai; lihat pesan di atas.")


def machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{date.today().isoformat()}: {psutil.cpu_count()} inti {platform.machine()}, {memory:.0f} GiB memori,"
        f" Python {platform.python_version()}, gunicorn 2 proses × 8 utas, PostgreSQL bawaan dengan pengaturan asalnya."
    )


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
