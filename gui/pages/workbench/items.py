"""How the things to do are shown: icon, words, nearness, what Enter does, what the tooltip says."""

from datetime import date

from db.cases.rules.neglect import NO_AGENT, NO_ANSWER, NO_ATTENDANCE
from db.law.periods import ANSWER_RULES, BY_ID
from db.office.todo import Todo, TodoKind
from db.workbench.todos import ForgottenCase
from gui.tables.cells import Badge
from gui.tables.due import due_cell, short_day
from gui.tables.todo_list import Item

FORGOTTEN = "被遗忘"
FILTERS: dict[str, tuple[str, frozenset[TodoKind]]] = {
    "all": ("全部", frozenset(TodoKind)),
    "DEADLINE": ("期限", frozenset({TodoKind.DEADLINE, TodoKind.RESULT})),
    "HEARING": ("开庭", frozenset({TodoKind.HEARING})),
    "ASSIGN": ("待分派", frozenset({TodoKind.ASSIGN, TodoKind.CONFLICT})),
    "FORGOTTEN": (FORGOTTEN, frozenset()),
    "CONSULTATION": (
        "会商",
        frozenset({TodoKind.CONSULTATION, TodoKind.MINUTES, TodoKind.FOLLOW_UP}),
    ),
    "TERM": ("到期", frozenset({TodoKind.TERM, TodoKind.FILING, TodoKind.EXPIRY})),
    "COVERAGE": ("催办", frozenset({TodoKind.ANSWER})),
}
"""The filters: the word on each, and the kinds behind it."""

ICONS = {
    TodoKind.DEADLINE: "scale",
    TodoKind.HEARING: "gavel",
    TodoKind.ASSIGN: "user-plus",
    TodoKind.RESULT: "file-pen-line",
    TodoKind.TERM: "calendar-clock",
    TodoKind.FILING: "file-input",
    TodoKind.CONFLICT: "ban",
    TodoKind.CONSULTATION: "messages-square",
    TodoKind.MINUTES: "file-pen-line",
    TodoKind.FOLLOW_UP: "list-checks",
    TodoKind.EXPIRY: "calendar-clock",
    TodoKind.ANSWER: "building-2",
}
LACKING = {  # what is missing: the badge, the word on the button, the command of the page 案件
    NO_AGENT: ("待分派", "分派顾问", "cases.assign_current"),
    NO_ANSWER: ("缺收到日期", "补填日期", "cases.edit_current"),
    NO_ATTENDANCE: ("出庭未安排", "安排出庭", "cases.attend_current"),
}
RENEWALS = {  # of what has an end: the word on the button, the act of the registry
    "public_lawyer": ("登记续期", "issue_certificate"),
    "sharing": ("续办统筹", "renew_sharing"),
    "agency_contract": ("续签合同", "renew_contract"),
}
PARTS = {  # of what is about a part of a record: the command takes the part's key
    TodoKind.FOLLOW_UP: ("登记办结", "consultations.run_act:done"),
    TodoKind.ANSWER: ("登记反馈", "agencies.answer_urging"),
}
QUIET = ("久无进展", "登记进程", "cases.record_shown")

Step = tuple[str, str]  # the word on the button; the command, with what it is given after a colon, or none


def id_of(todo: Todo) -> str:
    """Return what names a thing to do in the list; co-defendants, and two papers, have a line each for one rule."""
    return f"{todo.kind.name}-{todo.key}-{todo.rule}-{todo.word}-{todo.due_on}"


def forgotten_id(found: ForgottenCase) -> str:
    """Return what names a forgotten case in the list."""
    return f"FORGOTTEN-{found.key}"


def step_of(todo: Todo) -> Step:
    """Return what Enter does with a thing to do."""
    if todo.kind is TodoKind.DEADLINE and todo.is_duty:
        is_answer = todo.rule in ANSWER_RULES
        return ("登记提交", "cases.submit_current") if is_answer else ("登记进程", "cases.record_shown")
    if todo.kind is TodoKind.HEARING and not todo.is_arranged:
        return "安排出庭", "cases.attend_current"
    if todo.kind is TodoKind.CONSULTATION and not todo.is_arranged:
        return "确定人员", "consultations.run_act:members"
    if todo.kind is TodoKind.MINUTES and todo.is_arranged:
        return "归档", "consultations.run_act:archive"
    if todo.kind in PARTS:
        word, command = PARTS[todo.kind]
        return word, f"{command}:{todo.rule.partition(':')[2]}"
    return RENEWALS.get(todo.table) or _STEPS[todo.kind]


