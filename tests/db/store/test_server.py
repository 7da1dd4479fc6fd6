"""A PostgreSQL that refuses, hangs, or is busy: one sentence each, within a limit, and the next act works."""

import os
import signal
import sys
import threading
from time import monotonic

import psycopg
import pytest
from sqlalchemy import URL, make_url, text

from db import backends
from db import server as limits_of
from db.engine import Database
from db.errors import UserError
from db.setup.opening import connected, open_office
from tests.conftest import enter_someone

KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ANY(:pids)"


@pytest.fixture
def served(served_url):
    """Lend an office on a server."""
    database = open_office(served_url, "沈青禾")
    yield database
    database.close()


def other_way(server: str, **changes: object) -> URL:
    return make_url(server).set(drivername="postgresql+psycopg", **changes)


def backend_of(session) -> int:
    return session.execute(text("SELECT pg_backend_pid()")).scalar_one()


def end_backends(database: Database, *pids: int) -> None:
    """Do what an administrator does who restarts the server or ends a session."""
    engine = backends.open_engine(database.url)
    with engine.begin() as connection:
        connection.execute(text(KILL), {"pids": list(pids)})
    engine.dispose()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"database": "没有这个库"}, "没有找到 .*没有这个库"),
        ({"username": "nobody_here"}, "不认识这个用户名"),
        ({"host": None, "query": {"host": "/nowhere/at/all"}}, "本机没有正在运行的数据库服务器"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "连接不上数据库服务器（127.0.0.1:1 上的数据库"),
        (
            {"host": "no-such-host.invalid", "query": {}},
            "找不到数据库服务器（no-such-host.invalid 上的数据库",
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_said_in_one_sentence(server, changes, said):
    url = other_way(server, **({"password": "geheim123"} | changes))
    with pytest.raises(UserError, match=said) as refused:
        open_office(url.render_as_string(hide_password=False))
    assert "geheim123" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:geheim123@h/x",
        "postgresql://u:geheim123@h:5x/x",
        "sqlite://",
        "http://h/",
        "postgresql+psycopg2://h/x",
    ],
)
def test_an_address_of_another_kind_is_said_to_be_one(address):
    with pytest.raises(UserError, match="postgresql://用户名@服务器/库名") as refused:
        open_office(address)
    assert "geheim123" not in str(refused.value)


def test_the_other_spellings_of_the_scheme_are_taken(served):
    url = served.url.render_as_string(hide_password=False)
    for scheme in ("postgres", "postgresql", "POSTGRESQL"):
        again = Database(url.replace("postgresql+psycopg", scheme))
        with again.read() as session:
            assert backend_of(session)
        again.close()


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("postgresql://zhang:geheim123@10.1.2.3/advisor", "10.1.2.3 上的数据库 advisor"),
        ("postgresql://10.1.2.3:5433/advisor", "10.1.2.3:5433 上的数据库 advisor"),
        ("postgres://[::1]/advisor", "::1 上的数据库 advisor"),
        ("postgresql:///advisor", "本机服务器上的数据库 advisor"),
        ("postgresql:///advisor?host=/run/postgresql", "本机服务器上的数据库 advisor"),
        ("postgresql:///advisor?host=db.example", "db.example 上的数据库 advisor"),
        ("postgresql:///advisor?host=a,b", "a、b 上的数据库 advisor"),
        ("postgresql:///?service=office", "服务“office”的数据库"),
        ("postgresql://", "本机服务器上的数据库"),
        ("postgresql:///advisor?password=geheim123", "本机服务器上的数据库 advisor"),
        ("数据/顾问库.db", "顾问库.db"),
    ],
)
def test_the_status_bar_names_every_form_of_address(address, title):
    assert backends.title_of(backends.url_of(address)) == title


def test_a_session_that_the_administrator_ended_is_opened_again_without_a_word(served):
    with served.read() as session:
        pid = backend_of(session)
    end_backends(served, pid)
    with served.read() as session:
        assert backend_of(session) != pid


def test_a_session_ended_in_the_middle_of_an_act_leaves_nothing_and_the_next_act_works(served):
    with pytest.raises(UserError, match="本次没有写入。请再试一次"), served.write("新增顾问") as session:
        enter_someone(session)
        session.flush()
        end_backends(served, backend_of(session))
        session.execute(text("SELECT 1"))
    with served.write("新增顾问") as session:
        assert enter_someone(session)


@pytest.mark.parametrize("state", [state for state in limits_of._BY_STATE if len(state) == 5])
def test_each_refusal_that_the_server_has_a_code_for_has_a_sentence(served, state):
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(UserError, match="上的数据库"), served.read() as session:
        session.execute(text(raising))


