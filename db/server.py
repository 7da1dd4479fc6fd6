"""PostgreSQL as clerks meet it: no wait without a limit, and each refusal as one sentence.

The server ends what takes too long (``LOCK``, ``STATEMENT``, ``IDLE``); the network tells of a server that is gone
(``KEEPALIVE``); and this side gives up on one that is there and says nothing (``SILENCE``), or at once when told to.
"""

import re
import threading
from collections.abc import Generator
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, create_engine, event

CONNECT = 10  # seconds for a connection
LOCK = 30  # seconds that one waits for what another client is writing
STATEMENT = 40  # seconds for one statement; an upgrade of the schema may take as long as it needs
SILENCE = STATEMENT + 10  # seconds after which a server that answers nothing is given up
HURRY = 5  # the same, where a window waits for the answer
IDLE = (
    300  # seconds after which the server ends a client that holds a transaction and does nothing: a PC asleep
)
KEEPALIVE = {"idle": 30, "interval": 10, "count": 3}  # a dead peer is known after a minute, on either side
SILENT = "the server does not answer"
GIVEN_UP = "the wait was given up"


@dataclass
class Limits:
    """How long the connections of one engine wait; shared by all threads."""

    given_up: threading.Event = field(default_factory=threading.Event)
    hurried: threading.Thread | None = None

    def seconds(self) -> float:
        """Return how long this thread waits for a silent server."""
        return HURRY if threading.current_thread() is self.hurried else SILENCE


