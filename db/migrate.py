"""Brings a database to the present schema: refuses newer files, has it copied before it upgrades, verifies after."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from db import backends
from db.errors import UserError

VERSIONS = Path(__file__).parent / "migrations" / "versions"


def head() -> str:
    """Return the newest revision; revisions are numbered files, so no Alembic is needed to know it."""
    return max(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))


def revisions() -> set[str]:
    """Return every revision that a database may be of."""
    return {path.name[:4] for path in VERSIONS.glob("[0-9]*.py")}


def too_new(name: str | None, found: str) -> UserError:
    """Return the refusal of what a newer program made."""
    return UserError(
        f"“{name}”由更新版本的程序建立（版本 {found}，本程序支持到 {head()}），没有打开。请升级本程序后再用。"
    )


def prepare(engine: Engine, copy_first: Callable[[], object]) -> bool:
    """Bring the database behind ``engine`` to ``head()``; return whether it was new.

    ``copy_first`` is called before an upgrade; if it raises, nothing is upgraded. Raises ``UserError`` when a newer
    program made the database, or when it is not ours.
    """
    with engine.connect() as connection:
        found = revision_of(connection)
        foreign = found is None and bool(inspect(connection).get_table_names())
    if found == head():
        return False
    name = backends.title_of(engine.url)
    if foreign:
        raise UserError(f"“{name}”不是本程序的数据库，没有改动它。请改选文件，或换一个文件名新建。")
    if found is not None and found > head():
        raise too_new(name, found)
    if found is not None:
        copy_first()
    return _upgrade(engine)


def revision(engine: Engine) -> str | None:
    """Return the revision of the schema, or ``None`` where there is none."""
    with engine.connect() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """Return the revision that a connection sees, or ``None``."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def build(url: URL, revision: str) -> None:
    """Make an empty database of a revision, present or past."""
    engine = backends.open_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            _migrate(connection, revision)
    finally:
        engine.dispose()


def _upgrade(engine: Engine) -> bool:
    writing = engine.execution_options(sqlite_begin="IMMEDIATE")
    with writing.connect() as connection, connection.begin():
        backends.begin_writing(connection)
        backends.take_time(connection)
        before = revision_of(connection)  # another window may have been quicker
        if before == head():
            return False
        _migrate(connection, "head")
        backends.mark_as_ours(connection)
        if found := backends.integrity(connection):
            raise UserError(f"升级后核对数据库时发现问题，已退回原状：{found[0]}。请联系维护人员。")
    return before is None


def _migrate(connection: Connection, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - costs 0.2 s and is needed once in a version's life
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except (
        DBAPIError
    ) as error:  # a column is there already, a table is not: the number is not that of the content
        if backends.sentence(error, connection.engine.url):
            raise
        raise UserError(
            "数据库登记的版本号与其中的内容不符，没有升级，也没有改动它。请从备份恢复，或请维护人员核对。"
        ) from error
