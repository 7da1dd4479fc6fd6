"""What the rows of a roster sheet mean, what is wrong with them, and what importing them would do."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.errors import Problem, Severity
from db.exchange import values
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.sheet import (
    FIRM_LINE,
    Action,
    Columns,
    Field,
    Form,
    RowPlan,
    SheetPlan,
    changes_of,
    in_sheet,
    merged,
    missing_columns,
)
from db.formats.text import fold
from db.roster.rules.lawyers import LawyerDraft, Standing, lawyer_problems

FIELDS = (
    Field("name", "姓名", ("律师姓名", "顾问姓名", "律师", "顾问", "名字"), required=True, personal=True),
    Field("sex", "性别"),
    Field(
        "firm",
        "律师事务所",
        (
            "律所",
            "所在律所",
            "执业机构",
            "工作单位",
            "单位",
            "所在律师事务所",
            "律师事务所名称",
            "所属律所",
            "单位名称",
        ),
        required=True,
        personal=True,
        shared=True,
    ),
    Field(
        "licence",
        "执业证号",
        ("律师证号", "执业证号码", "证号", "律师执业证号", "执业证", "律师执业证", "执业证书号", "律师证"),
        required=True,
        personal=True,
    ),
    Field("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式", "联系手机"), personal=True),
    Field("email", "电子邮箱", ("邮箱", "电子邮件", "email", "E-mail"), personal=True),
    Field(
        "specialities",
        "专业领域",
        ("擅长领域", "业务专长", "专业特长", "擅长", "专长", "业务领域", "专业方向"),
    ),
    Field(
        "term_from",
        "聘期起",
        (
            "聘用日期",
            "起聘日期",
            "聘任时间",
            "聘任日期",
            "聘期开始",
            "聘期起始",
            "聘期自",
            "起聘时间",
            "聘期开始日期",
            "聘期起始日期",
        ),
    ),
    Field(
        "term_to",
        "聘期止",
        (
            "到期日",
            "届满日期",
            "聘期结束",
            "聘期至",
            "到期日期",
            "聘期届满",
            "聘期截止",
            "终止日期",
            "聘期结束日期",
            "聘期终止",
        ),
    ),
    Field("term", "聘期", ("聘任期限", "聘期起止", "聘用期限", "任期")),
    Field("first_licensed_on", "首次执业日期", ("首次执业时间", "执业日期", "执业时间", "首次执业")),
    Field("id_number", "身份证号", ("身份证", "身份证号码", "公民身份号码"), personal=True),
    Field("politics", "政治面貌", ("党派",)),
    Field("education", "学历", ("最高学历", "学历学位", "文化程度")),
    Field("position", "职务", ("所内职务", "职称")),
    Field("note", "备注", ("说明", "其他"), prose=True),
    Field("standing", "状态", ("聘任状态", "承办状态", "在聘状态")),
)
FORM = Form(
    "roster",
    "顾问名册",
    FIELDS,
    noun="人员",
    unit="人",
    heads=("姓名", "导入后", "专业领域"),
    section=("firm", FIRM_LINE),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A lawyer who is in the database already."""

    key: int
    draft: LawyerDraft


def _no_twins(_draft: LawyerDraft) -> Sequence[Problem]:
    return ()


def check(
    table: SheetTable,
    mapping: Columns,
    known: Sequence[Known],
    corrections: Mapping[tuple[int, str], str] | None = None,
    skipped: frozenset[int] = frozenset(),
    twins: Callable[[LawyerDraft], Sequence[Problem]] = _no_twins,
) -> SheetPlan:
    """Return what importing ``table`` would do; ``twins`` says who stands in another list of the office too.

    ``corrections`` put another text in place of a cell: (row number, field key) -> text. ``skipped`` are rows
    that the clerk leaves out.
    """
    missing = missing_columns(FORM, mapping)
    if missing:
        return SheetPlan(FORM, table, dict(mapping), (), missing)
    by_licence = {k.draft.licence: k for k in known if k.draft.licence}
    by_name = {k.draft.name: k for k in known}
    seen: dict[str, tuple[str, LawyerDraft]] = {}
    rows = [
        _Row(reader, by_licence, by_name, seen, twins).plan(skip=reader.row.number in skipped)
        for reader in readers(FORM, table, mapping, corrections)
    ]
    return SheetPlan(FORM, table, dict(mapping), tuple(rows))


