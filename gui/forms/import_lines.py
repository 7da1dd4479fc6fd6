"""What the import dialog lists at its right: problems, the gravest first, or every row with what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.errors import Severity
from db.exchange.sheet import Action, Form, RowPlan, SheetPlan, SheetProblem
from db.formats.numbers import mask_phone
from gui.forms.preview_table import LOOKS

ACTIONS = {
    Action.NEW: ("user-plus", "ac_tx"),
    Action.UPDATE: ("pencil", "ac_tx"),
    Action.SKIP: ("minus", "tx3"),
    Action.MEND: ("circle-alert", "dg"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the five texts, the icon and colour of the first, and the problem that it tells, if it does."""

    texts: tuple[str, str, str, str, str]
    icon: str
    token: str
    problem: SheetProblem | None = None


def filters(form: Form) -> tuple[tuple[str, str], ...]:
    """Return what may be listed: all rows, all problems, or those of one weight."""
    return (
        ("rows", form.noun),
        ("all", "问题"),
        (Severity.ERROR.value, "错误"),
        (Severity.WARNING.value, "提示"),
        (Severity.NOTE.value, "说明"),
    )


def heads(form: Form, wanted: str) -> tuple[str, ...]:
    """Return the titles of the columns for a choice of ``filters``."""
    return ("处理", "行", *form.heads) if wanted == "rows" else ("级别", "行", "列", "问题", "原内容")


def lines(plan: SheetPlan, wanted: str) -> list[Line]:
    """Return what to list for a choice of ``filters``."""
    if wanted == "rows":
        return [_row_line(plan, row) for row in plan.rows]
    found = [p for p in plan.problems if wanted in {"all", p.severity.value}]
    order: Sequence[Severity] = list(Severity)
    return [_problem_line(p) for p in sorted(found, key=lambda p: (order.index(p.severity), p.row))]


def first_choice(plan: SheetPlan) -> str:
    """Return what to list first: what is wrong or worth a look, else the rows."""
    return "all" if plan.problems else "rows"


def _problem_line(problem: SheetProblem) -> Line:
    where = problem.where or "整表"
    texts = (problem.severity.value, where, problem.column, problem.text, problem.found)
    return Line(texts, *LOOKS[problem.severity], problem)


def _row_line(plan: SheetPlan, row: RowPlan) -> Line:
    if row.action is Action.UPDATE:
        words = "；".join(f"{title} {_short(title, new)}" for title, _, new in row.changes)
    elif row.action is Action.SKIP:
        words = "；".join(p.text for p in row.problems) or "不导入"
    else:
        words = row.summary
    texts = (row.action.value, plan.words_of(row.number), row.title, words, row.aside)
    return Line(texts, *ACTIONS[row.action])


def _short(title: str, new: str) -> str:
    return f"改为 {mask_phone(new) if title == '联系电话' else new}" if new else "改为空"
