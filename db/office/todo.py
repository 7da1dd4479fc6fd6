"""One thing to do, as every subject may say it; the 工作台 gathers them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TodoKind(StrEnum):
    """What sort of thing is to be done; the values are the words on the screen."""

    DEADLINE = "期限"
    HEARING = "开庭"
    ASSIGN = "待分派"
    RESULT = "补录结果"
    TERM = "聘期"
    FILING = "变动备案"
    CONFLICT = "回避"
    CONSULTATION = "会商"
    MINUTES = "整理纪要"
    FOLLOW_UP = "议定事项"
    EXPIRY = "到期"
    ANSWER = "催办反馈"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do; ``table`` and ``key`` name the record it is about.

    A deadline names its ``rule`` (L02 …), ``article`` and ``parties`` (co-defendants' keys, where not all have the same), a hearing its ``place`` and ``head``, who attends for
    the agency; ``is_arranged`` says whether that has been settled.
    """

    kind: TodoKind
    table: str
    key: int
    word: str
    title: str
    caption: str
    due_on: date
    at_time: str = ""
    is_duty: bool = True
    happened_on: date | None = None
    rule: str = ""
    article: str = ""
    place: str = ""
    head: str = ""
    is_arranged: bool = True
    covered: bool = True
    is_fixed: bool = False
    parties: tuple[int, ...] = ()
