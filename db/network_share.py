"""Whether a file lies on a network share, where SQLite cannot keep several PCs apart.

Its write-ahead log needs memory that all programs share, so never works between PCs (sqlite.org/wal.html: "All
processes using a database must be on the same host computer; WAL does not work over a network filesystem"); its
rollback journal needs locks that many servers grant without keeping them (sqlite.org/faq.html#q5). So a file on a
share is opened with the rollback journal, which is right as far as the share's locks are, and the clerk is advised to
use a server.
"""

import os
import sys
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
KINDS = {
    "nfs": "NFS",
    "nfs4": "NFS",
    "cifs": "SMB",
    "smb3": "SMB",
    "smbfs": "SMB",
    "fuse.smbnetfs": "SMB",
    "fuse.gvfsd-fuse": "文件管理器连接的网络位置",
    "fuse.kio-fuse": "文件管理器连接的网络位置",
    "fuse.sshfs": "SSHFS",
    "fuse.rclone": "网盘",
    "davfs": "WebDAV",
    "fuse.davfs2": "WebDAV",
    "9p": "9P",
    "afs": "AFS",
    "ncpfs": "NetWare",
    "ceph": "CephFS",
    "fuse.ceph": "CephFS",
    "glusterfs": "GlusterFS",
    "fuse.glusterfs": "GlusterFS",
    "lustre": "Lustre",
}
"""Types of file systems that are reached through the network -> what a clerk is told."""


def share_of(path: Path) -> str | None:
    """Return what kind of share a file is on, in a word or two, or ``None`` for a disk of this PC."""
    if sys.platform == "win32":
        return _on_windows(path)
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None  # a system that does not say
    return KINDS.get(kind_in(mounts, os.path.realpath(path)))


def kind_in(mounts: str, path: str) -> str:
    """Return the type of the file system that ``path`` (absolute) is on, by what ``/proc/self/mounts`` says.

    The longest mount point counts, and of several at one point the last: it covers the others.
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:  # noqa: PLR2004 - device, point, type
            continue
        point = _unescaped(parts[1])
        is_above = path == point or path.startswith(point.rstrip("/") + "/")
        if is_above and len(point) >= best:
            best, kind = len(point), parts[2]
    return kind


def _unescaped(point: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        point = point.replace(code, letter)
    return point


def _on_windows(path: Path) -> str | None:
    """A UNC path names a server; of a letter Windows knows what is behind it."""
    root = os.path.splitdrive(os.path.abspath(path))[0]  # noqa: PTH100 - the drive as it was written, unresolved
    if root.startswith("\\\\?\\UNC\\") or (root.startswith("\\\\") and root[2:3] not in "?."):
        return f"网络位置 {root}"
    import ctypes  # noqa: PLC0415 - Windows alone

    is_remote = ctypes.windll.kernel32.GetDriveTypeW(f"{root}\\") == REMOTE  # type: ignore[attr-defined,unused-ignore] # Windows alone
    return f"网络驱动器 {root}" if is_remote else None
