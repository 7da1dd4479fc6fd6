"""A file on a network share is recognised, by the mounts of Linux and by the drive or UNC path of Windows."""

import sqlite3
import sys
from contextlib import closing

import pytest

from db import network_share
from db.errors import UserError
from db.network_share import kind_in, share_of
from db.roster.queries.roster import roster
from db.setup.opening import open_office
from tests.conftest import TODAY
from tests.db.store.test_opened_file import entered

MOUNTS = r"""/dev/sda2 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sda3 /home ext4 rw 0 0
srv:/export/office /home/qinghe/office nfs4 rw,vers=4.2 0 0
//nas/share /mnt/nas cifs rw,username=q 0 0
//nas/two\040words /mnt/two\040words smb3 rw 0 0
user@host:/ /mnt/far fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
systemd-1 /mnt/auto autofs rw 0 0
srv:/auto /mnt/auto nfs rw 0 0
/dev/sdb1 /mnt/nas/stick vfat rw 0 0
C:\134 /mnt/c 9p rw,dirsync 0 0
/dev/fuse /mnt/ntfs fuseblk rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/qinghe/顾问库.db", "ext4"),
        ("/home/qinghe/office/顾问库.db", "nfs4"),
        ("/home/qinghe/office2/顾问库.db", "ext4"),
        ("/mnt/nas/a/b/顾问库.db", "cifs"),
        ("/mnt/two words/顾问库.db", "smb3"),
        ("/mnt/far/顾问库.db", "fuse.sshfs"),
        ("/run/user/1000/gvfs/smb-share:server=nas/顾问库.db", "fuse.gvfsd-fuse"),
        ("/mnt/auto/顾问库.db", "nfs"),
        ("/mnt/nas/stick/顾问库.db", "vfat"),
        ("/mnt/c/Users/q/顾问库.db", "9p"),
        ("/mnt/ntfs/顾问库.db", "fuseblk"),
        ("/顾问库.db", "ext4"),
    ],
)
def test_the_mount_above_a_path_says_what_it_is_on(path, kind):
    assert kind_in(MOUNTS, path) == kind
    assert (kind in network_share.KINDS) == (kind not in {"ext4", "vfat", "fuseblk"})


@pytest.fixture
def share(tmp_path, monkeypatch):
    """A folder that the system calls an NFS mount; its locks are those of a disk."""
    mounts = tmp_path / "mounts"
    folder = tmp_path / "共享 文件夹"
    folder.mkdir()
    point = str(folder).replace(" ", r"\040")
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nsrv:/x {point} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(network_share, "MOUNTS", mounts)
    return folder


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts as Linux lists them")


@linux
def test_a_link_into_a_share_is_on_the_share(share, tmp_path):
    link = tmp_path / "桌面.db"
    link.symlink_to(share / "顾问库.db")
    assert share_of(link) == "NFS"
    assert share_of(share / "没有" / "这个.db") == "NFS"
    assert share_of(tmp_path / "顾问库.db") is None


@linux
def test_on_a_share_no_memory_is_shared_and_several_windows_take_turns(share):
    file = share / "顾问库.db"
    first, second = open_office(file, "沈青禾"), open_office(file, "另一位")
    entered(first, "汪晓棠")
    entered(second, "王砚秋", first=1)
    for database in (first, second):
        with database.read() as session:
            assert {row.name for row in roster(session, TODAY)} == {"汪晓棠", "王砚秋"}
        assert not file.with_name(f"{file.name}-wal").exists()
        assert not file.with_name(f"{file.name}-shm").exists()
    first.close()
    second.close()


@linux
def test_a_share_is_not_opened_while_the_pc_that_has_it_works_with_shared_memory(share):
    file = share / "顾问库.db"
    open_office(file, "沈青禾").close()
    with closing(sqlite3.connect(file, isolation_level=None)) as there:  # as the PC whose disk it is
        there.execute("PRAGMA journal_mode=WAL")
        there.execute("SELECT count(*) FROM lawyer").fetchone()
        with pytest.raises(UserError, match="网络共享"):
            open_office(file, "另一位")
    open_office(file, "另一位").close()


@pytest.mark.skipif(sys.platform != "win32", reason="drives and UNC paths are of Windows")
@pytest.mark.parametrize(
    ("path", "is_share"),
    [(r"\\nas\share\顾问库.db", True), (r"\\?\UNC\nas\share\顾问库.db", True), (r"C:\顾问库.db", False)],
)
def test_windows_paths(path, is_share):
    from pathlib import Path

    assert bool(share_of(Path(path))) == is_share
