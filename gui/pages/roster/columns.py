"""The columns of the roster, in the order they are shown. Phones are masked, also where a cell is copied."""

from db.formats.numbers import mask_phone
from db.roster.queries.roster import RosterRow
from db.roster.rules.lawyers import Standing
from db.words.lawyer import LicenceState
from gui.tables.cells import Badge, Bar, Cell, Chips, Column, Dot, Number, Text

TERM_SOON = 30
DOTS = {Standing.SERVING: "ok", Standing.COMING: "bar", Standing.NONE: "tx3", Standing.ENDED: "tx3"}


def term_left(row: RosterRow) -> Cell:
    """Return what remains of the term: amber from 30 days on."""
    if row.days_left is None:
        return Text("")
    if row.days_left <= TERM_SOON:
        return Badge("wn", "今天届满" if row.days_left == 0 else f"剩 {row.days_left} 天", "clock")
    return Text(f"剩 {row.days_left} 天", "tx2")


def load(row: RosterRow) -> Cell:
    """Return the load as a bar, measured by the lawyer's own cap."""
    if row.standing is not Standing.SERVING and not row.running:
        return Text("")
    word = "满" if row.is_full else "偏满" if row.running == row.capacity - 1 else ""
    return Bar(row.running, row.capacity, f"{row.running}/{row.capacity}", word)


def rating(row: RosterRow) -> Cell:
    """Return the mean of the agencies' ratings with one decimal."""
    return Number(None if row.rating is None else round(row.rating, 1))


def standing(row: RosterRow) -> Cell:
    """Return where a lawyer stands, as a dot and a word."""
    return Dot(DOTS.get(row.standing, "wn"), row.standing.value)


def standing_tip(row: RosterRow) -> str:
    """Return why, and until when."""
    if row.pause:
        return row.pause
    if row.standing is Standing.EXPIRED and row.term_to:
        return f"聘期到 {row.term_to} 已届满，不再出现在可选顾问中"
    if row.standing is Standing.COMING and row.term_from:
        return f"聘期从 {row.term_from} 开始"
    return ""


def licence_state(row: RosterRow) -> Cell:
    """Return whether the licence may be used."""
    return Dot("ok" if row.licence_state is LicenceState.VALID else "wn", row.licence_state.value)


def _date(day: object) -> Text:
    return Text(str(day or ""), "tx2")


COLUMNS: tuple[Column[RosterRow], ...] = (
    Column("name", "姓名", lambda r: Text(r.name), 66),
    Column("firm", "律所", lambda r: Text(r.firm_short, "tx2"), 110, tip=lambda r: r.firm),
    Column(
        "specialities",
        "专业领域",
        lambda r: Chips(r.specialities),
        156,
        flex=True,
        sorts=False,
        tip=lambda r: "、".join(r.specialities),
    ),
    Column("term_to", "聘期止", lambda r: _date(r.term_to), 92),
    Column("days_left", "剩余", term_left, 92),
    Column("running", "在办", load, 124),
    Column("this_year", "本年分派", lambda r: Number(r.this_year), 68, right=True),
    Column("consultations", "会商", lambda r: Number(r.consultations), 46, right=True),
    Column(
        "rating",
        "评价",
        rating,
        46,
        right=True,
        tip=lambda r: f"{r.ratings} 次单位评价的平均" if r.ratings else "",
    ),
    Column("standing", "状态", standing, 86, tip=standing_tip),
    Column("total", "累计分派", lambda r: Number(r.total), 76, right=True, hidden=True),
    Column("certificate", "聘书编号", lambda r: Text(r.certificate, "tx2"), 140, hidden=True),
    Column("term_from", "聘期起", lambda r: _date(r.term_from), 92, sorts=False, hidden=True),
    Column("licence", "执业证号", lambda r: Text(r.licence, "tx2"), 150, sorts=False, hidden=True),
    Column("licence_state", "执业状态", licence_state, 124, sorts=False, hidden=True),
    Column("phone", "联系电话", lambda r: Text(mask_phone(r.phone), "tx2"), 112, sorts=False, hidden=True),
    Column("sex", "性别", lambda r: Text(r.sex, "tx2"), 52, sorts=False, hidden=True),
    Column("politics", "政治面貌", lambda r: Text(r.politics, "tx2"), 108, sorts=False, hidden=True),
    Column("education", "学历", lambda r: Text(r.education, "tx2"), 72, sorts=False, hidden=True),
    Column("position", "职务", lambda r: Text(r.position, "tx2"), 100, sorts=False, hidden=True),
    Column(
        "note",
        "备注",
        lambda r: Text(r.note.replace("\n", " "), "tx2"),
        160,
        sorts=False,
        hidden=True,
        tip=lambda r: r.note,
    ),
)