class Bounded(psycopg.Connection[Any]):
    """A connection that does not wait for ever: it is closed when the server says nothing for too long."""

    limits: Limits | None = None
    is_patient = False

    def wait(self, gen: Generator[Any, Any, Any], *given: Any, **how: Any) -> Any:
        """Wait for the server's answer, within the limits."""
        return super().wait(self._within_limits(gen), *given, **how)

    def _within_limits(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Pass on what the driver waits for; it looks in ten times a second even where nothing has come."""
        limits = self.limits or Limits()
        until = None if self.is_patient else monotonic() + limits.seconds()
        try:
            state = next(gen)
            while True:
                ready = yield state
                if not ready and limits.given_up.is_set():
                    self._end(GIVEN_UP)
                if not ready and until is not None and monotonic() > until:
                    self._end(SILENT)
                state = gen.send(ready)
        except StopIteration as ended:
            return ended.value

    def _end(self, why: str) -> None:
        self.pgconn.finish()
        raise psycopg.OperationalError(why)


def open_server(url: URL) -> tuple[Engine, Limits]:
    """Return an engine for a server, and the limits of its connections."""
    engine, limits = create_engine(url, pool_pre_ping=True, hide_parameters=True), Limits()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, given: list[Any], named: dict[str, Any]) -> Any:
        if limits.given_up.is_set():
            raise psycopg.OperationalError(GIVEN_UP)
        seconds = min(CONNECT, int(limits.seconds()))
        usual: dict[str, Any] = {
            "connect_timeout": seconds,
            "application_name": "advisor-pool",
            "keepalives": 1,
        }
        usual |= {f"keepalives_{name}": value for name, value in KEEPALIVE.items()}
        connection = Bounded.connect(*given, **(usual | {"tcp_user_timeout": SILENCE * 1000} | named))
        connection.limits = limits
        return connection

    @event.listens_for(engine, "connect")
    def _prepare(connection: Bounded, _record: object) -> None:
        wanted = {
            "lock_timeout": f"{LOCK}s",
            "statement_timeout": f"{STATEMENT}s",
            "idle_in_transaction_session_timeout": f"{IDLE}s",
        } | {f"tcp_keepalives_{name}": str(value) for name, value in KEEPALIVE.items()}
        for name, value in wanted.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        connection.commit()  # or the rollback of the first act would take them away

    @event.listens_for(engine, "checkin")
    def _settle(connection: Bounded | None, _record: object) -> None:
        if connection is not None:
            connection.is_patient = False

    return engine, limits


def title_of(url: URL) -> str:
    """Return what a clerk calls the database at a URL, whatever form that has; never its password."""
    host = url.host or url.query.get("host", "")
    hosts = [host] if isinstance(host, str) else list(host)
    named = [part for one in hosts for part in one.split(",") if part and not part.startswith(("/", "@"))]
    service = url.query.get("service", "")
    where = "、".join(named)
    port = f":{url.port}" if url.port and named else ""
    at = f"{where}{port} 上" if where else f"服务“{service}”" if service else "本机服务器上"
    name = url.database or url.query.get("dbname", "")
    return f"{at}的数据库" + (f" {name}" if name else "")


def sentence(error: BaseException, where: str) -> str | None:
    """Say in Chinese what the server, or the way to it, did not allow; ``None`` if it is our own bug.

    A refusal during a session carries a state (SQLSTATE); one while connecting only words, in the server's language.
    """
    state = getattr(error, "sqlstate", None) or ""
    words = _NAMES.sub("", str(error)).lower()  # a database may be called "ssl", a user "role"
    said = _BY_STATE.get(state) or _BY_STATE.get(state[:2])
    if said is None and not state:
        said = next((text for signs, text in _BY_WORDS if any(sign in words for sign in signs)), None)
    if said is None and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        said = "数据库服务器没有完成这一步，本次没有写入（{where}）。请稍候再试；仍不行的，请把下面的原话告诉管理员：{words}"
    return said and said.format(where=where, words=_first_line(error))


_NAMES = re.compile(r'"[^"]*"')


def _first_line(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


_ROOM = "没有写入：{where} 所在的服务器磁盘已满。已保存的数据未受影响，请管理员清理磁盘后再试。"
_MANY = "{where} 的连接数已满。请关闭不用的窗口，或请管理员增加连接数后再试。"
_WRONG_ROLE = "{where} 不认识这个用户名，或不许它从本机登录。请核对用户名，或请管理员开通。"
_WRONG_PASSWORD = "{where} 没有接受用户名或密码。请核对后再试。"
_NO_DATABASE = "没有找到 {where}。请核对数据库名称，或请管理员先建立这个数据库。"
_STARTING = "{where} 正在启动或关闭，暂时不能使用。请过一两分钟再试。"
_BROKEN = "与 {where} 的连接中断，本次没有写入。请检查网络后再试一次；您填写的内容仍在窗口中。"
_ENDED = "与 {where} 的连接被管理员断开或服务器重新启动，本次没有写入。请再试一次；您填写的内容仍在窗口中。"
_BUSY = "另一台电脑正在写入 {where}，等了 {seconds} 秒还没有写完，本次没有写入。请稍候再试。".replace(
    "{seconds}", str(LOCK)
)
_SLOW = "{where} 太忙，{seconds} 秒内没有完成这一步，本次没有写入。请稍候再试；一直这样的，请告诉管理员。".replace(
    "{seconds}", str(STATEMENT)
)
_REFUSED = "连接不上数据库服务器（{where}）。请检查网络，或请管理员确认服务器已启动。"
_NOT_FOUND = "找不到数据库服务器（{where}）。请检查服务器地址和网络。"
_TIMED_OUT = "连接 {where} 超时。请检查网络，或请管理员确认服务器正常。"
_NO_SOCKET = "本机没有正在运行的数据库服务器（{where}）。请核对地址，或请管理员启动服务器。"
_ENCRYPTED = "{where} 要求（或不支持）加密连接。请管理员核对地址末尾的 sslmode 设置和证书。"

_BY_STATE = {
    "08": _BROKEN,
    "22001": "有一项内容太长，{where} 没有保存。请缩短后再试。",
    "22003": "有一个数字太大，{where} 没有保存。请核对后再试。",
    "22021": "内容里有不能保存的字符，{where} 没有接受。请删去看不见的字符后再试。",
    "22P05": "内容里有不能保存的字符，{where} 没有接受。请删去看不见的字符后再试。",
    "25006": "没有写入：{where} 目前只读（可能是备用服务器）。请改连主服务器，或请管理员恢复写入。",
    "25P03": "停留太久，{where} 已结束这一步，本次没有写入。请再试一次。",
    "25P04": _SLOW,
    "28000": _WRONG_ROLE,
    "28P01": _WRONG_PASSWORD,
    "3D000": _NO_DATABASE,
    "3F000": "{where} 中没有可用的架构（schema）。请管理员核对 search_path，或建立 public 架构。",
    "40": "{where} 上另一台电脑同时在写同样的内容，本次没有写入。请再试一次。",
    "42501": "{where} 的这个用户没有所需的权限。请管理员授予本库的读写和建表权限。",
    "53100": _ROOM,
    "53200": "{where} 所在的服务器内存不足，本次没有写入。请稍候再试，或告诉管理员。",
    "53300": _MANY,
    "53400": "{where} 超出了服务器设定的限额，本次没有写入。请告诉管理员。",
    "55P03": _BUSY,
    "57014": _SLOW,
    "57P01": _ENDED,
    "57P02": _ENDED,
    "57P03": _STARTING,
    "57P05": _ENDED,
    "58030": "{where} 所在的服务器读写磁盘出错，本次没有写入。请立即告诉管理员。",
    "XX001": "{where} 的数据已损坏。请停止使用，并请管理员从最近的备份恢复。",
    "XX002": "{where} 的索引已损坏。请停止使用，并请管理员重建索引或从备份恢复。",
}
"""SQLSTATE, or its class of two characters -> what the clerk is told (PostgreSQL manual, appendix A)."""

_BY_WORDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("cannot contain nul",), "内容里有不能保存的字符，{where} 没有接受。请删去看不见的字符后再试。"),
    (
        ("invalid connection option", "invalid connection string", "invalid uri query parameter"),
        "{where}：地址末尾“?”后面的设置不认识。请核对地址，或请管理员处理。",
    ),
    ((GIVEN_UP,), "窗口要关闭，没有等到 {where} 的答复，这一步没有完成。"),
    (
        (SILENT,),
        "{where} 没有答复，本次没有写入。请检查网络，或请管理员确认服务器正常；您填写的内容仍在窗口中。",
    ),
    (("password authentication failed", "认证失败", "no password supplied"), _WRONG_PASSWORD),
    (("no pg_hba.conf entry",), "{where} 不许本机用这个用户登录，或要求加密连接。请管理员核对 pg_hba.conf。"),
    (("ssl", "tls", "certificate", "gssapi"), _ENCRYPTED),
    (("too many clients", "too many connections", "remaining connection slots", "太多"), _MANY),
    (("role", "角色", "peer authentication", "ident authentication", "对等认证"), _WRONG_ROLE),
    (
        ("the database system is", "currently accepting", "正在启动", "正在关闭"),
        _STARTING,
    ),
    (("no such file or directory", "没有那个文件或目录"), _NO_SOCKET),
    (("does not exist", "不存在"), _NO_DATABASE),
    (("connection refused", "拒绝连接", "拒绝"), _REFUSED),
    (
        ("could not translate host", "failed to resolve host", "getaddrinfo", "name or service not known"),
        _NOT_FOUND,
    ),
    (("no route to host", "network is unreachable", "没有到主机的路由", "网络不可达"), _REFUSED),
    (("timeout expired", "timed out", "超时"), _TIMED_OUT),
    (("permission denied", "权限不够"), "没有权限连接 {where}。请核对地址，或请管理员开通。"),
    (("administrator command", "terminating connection"), _ENDED),
    (
        (
            "server closed the connection",
            "connection is lost",
            "connection reset",
            "broken pipe",
            "connection not open",
            "could not receive data",
            "could not send data",
            "the connection is closed",
            "consuming input failed",
        ),
        _BROKEN,
    ),
)
"""Words of the server or of libpq -> what the clerk is told; the first that stands in them counts."""
