"""Before Qt is loaded: the system libraries it needs. Where this process may, it brings them; else it says which."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

PACKAGES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
"""What Qt loads on Linux -> the Debian package (UOS and Kylin name them alike) that has it."""


def missing_packages() -> list[str]:
    """Return the packages whose library cannot be loaded here; nothing where Qt brings its own (Windows, macOS)."""
    if not sys.platform.startswith("linux"):
        return []
    return [package for library, package in PACKAGES.items() if not _loads(library)]


def bring(packages: Iterable[str]) -> str:
    """Install ``packages`` as root or by a sudo that asks nothing; return why not in one sentence, or nothing."""
    wanted = list(packages)
    if not wanted:
        return ""
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(wanted)}"
    shell = _root_shell()
    if shell is None:
        return f"缺少运行所需的系统库，请先执行：sudo sh -c '{line}'，再重新启动本程序。"
    print(f"正在安装运行所需的系统库：{'、'.join(wanted)}…", file=sys.stderr, flush=True)  # noqa: T201 - before there is a window
    silent = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(  # noqa: S603 - fixed words and names of packages
        [*shell, line], env=silent, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        return f"系统库没有装上（上面是系统的提示）。请检查网络和软件源后执行：sudo sh -c '{line}'。"
    return ""


def _root_shell() -> list[str] | None:
    """Return what runs a line as root without asking for a password, or ``None``."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["sh", "-c"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:  # noqa: S603 - asks whether it may
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", "sh", "-c"]
    return None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