@dataclass
class _Row:
    """One row while it is looked at; ``seen`` remembers licences of the rows above."""

    read: CellReader
    by_licence: Mapping[str, Known]
    by_name: Mapping[str, Known]
    seen: dict[str, tuple[str, LawyerDraft]]
    twins: Callable[[LawyerDraft], Sequence[Problem]]

    def plan(self, *, skip: bool) -> RowPlan:
        draft = self._draft()
        if skip:
            self._say("", Severity.NOTE, "已选择跳过此行")
            return self._planned(Action.SKIP, draft)
        known = self._find(draft)
        self.read.tell_masked(known.draft if known else None)
        whole = merged(known.draft, self.read.spare(known.draft, draft)) if known else self._stood(draft)
        self._judge(whole)
        if self._repeats(whole):
            return self._planned(Action.SKIP, draft)
        changes = changes_of(FORM, known.draft, whole) if known else ()
        if known:
            self._tell_update(known, len(changes))
        elif (namesake := self.by_name.get(draft.name)) and namesake.draft.licence != draft.licence:
            self._say("name", Severity.WARNING, "库中已有同名顾问，证号不同，将作为另一人新增")
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if self.read.has_errors:
            action = Action.MEND
        return self._planned(action, whole, known.key if known else None, changes)

    def _find(self, draft: LawyerDraft) -> Known | None:
        """Return whom the row means: by the licence number, or by name and firm where it is hidden."""
        if "licence" not in self.read.masked:
            return self.by_licence.get(draft.licence)
        alike = [
            one
            for one in self.by_licence.values()
            if one.draft.name == draft.name
            and _plain_firm(one.draft.firm) == _plain_firm(draft.firm)
            and self.read.hides("licence", one.draft.licence)
            and self.read.hides("id_number", one.draft.id_number)
        ]
        return alike[0] if len(alike) == 1 else None

    def _planned(
        self,
        action: Action,
        draft: LawyerDraft,
        key: int | None = None,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> RowPlan:
        term = f"，聘期 {draft.term_from} 至 {draft.term_to}" if draft.term_from and draft.term_to else ""
        return RowPlan(
            number=self.read.row.number,
            action=action,
            draft=draft,
            key=key,
            changes=changes,
            problems=tuple(self.read.problems),
            title=draft.name,
            summary=f"{draft.firm}{term}",
            aside="、".join(draft.specialities),
        )

    def _draft(self) -> LawyerDraft:
        read = self.read
        sex = values.sex_of(read.cells.get("sex"))
        if read.text("sex") and not sex:
            self._say("sex", Severity.WARNING, f"应为男或女，现为“{read.text('sex')}”，将留空")
        term_from, term_to = self._term()
        return LawyerDraft(
            name=read.name("name"),
            sex=sex,
            phone=read.phone("phone"),
            email=read.text("email"),
            id_number=read.long_number("id_number"),
            firm=values.name_of(read.cells.get("firm")),
            licence=read.long_number("licence"),
            first_licensed_on=read.day("first_licensed_on"),
            specialities=values.list_of(read.cells.get("specialities")),
            term_from=term_from,
            term_to=term_to,
            politics=read.text("politics"),
            education=read.text("education"),
            position=read.text("position"),
            note=read.text("note"),
        )

    def _term(self) -> tuple[date | None, date | None]:
        """Return the term; one without a last day cannot be kept, and is said instead (聘期有起有止)."""
        read = self.read
        first, last = read.both_ends("term", "term_from", "term_to")
        open_at = next((key for key in ("term_to", "term", "term_from") if read.is_open(key)), "")
        if open_at and last is None:
            began = f"（聘期起 {first}）" if first else ""
            text = (
                f"写的是“{read.text(open_at)}”，没有聘期止，聘期没有登记{began}。请核定止日后在顾问库中补登"
            )
            self._say(open_at, Severity.WARNING, text)
            return None, None
        return first, last

    def _stood(self, draft: LawyerDraft) -> LawyerDraft:
        """Say what the sheet tells of somebody new that has to be done by its own act; who was dismissed has no term."""
        standing = self.read.text("standing")
        if standing == Standing.SUSPENDED:
            text = f"表中状态为{standing}，导入后按在聘登记，请随即办理“暂停承办”"
            self._say("standing", Severity.WARNING, text)
        elif standing == Standing.ENDED:
            term = f"（{draft.term_from} 至 {draft.term_to}）" if draft.term_from else ""
            self._say("standing", Severity.WARNING, f"表中状态为{standing}，聘期没有登记{term}")
            return replace(draft, term_from=None, term_to=None)
        return draft

    def _judge(self, draft: LawyerDraft) -> None:
        spoken = self.read.spoken
        for problem in (*lawyer_problems(draft), *self.twins(draft)):
            if problem.field not in spoken and not (problem.field == "term_from" and "term" in spoken):
                self._say(problem.field, problem.severity, _in_sheet(problem, draft))

    def _repeats(self, whole: LawyerDraft) -> bool:
        """Say whether this person stands in a row above; another person with that licence is an error."""
        if not whole.licence:
            return False
        where, above = self.seen.setdefault(whole.licence, (self.read.row.words, whole))
        if where == self.read.row.words:
            return False
        if above.name == whole.name:
            self.read.say_repeated(where, "同一人", is_same=above == whole)
            return True
        self._say("licence", Severity.ERROR, f"与{where}“{above.name}”的证号相同，请核对是哪一行写错")
        return False

    def _tell_update(self, known: Known, changes: int) -> None:
        typed = values.name_of(self.read.cells.get("name"))
        if typed and known.draft.name != typed:
            self._say(
                "licence", Severity.WARNING, f"证号与库内“{known.draft.name}”相同而姓名不同，将改名，请核对"
            )
        elif changes:
            self._say("licence", Severity.WARNING, f"与库内“{known.draft.name}”相同，将更新 {changes} 项")
        else:
            self._say("", Severity.NOTE, f"与库内“{known.draft.name}”完全一致，跳过")

    def _say(self, key: str, severity: Severity, text: str) -> None:
        self.read.say(key, severity, text, shown="term" if key.startswith("term") else "")


def _plain_firm(name: str) -> str:
    return fold(name).replace("律师事务所", "律所")


def _in_sheet(problem: Problem, draft: LawyerDraft) -> str:
    if problem.field == "name" and not draft.name:
        return "姓名为空，其余列有内容"
    return in_sheet(FORM, problem.field, problem.text)
