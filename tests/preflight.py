"""Before Qt is loaded: the system libraries it needs. Where this process may, it brings them; else it says which."""

import ctypes.util
import os
import shutil
import subprocess
import sys

PACKAGES = [
    "libgl1",
    "libegl1",
    "libglib2.0-0",
    "libfontconfig1",
    "libdbus-1-3",
    "libxkbcommon0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxkbcommon-x11-0",
    "poppler-utils",
]
NEEDED = ("GL", "EGL", "glib-2.0", "fontconfig", "dbus-1", "xkbcommon")


def bring_system_libraries() -> None:
    """Install what Qt needs on a Debian where we are root; elsewhere leave with one sentence."""
    if not sys.platform.startswith("linux"):
        return
    if all(ctypes.util.find_library(name) for name in NEEDED) and shutil.which("pdftotext"):
        return
    install = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(PACKAGES)}"
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"缺少运行测试所需的系统库，请先执行：sudo sh -c '{install}'")
    print("正在安装 Qt 和 PDF 工具所需的系统库…", file=sys.stderr)
    subprocess.run(install, shell=True, check=True, stdout=subprocess.DEVNULL)  # noqa: S602 - a fixed text
