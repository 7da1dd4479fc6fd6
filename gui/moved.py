"""Where a database was saved to when its own file was gone, so that the next start opens what was worked on last."""

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QSettings


def remember(preferences: QSettings, old: Path, new: Path) -> None:
    """Note that what was at ``old`` goes on at ``new``."""
    preferences.setValue(_key(old), str(new.absolute()))
    preferences.remove(_key(new))


def forget(preferences: QSettings, old: Path) -> None:
    """Open ``old`` itself again."""
    preferences.remove(_key(old))


def newest(preferences: QSettings, old: Path) -> Path:
    """Return where the work of ``old`` went on last; ``old`` itself if it never moved."""
    seen = {old}
    while (said := str(preferences.value(_key(old), ""))) and (new := Path(said)) not in seen:
        seen.add(new)
        old = new
    return old


def _key(file: Path) -> str:
    return f"moved/{sha256(str(file.absolute()).encode()).hexdigest()[:16]}"
