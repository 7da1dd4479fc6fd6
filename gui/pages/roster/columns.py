"""The columns of the roster, in the order they are shown."""

from db.queries.roster import RosterRow
from db.rules.lawyers import Standing
from gui.tables.cells import Badge, Bar, Cell, Chips, Column, Dot, Number, Text

TERM_SOON = 30


def term_left(row: RosterRow) -> Cell:
    """Return what remains of the term: amber from 30 days on."""
    if row.days_left is None:
        return Text("")
    if row.days_left <= TERM_SOON:
        return Badge("wn", "今天届满" if row.days_left == 0 else f"剩 {row.days_left} 天", "clock")
    return Text(f"剩 {row.days_left} 天")


def load(row: RosterRow) -> Cell:
    """Return the load as a bar."""
    if row.standing is not Standing.SERVING and not row.running:
        return Text("")
    word = "满" if row.is_full else "偏满" if row.running == row.capacity - 1 else ""
    return Bar(row.running, row.capacity, f"{row.running}/{row.capacity}", word)


def standing(row: RosterRow) -> Cell:
    """Return where a lawyer stands, as a dot and a word."""
    kind = {Standing.SERVING: "ok", Standing.COMING: "bar"}.get(row.standing, "wn")
    return Dot(kind, row.standing.value)


COLUMNS: tuple[Column[RosterRow], ...] = (
    Column("name", "姓名", lambda r: Text(r.name), 76),
    Column("firm", "律所", lambda r: Text(r.firm_short), 124, tip=lambda r: r.firm),
    Column(
        "specialities",
        "专业领域",
        lambda r: Chips(r.specialities),
        150,
        flex=True,
        sorts=False,
        tip=lambda r: "、".join(r.specialities),
    ),
    Column("term_to", "聘期止", lambda r: Text(r.term_to.isoformat() if r.term_to else ""), 96),
    Column("days_left", "剩余", term_left, 92),
    Column("running", "在办", load, 124),
    Column("this_year", "本年分派", lambda r: Number(r.this_year), 76, right=True),
    Column("standing", "状态", standing, 88),
    Column("total", "累计分派", lambda r: Number(r.total), 76, right=True, hidden=True),
    Column("licence", "执业证号", lambda r: Text(r.licence), 150, sorts=False, hidden=True),
    Column("phone", "联系电话", lambda r: Text(r.phone), 110, sorts=False, hidden=True),
    Column("politics", "政治面貌", lambda r: Text(r.politics), 90, sorts=False, hidden=True),
    Column("education", "学历", lambda r: Text(r.education), 70, sorts=False, hidden=True),
)
