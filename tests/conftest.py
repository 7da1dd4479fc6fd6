"""What all tests share: a fresh office on either engine, and the whole window over it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from tests import compiled, preflight

preflight.bring_system_libraries()
compiled.share()
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from db import backends
from db.engine import Database
from db.roster.acts.lawyers import save_lawyer
from db.roster.rules.lawyers import LawyerDraft
from db.setup.opening import open_office
from tests.server import running_server

TODAY = date(2026, 11, 24)
LICENCE = "13308201510123456"


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory) -> Iterator[None]:
    """Keep what the program leaves in a user's folders apart from those of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name)))
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """Return a new office's file, made once."""
    file = tmp_path_factory.mktemp("template") / "office.db"
    open_office(file, "沈青禾").close()
    return file


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory) -> Path:
    """Return the file of the demo bureau, made once."""
    from db.demo.demo import load_demo

    file = tmp_path_factory.mktemp("demo") / "demo.db"
    database = open_office(file, "沈青禾")
    load_demo(database, TODAY)
    database.close()
    return file


@pytest.fixture
def demo_office(demo_template, tmp_path) -> Iterator[Database]:
    """Return a fresh copy of the demo bureau on SQLite."""
    copy = tmp_path / "示例.db"
    shutil.copy(demo_template, copy)
    database = open_office(copy, "沈青禾")
    yield database
    database.close()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Return the URL of a real PostgreSQL, or of the one that ADVISOR_POOL_TEST_URL names."""
    if given := os.environ.get("ADVISOR_POOL_TEST_URL"):
        yield given
        return
    with running_server() as url:
        yield url


@pytest.fixture
def file(template, tmp_path) -> Path:
    """Return a fresh office's file."""
    copy = tmp_path / "顾问库.db"
    shutil.copy(template, copy)
    return copy


@pytest.fixture
def office(file) -> Iterator[Database]:
    """Return a fresh office on SQLite."""
    database = open_office(file, "沈青禾")
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path) -> Iterator[Database]:
    """Return a fresh office on each engine."""
    if request.param == "sqlite":
        database = open_office(request.getfixturevalue("file"), "沈青禾")
        yield database
        database.close()
        return
    database = open_office(request.getfixturevalue("served_url"), "沈青禾")
    yield database
    database.close()


@pytest.fixture(scope="session")
def served_template(server) -> Iterator[str]:
    """Return the name of a new office's database on the server, made once."""
    name = f"template_{os.getpid()}"
    with served_database(server, name) as url:
        open_office(url, "沈青禾").close()
        yield name


@pytest.fixture
def served_url(server, served_template, tmp_path) -> Iterator[str]:
    """Return the URL of a fresh office's database on the server."""
    with served_database(server, f"{tmp_path.name.lower()}_{os.getpid()}", served_template) as url:
        yield url


@pytest.fixture(scope="session")
def served_demo_template(server, demo_template, served_template) -> Iterator[str]:
    """Return the name of the demo bureau's database on the server, made once."""
    from db.setup.restoring import restore

    name = f"demo_{os.getpid()}"
    with served_database(server, name, served_template) as url:
        restore(backends.url_of(url), demo_template, "沈青禾")
        yield name


@pytest.fixture
def served_demo(server, served_demo_template, tmp_path) -> Iterator[Database]:
    """Return a fresh copy of the demo bureau on the server."""
    with served_database(server, f"{tmp_path.name.lower()}_{os.getpid()}", served_demo_template) as url:
        database = open_office(url, "沈青禾")
        yield database
        database.close()


@contextmanager
def served_database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """Lend a database of its own, made like ``template``; it is gone with the block."""
    engine = backends.open_engine(backends.url_of(server)).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield backends.url_of(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE "{name}" WITH (FORCE)')
        engine.dispose()


def a_lawyer(**changes) -> LawyerDraft:
    """Return a valid lawyer's draft."""
    given = {
        "name": "汪晓棠",
        "sex": "男",
        "firm": "示例双港律师事务所",
        "licence": LICENCE,
        "phone": "13800001111",
        "term_from": date(2025, 6, 1),
        "term_to": date(2027, 5, 31),
        "specialities": ("市场监管",),
    }
    return LawyerDraft(**(given | changes))


def enter_someone(session, name: str = "汪晓棠", licence: str = LICENCE) -> int:
    """Enter a lawyer of a firm of his own; return his key."""
    return save_lawyer(session, a_lawyer(name=name, licence=licence, firm=f"示例{name}律师事务所"), TODAY)
