"""Reading a clerk's workbook, whatever it is; anything that is wrong with it becomes one sentence."""

import json
import logging
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from db.errors import UserError
from db.exchange.grid import Book, Grid, Raw
from db.opened_file import refuse_opened

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv", ".tsv", ".txt")
MAX_BYTES = 50 << 20
SECONDS = 90.0
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ROOT = Path(__file__).parents[2]
log = logging.getLogger(__name__)


def read_book(path: Path, sheet: str = "", cancel: Event | None = None, seconds: float = SECONDS) -> Book:
    """Return the cells of the sheets of ``path``, or of ``sheet`` alone.

    Reads in a child process that is ended after ``seconds`` or when ``cancel`` is set. Raises ``UserError``.
    """
    _look_at(path)
    answer = _run_child(path, sheet, cancel, seconds)
    if "problem" in answer:
        raise UserError(_sentence(answer, path, sheet))
    return Book(tuple(answer["sheets"]), tuple(_grid(one) for one in answer["read"]))


def _grid(read: dict[str, Any]) -> Grid:
    return Grid(
        sheet=read["name"],
        rows=tuple(tuple(_raw(value) for value in row) for row in read["rows"]),
        merged=tuple((m[0], m[1], m[2], m[3]) for m in read["merged"]),
        hidden_rows=frozenset(read["hidden_rows"]),
        is_hidden=read["is_hidden"],
        is_too_large=read["is_too_large"],
    )


def _look_at(path: Path) -> None:
    name = path.name
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(f"“{name}”不是工作簿。请选择 Excel 或 WPS 表格文件（.xlsx、.xls、.et、.csv）。")
    refuse_opened(path)
    try:
        with path.open("rb") as file:
            head = file.read(8)
            size = path.stat().st_size
            has_password = head == OLE and "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20)
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path}”。请检查它是否已移走或改名。") from None
    except OSError:
        raise UserError(f"“{name}”打不开：没有读取权限，或正被其他程序独占。请关闭后再试。") from None
    if size == 0:
        raise UserError(f"“{name}”是空文件，没有内容可以导入。请检查是否选对了文件。")
    if size > MAX_BYTES:
        raise UserError(f"“{name}”有 {size >> 20} MB，超过 50 MB。请只保留名册所在的工作表，另存后再导入。")
    if has_password:
        raise UserError(f"“{name}”设有打开密码。请先在 Excel 或 WPS 中取消密码，另存后再导入。")


def _run_child(path: Path, sheet: str, cancel: Event | None, seconds: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "db.exchange.reader_child", str(path.resolve()), sheet]
    no_window = (
        0x0800_0000 if sys.platform == "win32" else 0
    )  # CREATE_NO_WINDOW, or the clerk sees a console flash
    with subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        creationflags=no_window,
    ) as child:
        deadline = monotonic() + seconds
        while True:
            try:
                output, errors = child.communicate(timeout=0.1)
                break
            except subprocess.TimeoutExpired:
                if cancel is not None and cancel.is_set():
                    child.kill()
                    raise UserError("已取消读取，没有导入任何内容。") from None
                if monotonic() > deadline:
                    child.kill()
                    text = f"“{path.name}”读了 {seconds:.0f} 秒还没有读完，已停止。请只保留名册所在的工作表，另存后再试。"
                    raise UserError(text) from None
    if child.returncode != 0 or not output:
        log.warning("reader ended with %s: %s", child.returncode, errors.decode(errors="replace")[-500:])
        return {"problem": "too_large"}
    answer: dict[str, Any] = json.loads(output)
    return answer


def _sentence(answer: dict[str, Any], path: Path, sheet: str) -> str:
    name, problem = path.name, answer["problem"]
    if problem == "empty":
        return f"“{name}”里没有内容。请检查是否选对了文件或工作表。"
    if problem == "no_sheet":
        return f"“{name}”里没有名为“{sheet}”的工作表，现有：{'、'.join(answer['sheets'])}。"
    if problem == "too_large":
        return f"“{name}”太大，读取时超出了内存限制。请只保留名册所在的区域，另存后再导入。"
    detail = str(answer.get("detail", ""))
    log.info("cannot read %s: %s", path, detail)
    if "password" in detail.lower():
        return f"“{name}”设有打开密码。请先在 Excel 或 WPS 中取消密码，另存后再导入。"
    return f"“{name}”不是工作簿，或已损坏，读不出内容。请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"


def _raw(value: Any) -> Raw:
    if isinstance(value, dict):
        text = str(value["date"])
        return datetime.fromisoformat(text).date() if "T" in text else date.fromisoformat(text)
    return value  # type: ignore[no-any-return] # JSON has only the other kinds of Raw
