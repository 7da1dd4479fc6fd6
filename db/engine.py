"""The one place that opens the database and ends transactions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Condition
from uuid import uuid4

from sqlalchemy import URL, Engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from db import backends, journal, places, seals, storable, stored
from db.base import Base
from db.errors import Conflict, Damage, UserError
from db.looking import Look
from db.models.journal import Gesture, JournalRow

LONGEST_ACT = 60  # seconds for which a restore waits for what runs
KNOWN = {
    "public_lawyer.licence": "这个公职律师证号已登记在另一位公职律师名下。请核对证号。",
    "uq_public_lawyer_licence": "这个公职律师证号已登记在另一位公职律师名下。请核对证号。",
    "lawyer.licence": "这个执业证号已登记在另一位顾问名下。请核对证号。",
    "uq_lawyer_licence": "这个执业证号已登记在另一位顾问名下。请核对证号。",
    "appointment.certificate": "这个聘书编号已用于另一个聘期，不能重复。请核对编号。",
    "uq_appointment_certificate": "这个聘书编号已用于另一个聘期，不能重复。请核对编号。",
    "consultation.number": "这个会商编号已用于另一次会商，不能重复。请核对编号，或留空由程序编号。",
    "uq_consultation_number": "这个会商编号已用于另一次会商，不能重复。请核对编号，或留空由程序编号。",
    "firm.name": "已有同名的律师事务所。请从列表中选择。",
    "uq_firm_name": "已有同名的律师事务所。请从列表中选择。",
    "agency.name": "已有同名的单位。请核对单位名称。",
    "uq_agency_name": "已有同名的单位。请核对单位名称。",
}
"""What the database says -> what the clerk is told; the first that stands in it counts."""


READ_ONLY = "现在只能查看，不能修改，没有写入任何内容。请从备份恢复，或请维护人员处理。"
UNREADABLE = "数据库已损坏：{where} 存的内容读不出来。这一步没有完成，没有写入任何内容。请从备份恢复，或请维护人员核对。"


@dataclass(frozen=True)
class Changes:
    """What one committed transaction changed: table name -> keys."""

    gesture: int
    label: str
    keys: dict[str, frozenset[int]] = field(default_factory=dict)

    def touch(self, *tables: str) -> bool:
        """Say whether any row of any of ``tables`` changed."""
        return any(table in self.keys for table in tables)


class Database:
    """A file or server, its engine, and the only two ways to talk to it: ``read`` and ``write``.

    ``reviews`` are run in their order at the end of every act (also of an undo) with what it touched, inside its
    transaction; whoever opens an office hands in what derives and what guards.
    """

    def __init__(
        self, place: Path | str | URL, clerk: str = "", installation: str = "", look: Look | None = None
    ) -> None:
        """``installation`` says which PC acts; without it, this one. With ``look``, the file is only read, as it was seen."""
        self.url = backends.url_of(place)
        self.clerk = clerk
        self.look = look
        self._here = (installation or places.installation(), uuid4().hex, datetime.now(UTC))
        self.engine: Engine = (
            backends.open_view(self.url, look.view.uri)
            if look and look.view
            else backends.open_engine(self.url)
        )
        self.listeners: list[Callable[[Changes], None]] = []
        self.reviews: list[Callable[[Session, dict[str, set[int]]], None]] = []
        self._read = sessionmaker(self.engine, autoflush=False)
        self._write = sessionmaker(self.engine.execution_options(sqlite_begin="IMMEDIATE"))
        storable.attach(self._write)  # before the journal writes down what is refused
        journal.attach(self._write)
        seals.attach(self._write)
        self._seen: int | None = None
        self._own: set[int] = set()
        self._talk, self._talking, self._is_away = Condition(), 0, False

    @property
    def title(self) -> str:
        """What the clerk calls this database: the file's name, or the server's; it never holds a password."""
        return backends.title_of(self.url)

    @property
    def waits(self) -> backends.Waits:
        """How this window waits for other writers and for the server: whom it tells, and when it gives up."""
        return backends.waits(self.engine)

    @property
    def file(self) -> Path | None:
        """The SQLite file, or ``None`` for a server."""
        return backends.file_of(self.url)

    @property
    def hand(self) -> journal.Hand:
        """Who acts here now: the clerk may give another name while the window is open."""
        return journal.Hand(self.clerk, *self._here)

    @property
    def damage(self) -> str:
        """What is wrong with the file, which is then only read; empty is the normal answer."""
        return self.look.damage if self.look else ""

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Lend a session for reading; nothing done in it is kept.

        Raises ``UserError`` when the file or server cannot be reached.
        """
        with self.guarded(), self._read() as session:
            yield session

    @contextmanager
    def write(self, label: str, *, undoable: bool = True) -> Iterator[Session]:
        """Lend a session for one act of the clerk; commit at the end, or keep nothing.

        ``label`` names the act in the journal and in 撤销. Raises ``Conflict`` when a record was changed
        meanwhile, ``Misplaced`` when the file is no longer where it was opened, ``UserError`` for a known constraint
        or when the file or server cannot be reached.
        """
        touched: dict[str, set[int]] = {}
        if self.look is not None:
            raise Damage(f"{self.damage or '数据库只是打开来核对的。'}{READ_ONLY}")
        self.check_place()
        with self.guarded(), self._write() as session:
            session.info.update(label=label, hand=self.hand, undoable=undoable, touched=touched)
            with session.begin():
                backends.begin_writing(session.connection())
                yield session
                session.flush()
                for review in self.reviews:
                    review(session, touched)
                session.flush()
                seals.seal(session)
                self.check_place()
            gesture = session.info.get("gesture", 0)
            label = session.info["label"]
        if touched:
            self._tell(Changes(gesture, label, {name: frozenset(keys) for name, keys in touched.items()}))

    def undo(self) -> str:
        """Take back the clerk's last act of today in this window; return its label."""
        with self.write("撤销") as session:
            return journal.undo(session)

    def redo(self) -> str:
        """Do again what was last taken back; return its label."""
        with self.write("重做") as session:
            return journal.redo(session)

    def news(self) -> list[Changes]:
        """Return what other windows and machines committed since the last call; the journal is the notice.

        After a restore from a copy, of whatever window, that is one change of every table. Raises ``Misplaced`` like
        ``write``, so that the clerk learns it before the next act.
        """
        self.check_place()
        with self.read() as session:
            newest = session.scalar(select(Gesture.id).order_by(Gesture.id.desc()).limit(1)) or 0
            if self._seen is None or newest <= self._seen:
                self._seen = newest
                return []
            restored = session.execute(
                select(Gesture.id, Gesture.label)
                .where(Gesture.id > self._seen, Gesture.label.startswith(journal.RESTORED))
                .order_by(Gesture.id.desc())
            ).first()
            if restored:  # whatever was read before is old
                self._seen = newest
                return [Changes(*restored, dict.fromkeys(Base.metadata.tables, frozenset()))]
            rows = session.execute(
                select(Gesture.id, Gesture.label, JournalRow.table_name, JournalRow.key)
                .join(JournalRow, JournalRow.gesture_id == Gesture.id)
                .where(Gesture.id > self._seen)
                .order_by(Gesture.id)
            ).all()
        self._seen = newest
        acts: dict[tuple[int, str], dict[str, set[int]]] = {}
        for number, label, table, key in rows:
            if number not in self._own:
                acts.setdefault((number, label), {}).setdefault(table, set()).add(key)
        self._own.clear()
        return [
            Changes(number, label, {name: frozenset(keys) for name, keys in tables.items()})
            for (number, label), tables in acts.items()
        ]

    def move(self, file: Path) -> None:
        """Go on with another SQLite file, which holds all that this one did: whoever has this object saves there."""
        self.url = backends.url_of(file)
        self._open_anew()

    def reopen(self) -> None:
        """Go on with what was put in place of the file or of what it held: all of it is read anew, and may be written."""
        look, self.look = self.look, None
        self._open_anew()
        if look is not None:
            look.close()
        self._seen = 0

    def _open_anew(self) -> None:
        old, told = self.engine, self.waits.told
        self.engine = backends.open_engine(self.url)
        self.waits.told += told
        self.waits.limits.hurried = backends.waits(old).limits.hurried
        self._read.configure(bind=self.engine)
        self._write.configure(bind=self.engine.execution_options(sqlite_begin="IMMEDIATE"))
        old.dispose()

    def check_place(self) -> None:
        """Raise ``Misplaced`` if the opened file is no longer the one at its path; never so for a server."""
        if opened := backends.opened_file(self.engine):
            opened.check()

    def give_up(self) -> None:
        """Let no act wait any longer for another writer or a silent server: each ends with a ``UserError`` at once.

        For a window that the clerk closes although something still waits; nothing can be done here afterwards.
        """
        self.waits.limits.given_up.set()

    def close(self) -> None:
        """Let go of the file or server."""
        self.engine.dispose()
        if self.look is not None:
            self.look.close()

    def _said(self, error: Exception) -> UserError | None:
        """Say what a failed statement or value means; ``None`` if it is our own bug."""
        if not stored.is_unreadable(error):
            return backends.sentence(error, self.url) if isinstance(error, DBAPIError) else None
        where = ""
        with suppress(DBAPIError), self.engine.connect() as connection:
            where = stored.first_unreadable(connection)
        return Damage(UNREADABLE.format(where=where))

    @contextmanager
    def let_go(self) -> Iterator[None]:
        """Keep this process away from the database while it is replaced as a whole; waits for what runs.

        Meanwhile ``read`` and ``write`` raise ``UserError``. Raises it too when something runs on for a minute.
        """
        with self._talk:
            if self._is_away or not self._talk.wait_for(lambda: not self._talking, LONGEST_ACT):
                raise UserError("还有操作没有完成，没有恢复。请等它完成后再试。")
            self._is_away = True
        try:
            self.engine.dispose()
            yield
        finally:
            with self._talk:
                self._is_away = False

    def _tell(self, changes: Changes) -> None:
        self._own.add(changes.gesture)
        for listener in self.listeners:
            listener(changes)

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn what the surroundings of the database refuse into a sentence."""
        with self._talk:
            if self._is_away:
                raise UserError("正在从备份恢复，这一步没有进行。请稍候再试。")
            self._talking += 1
        try:
            yield
        except StaleDataError as error:
            raise Conflict("这条记录刚刚被其他人修改，您的改动没有保存。请重新载入后再改。") from error
        except IntegrityError as error:
            for constraint, sentence in KNOWN.items():
                if constraint in str(error.orig):
                    raise UserError(sentence) from error
            raise
        except UnicodeEncodeError as error:  # half a sign in what is looked for: nothing on record has one
            raise UserError("内容里有残缺的字，不能查找或保存。请重新输入。") from error
        except (ValueError, LookupError, TypeError, OverflowError, DBAPIError) as error:
            if said := self._said(error):
                raise said from error
            raise
        finally:
            with self._talk:
                self._talking -= 1
                self._talk.notify_all()
