"""What was typed and could not be kept in the database: it is full, gone, or does not answer. Kept on this PC.

One JSON file for a form of a record, readable by this user alone; it goes as soon as the database takes the content.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from db.places import data_folder

FOLDER = "暂存"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose text it is: the database, the form, the record (0: a new one) and the clerk."""

    database: str
    form: str
    record: int
    clerk: str

    @property
    def file(self) -> Path:
        """Where on this PC it is kept."""
        named = "\0".join((self.database, self.form, str(self.record), self.clerk))
        return data_folder() / FOLDER / f"{sha256(named.encode()).hexdigest()[:32]}.json"


def put(place: Place, version: int, content: dict[str, Any]) -> None:
    """Keep the content of a form in the place of what was kept before. Raises ``OSError``."""
    file = place.file
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = mkstemp(dir=file.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({"version": version, "content": content}, out, ensure_ascii=False)
            out.flush()
            os.fsync(out.fileno())
        os.replace(name, file)  # noqa: PTH105 - atomic on every platform
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def found(place: Place) -> tuple[int, dict[str, Any]] | None:
    """Return version and content of what was kept, or ``None``."""
    try:
        kept = json.loads(place.file.read_text(encoding="utf-8"))
        return int(kept["version"]), dict(kept["content"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(place: Place) -> None:
    """Take away what was kept: the database has it, or nobody wants it."""
    with suppress(OSError):
        place.file.unlink(missing_ok=True)
