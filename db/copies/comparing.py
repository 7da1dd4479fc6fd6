"""What restoring a copy would change: counted by kind, with the newest acts that would be lost."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from db.base import Base, Entry, Record
from db.copies.sqlite_files import connect

SHOWN = 20  # newest acts that are named
KINDS = {
    "case_record": "案件",
    "lawyer": "顾问",
    "firm": "律师事务所",
    "consultation": "会商",
    "agency": "单位",
    "service": "履职记录",
    "public_lawyer": "公职律师",
    "sharing": "统筹",
    "internal_adviser": "内部法律顾问",
    "agency_contract": "顾问合同",
    "letter": "函件",
    "appointment_batch": "聘任批次",
    "case_series": "系列案",
    "attachment": "附件",
}
DETAILS = "其他明细（分派、进程、聘期、设置等）"


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one kind of record: how many would be lost, come back, or have their earlier content again."""

    kind: str
    lost: int
    back: int
    changed: int

    def sentence(self) -> str:
        """Say it in words."""
        parts = (
            (self.lost, "将不再存在"),
            (self.back, "将恢复"),
            (self.changed, "将变回备份时的内容"),
        )
        return f"{self.kind}：" + "，".join(f"{number} 条{words}" for number, words in parts if number)


@dataclass(frozen=True, slots=True)
class LostAct:
    """An act of a clerk that the copy does not know."""

    at: datetime
    clerk: str
    label: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What would change, and the newest of the acts that would be lost.

    ``is_related`` is false where the copy is of another office's database: then all would be lost, and all new.
    """

    differences: tuple[Difference, ...]
    lost: int
    newest: tuple[LostAct, ...]
    is_related: bool = True


def compare(present: Path, copy: Path) -> Comparison:
    """Compare two SQLite files, of one schema or of different ones, as far as both know it."""
    with closing(connect(copy, "ro")) as connection:
        connection.execute("ATTACH ? AS present", (str(present),))
        is_related = bool(connection.execute(_RELATED).fetchone()[0])
        lost, back, changed = dict[str, int](), dict[str, int](), dict[str, int]()
        for mapper in Base.registry.mappers:
            model = mapper.class_
            if issubclass(model, Record):
                columns = _common(connection, model)
                kind = KINDS.get(model.__tablename__, DETAILS)
                for counts, number in zip(
                    (lost, back, changed),
                    _count(connection, model, columns, is_related=is_related),
                    strict=True,
                ):
                    counts[kind] = counts.get(kind, 0) + number
        differences = tuple(
            Difference(kind, lost[kind], back[kind], changed[kind])
            for kind in (*KINDS.values(), DETAILS)
            if kind in lost and (lost[kind] or back[kind] or changed[kind])
        )
        acts = connection.execute(_LOST).fetchall()
    newest = tuple(
        LostAct(datetime.fromisoformat(at).replace(tzinfo=UTC).astimezone(), clerk, label)
        for at, clerk, label in acts[:SHOWN]
    )
    return Comparison(differences, len(acts), newest, is_related)


_RELATED = """SELECT EXISTS (SELECT id, at FROM main.gesture INTERSECT SELECT id, at FROM present.gesture)"""
_LOST = """SELECT at, clerk, label FROM present.gesture WHERE (id, at) NOT IN (SELECT id, at FROM main.gesture)
ORDER BY id DESC"""


def _common(connection: sqlite3.Connection, model: type[Record]) -> list[str]:
    """Return the recorded columns that a table has in both files: neither keys nor what is derived."""
    known = [
        {row[1] for row in connection.execute(f"PRAGMA {where}.table_info('{model.__tablename__}')")}
        for where in ("main", "present")
    ]
    wanted = [c.name for c in model.table().c if c.name != "id" and not c.info.get("derived")]
    return [name for name in wanted if name in known[0] & known[1]]


def _count(
    connection: sqlite3.Connection, model: type[Record], columns: list[str], *, is_related: bool
) -> tuple[int, int, int]:
    """Return how many records only the present has, only the copy has, and how many differ; the bin is neither."""
    table = model.__tablename__
    if not columns:  # one of the two files is of a version without this table
        return 0, 0, 0
    alive = " WHERE removed_at IS NULL" if issubclass(model, Entry) else ""
    names = ", ".join(f'"{name}"' for name in ["id", *columns])

    def run(query: str) -> int:
        return int(connection.execute(query).fetchone()[0])

    here, there = (f'SELECT id FROM {where}."{table}"{alive}' for where in ("main", "present"))  # noqa: S608 - names of our own tables
    if not is_related:  # the same key is another record
        return run(f"SELECT count(*) FROM ({there})"), run(f"SELECT count(*) FROM ({here})"), 0  # noqa: S608 - the same
    both = f"({here} INTERSECT {there})"
    differing = (
        f'SELECT count(*) FROM (SELECT {names} FROM main."{table}" WHERE id IN {both}'  # noqa: S608 - the same
        f' EXCEPT SELECT {names} FROM present."{table}")'
    )
    return (
        run(f"SELECT count(*) FROM ({there} EXCEPT {here})"),  # noqa: S608 - the same
        run(f"SELECT count(*) FROM ({here} EXCEPT {there})"),  # noqa: S608 - the same
        run(differing),
    )
