"""Measures how long the window takes: to its first painted frame, and to its data."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from db.base import today
from db.demo.demo import load_demo
from db.setup.opening import open_office
from gui.app import BENCH

ROOT = Path(__file__).parents[1]
RUNS = 7


def bench_start(*, as_json: bool) -> int:
    """Start the program several times over a demo database; print the median of frame and data in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "测速.db"
        database = open_office(place)
        load_demo(database, today())
        database.close()
        _start(place)  # compiles what was never compiled
        cold_is_cold = _forget_files()
        cold = _start(place)
        warm = [_start(place) for _ in range(RUNS)]
    figures = {
        "cold": cold,
        "warm": {what: median(run[what] for run in warm) for what in ("frame", "data")},
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} 核, Python {platform.python_version()}",
        "size": "示例数据：15 名顾问、60 件案件、49 个单位",
        "cold_is_cold": cold_is_cold,
    }
    print(json.dumps(figures, ensure_ascii=False) if as_json else _words(figures))  # noqa: T201 - the command's answer
    return 0


def _start(place: Path) -> dict[str, float]:
    environment = os.environ | {BENCH: str(time.time())}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a clerk's PC keeps what was compiled
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and sys.platform.startswith(
        "linux"
    ):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, str(ROOT / "main.py"), "--db", str(place)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - ourselves
    figures: dict[str, float] = {}
    for line in done.stdout.splitlines():
        figures |= json.loads(line)
    return figures


def _forget_files() -> bool:
    """Make the system forget what it has read, where it lets us."""
    try:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
    except (OSError, AttributeError):
        return False
    return True


def _words(figures: dict[str, object]) -> str:
    cold, warm = figures["cold"], figures["warm"]
    assert isinstance(cold, dict)  # noqa: S101 - made so above
    assert isinstance(warm, dict)  # noqa: S101 - made so above
    note = "" if figures["cold_is_cold"] else "（本机不允许清空文件缓存，这一次只是首次启动）"
    return (
        f"启动，{figures['machine']}；{figures['size']}\n"
        f"冷启动：窗口 {cold['frame']:.2f} 秒，数据 {cold['data']:.2f} 秒{note}\n"
        f"热启动（{RUNS} 次的中位数）：窗口 {warm['frame']:.2f} 秒，数据 {warm['data']:.2f} 秒"
    )