_STEPS: dict[TodoKind, Step] = {
    TodoKind.DEADLINE: ("查看案件", ""),
    TodoKind.HEARING: ("查看案件", ""),
    TodoKind.ASSIGN: ("分派顾问", "cases.assign_current"),
    TodoKind.RESULT: ("登记结果", "cases.result_current"),
    TodoKind.FILING: ("登记备案", ""),
    TodoKind.TERM: ("办理续聘", "roster.run_act:renew"),
    TodoKind.CONFLICT: ("更换顾问", "cases.replace_current"),
    TodoKind.CONSULTATION: ("打印通知", "consultations.run_act:paper:会商通知"),
    TodoKind.MINUTES: ("整理记录", "consultations.run_act:record"),
}


def item_of(todo: Todo, today: date) -> Item:
    """Return a thing to do as the list shows it."""
    return Item(
        id=id_of(todo),
        icon=ICONS[todo.kind],
        word=todo.word,
        title=todo.title,
        caption=todo.caption,
        due=due_cell(todo.due_on, today, at_time=todo.at_time, duty=todo.is_duty, covered=todo.covered),
        date=short_day(todo.due_on, today),
        action=step_of(todo)[0],
        tip="\n".join(_tip(todo)),
    )


def forgotten_item(found: ForgottenCase) -> Item:
    """Return a forgotten case as the list shows it."""
    badge, action, _ = lacking(found)
    return Item(
        id=forgotten_id(found),
        icon="triangle-alert",
        word=FORGOTTEN,
        title=found.title,
        caption=f"{found.number}・{'；'.join(found.reasons)}",
        due=Badge("ac", badge),
        date="",
        action=action,
        tip="补齐后自动从这里消失。" + "；".join(found.reasons) + "。",
    )


def lacking(found: ForgottenCase) -> tuple[str, str, str]:
    """Return what is missing first: the badge, the word on the button, the command."""
    return next((LACKING[reason] for reason in found.reasons if reason in LACKING), QUIET)


def _tip(todo: Todo) -> list[str]:
    """Say what the law says of a thing to do, and how far its date can be trusted."""
    said = [f"{todo.word}　{todo.article}" if todo.article else ""]
    if rule := BY_ID.get(todo.rule):
        said.append(rule.effect)
    if todo.kind is TodoKind.HEARING:
        said += [f"地点：{todo.place}" if todo.place else "", f"负责人出庭：{todo.head}" if todo.head else ""]
    if todo.kind is TodoKind.ASSIGN:
        said.append("本局的目标：收到副本后五日内分派。")
    if todo.kind is TodoKind.CONFLICT:
        said.append("承办后出现的回避情形：请更换顾问，或取得单位的知情同意。事实有误的，更正后自动消失。")
    if todo.kind is TodoKind.CONSULTATION:
        said += [f"地点：{todo.place}" if todo.place else ""]
    if todo.kind is TodoKind.FOLLOW_UP:
        said.append("会商议定的事项，办结时写明凭据。")
    if todo.kind is TodoKind.EXPIRY:
        said.append("到期次日起不再计入覆盖。续期、续签，或登记终止后，自动从这里消失。")
    if todo.kind is TodoKind.ANSWER:
        said.append("催办函要求的反馈期限已过。登记反馈后从这里消失；仍未办理的，可再次发函。")
    if todo.kind is TodoKind.RESULT:
        said.append("本局的目标：裁判文书送达后三日内登记结果。")
    said.append("日期为手工改定。" if todo.is_fixed else "")
    said.append("" if todo.covered else "该年放假安排尚未录入，日期只按周六、周日推算，请核对。")
    return [line for line in said if line]
