"""The declarative base: names for constraints, kinds of columns, and what every record carries."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, cast

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Key = Annotated[int, mapped_column(primary_key=True)]
ShortText = Annotated[str, mapped_column(String(200), default="")]
LongText = Annotated[str, mapped_column(Text, default="")]

DERIVED = {"derived": True}
"""``info`` of a column that a function of other records fills: never journalled, checked by ``check``."""


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; SQLite knows no time zones, so they are put on and taken off here."""

    impl = DateTime
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """A decorator of types says ``object`` of itself; the journal must know what it reads back."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Take an aware time to UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say that what was kept is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def choice(kind: type[StrEnum]) -> Enum:
    """Return the column type of an enum: stored by value as text, so that files stay readable."""
    return Enum(
        kind,
        native_enum=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        create_constraint=False,
    )


class Base(DeclarativeBase):
    """Base of every mapped class; ids are never reused."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Instant}

    @classmethod
    def table(cls) -> Table:
        """Return the table behind the class."""
        return cast(Table, cls.__table__)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "__table__" in cls.__dict__:
            table = cls.table()
            table.dialect_options["sqlite"]["autoincrement"] = True
            _TABLES[table.name] = table


_TABLES: dict[str, Table] = {}


def table_named(name: str) -> Table:
    """Return the table behind a mapped class by the name that the journal keeps, in whatever metadata it stands."""
    return _TABLES[name]


class Record(Base):
    """A row that a clerk's act changes: journalled, and guarded by its version."""

    __abstract__ = True

    id: Mapped[Key]
    version: Mapped[int] = mapped_column(default=1)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        cls.__mapper_args__ = {"version_id_col": cls.version, **getattr(cls, "__mapper_args__", {})}
        super().__init_subclass__(**kwargs)


class Entry(Record):
    """A record that stands by itself: never deleted, but moved to the recycle bin and back."""

    __abstract__ = True

    removed_at: Mapped[datetime | None]


def today() -> date:
    """Return the local date; the one clock of the program, replaced in tests."""
    return datetime.now().astimezone().date()