def test_a_bug_of_ours_is_not_taken_for_a_fault_of_the_server(served):
    with pytest.raises(Exception, match="no_such_table") as bug, served.read() as session:
        session.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(bug.value, UserError)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('connection failed: FATAL:  password authentication failed for user "ssl"', "没有接受用户名或密码"),
        ("connection failed: fe_sendauth: no password supplied", "没有接受用户名或密码"),
        ('connection failed: 致命错误:  用户 "role" Password 认证失败', "没有接受用户名或密码"),
        ('connection failed: FATAL:  role "x" does not exist', "不认识这个用户名"),
        ('connection failed: 致命错误:  角色 "x" 不存在', "不认识这个用户名"),
        ('connection failed: FATAL:  role "x" is not permitted to log in', "不认识这个用户名"),
        ('connection failed: 致命错误:  数据库 "x" 不存在', "没有找到"),
        ("connection failed: FATAL:  sorry, too many clients already", "连接数已满"),
        ('connection failed: FATAL:  too many connections for role "x"', "连接数已满"),
        ("connection failed: FATAL:  remaining connection slots are reserved for roles", "连接数已满"),
        ("connection failed: FATAL:  the database system is starting up", "正在启动或关闭"),
        ("connection failed: FATAL:  the database system is not accepting connections", "正在启动或关闭"),
        ('connection failed: FATAL:  no pg_hba.conf entry for host "10.0.0.9", no encryption', "pg_hba.conf"),
        ("connection failed: server does not support SSL, but SSL was required", "加密连接"),
        ('connection to server at "h", port 5432 failed: root certificate file does not exist', "加密连接"),
        ('connection to server at "ssl", port 5432 failed: Connection refused', "连接不上"),
        ('connection to server at "h", port 5432 failed: 拒绝连接', "连接不上"),
        ("connection timeout expired", "超时"),
        ("consuming input failed: server closed the connection unexpectedly", "连接中断"),
        ("etwas ganz anderes", "原话告诉管理员：etwas ganz anderes"),
    ],
)
def test_what_a_server_says_while_connecting_is_understood_in_its_language_too(words, said):
    assert said in (limits_of.sentence(psycopg.OperationalError(words), "服务器") or "")


def test_a_server_that_takes_no_writing_or_gives_no_right_says_so(served):
    reading = served.url.update_query_dict({"options": "-cdefault_transaction_read_only=on"})
    standby = Database(reading)
    with pytest.raises(UserError, match="目前只读"), standby.write("新增顾问") as session:
        enter_someone(session)
    standby.close()
    name = f"guest_{os.getpid()}"
    with served.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
    try:
        with pytest.raises(UserError, match="没有所需的权限|没有可用的架构"):
            open_office(served.url.set(username=name).render_as_string(hide_password=False))
    finally:
        with served.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP ROLE {name}")


@pytest.fixture(params=["sqlite", "postgresql"])
def busy(request, monkeypatch):
    """Lend an office, and one that is writing to it just now; the wait has an end that a test can await."""
    monkeypatch.setattr(limits_of, "LOCK", 2)
    monkeypatch.setattr(backends, "WAIT", 2)
    database = request.getfixturevalue("office" if request.param == "sqlite" else "served")
    database.close()
    database = connected(database.url, "沈青禾")  # opened with the limits of the test
    writing = connected(database.url, "林一苇")
    with writing.write("导入名册") as session:
        enter_someone(session)
        session.flush()
        yield database
    writing.close()
    database.close()


def act(database: Database) -> int:
    with database.write("新增顾问") as session:
        return enter_someone(session)


def test_an_act_waits_for_the_other_writer_and_says_so(busy, request):
    told, both = [], threading.Event()

    def tell(begins: bool) -> None:
        told.append(begins)
        both.set()

    busy.waits.told.append(tell)
    with pytest.raises(UserError, match=r"等了 \d+ 秒还没有写完，本次没有写入。请稍候再试"):
        act(busy)
    assert told == [True, False]


def test_an_act_goes_on_by_itself_once_the_other_writer_is_done(request, monkeypatch, database):
    waits, done = threading.Event(), []
    database.waits.told.append(lambda begins: begins and waits.set())
    writing = connected(database.url, "林一苇")
    with writing.write("导入名册") as session:
        enter_someone(session, "单宁", "13308201510123457")
        session.flush()
        thread = threading.Thread(target=lambda: done.append(act(database)))
        thread.start()
        assert waits.wait(20)
    thread.join(30)
    writing.close()
    assert len(done) == 1


def test_a_window_that_closes_ends_its_waits_at_once(busy, monkeypatch):
    monkeypatch.setattr(backends, "WAIT", 600)
    said, waits = [], threading.Event()
    busy.waits.told.append(lambda begins: begins and waits.set())

    def work() -> None:
        try:
            act(busy)
        except UserError as error:
            said.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    assert waits.wait(20)
    busy.give_up()
    thread.join(20)
    assert len(said) == 1
    assert "没有完成" in said[0] or "没有写入" in said[0]


@pytest.mark.skipif(sys.platform == "win32", reason="a process is stopped by a POSIX signal")
@pytest.mark.parametrize("how", ["silence", "hurry", "closing"])
def test_a_server_that_hangs_is_given_up_and_the_next_act_works(served, monkeypatch, how):
    monkeypatch.setattr(limits_of, "SILENCE", 1 if how == "silence" else 3600)
    monkeypatch.setattr(limits_of, "HURRY", 1)
    if how == "hurry":
        served.waits.limits.hurried = threading.current_thread()
    begun = monotonic()
    with pytest.raises(UserError, match="没有"), served.write("新增顾问") as session:
        pid = backend_of(session)
        os.kill(pid, signal.SIGSTOP)
        try:
            if how == "closing":
                threading.Timer(0.5, served.give_up).start()
            session.execute(text("SELECT 1"))
        finally:
            os.kill(pid, signal.SIGCONT)
    assert monotonic() - begun < 600
    again = Database(served.url)
    assert act(again)
    again.close()


def test_an_upgrade_may_take_its_time(served):
    with served.engine.connect() as connection, connection.begin():
        backends.take_time(connection)
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "0"
    with served.engine.connect() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == f"{limits_of.STATEMENT}s"
        assert not connection.connection.driver_connection.is_patient
