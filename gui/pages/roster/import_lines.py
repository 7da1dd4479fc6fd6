"""What the import dialog lists at its right: problems, the gravest first, or every person with what becomes of him."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.errors import Severity
from db.exchange.roster_sheet import Action, RosterPlan, RowPlan, SheetProblem
from db.rules.numbers import mask_phone
from gui.pages.roster.preview_table import LOOKS

FILTERS = (
    ("rows", "人员"),
    ("all", "问题"),
    (Severity.ERROR.value, "错误"),
    (Severity.WARNING.value, "提示"),
    (Severity.NOTE.value, "说明"),
)
ACTIONS = {
    Action.NEW: ("user-plus", "ac_tx"),
    Action.UPDATE: ("pencil", "ac_tx"),
    Action.SKIP: ("minus", "tx3"),
    Action.MEND: ("circle-alert", "dg"),
}
HEADS = {
    "rows": ("处理", "行", "姓名", "导入后", "专业领域"),
    "problems": ("级别", "行", "列", "问题", "原内容"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the five texts, the icon and colour of the first, and the problem that it tells, if it does."""

    texts: tuple[str, str, str, str, str]
    icon: str
    token: str
    problem: SheetProblem | None = None


def heads(wanted: str) -> tuple[str, ...]:
    """Return the titles of the columns for a choice of ``FILTERS``."""
    return HEADS["rows" if wanted == "rows" else "problems"]


def lines(plan: RosterPlan, wanted: str) -> list[Line]:
    """Return what to list for a choice of ``FILTERS``."""
    if wanted == "rows":
        return [_row_line(row) for row in plan.rows]
    found = [p for p in plan.problems if wanted in {"all", p.severity.value}]
    order: Sequence[Severity] = list(Severity)
    return [_problem_line(p) for p in sorted(found, key=lambda p: (order.index(p.severity), p.row))]


def first_choice(plan: RosterPlan) -> str:
    """Return what to list first: what is wrong or worth a look, else the persons."""
    return "all" if plan.problems else "rows"


def _problem_line(problem: SheetProblem) -> Line:
    where = f"第 {problem.row} 行" if problem.row else "整表"
    texts = (problem.severity.value, where, problem.column, problem.text, problem.found)
    return Line(texts, *LOOKS[problem.severity], problem)


def _row_line(row: RowPlan) -> Line:
    draft = row.draft
    if row.action is Action.UPDATE:
        words = "；".join(f"{title} {_short(title, new)}" for title, _, new in row.changes)
    elif row.action is Action.SKIP:
        words = "；".join(p.text for p in row.problems) or "不导入"
    else:
        term = f"，聘期 {draft.term_from} 至 {draft.term_to}" if draft.term_from and draft.term_to else ""
        words = f"{draft.firm}{term}"
    texts = (row.action.value, f"第 {row.number} 行", draft.name, words, "、".join(draft.specialities))
    return Line(texts, *ACTIONS[row.action])


def _short(title: str, new: str) -> str:
    return f"改为 {mask_phone(new) if title == '联系电话' else new}" if new else "改为空"
