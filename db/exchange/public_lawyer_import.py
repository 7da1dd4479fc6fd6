"""Importing public lawyers: any clerk's sheet; somebody is known by his 证号, his id number, or name and agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.acts.public_lawyers import save_public_lawyer
from db.errors import Problem, Severity
from db.exchange import values
from db.exchange.cells import CellReader, readers
from db.exchange.header import SheetTable
from db.exchange.importing import Importer
from db.exchange.sheet import (
    AGENCY_LINE,
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
from db.models.public_lawyer import PublicLawyer
from db.queries.one_person import Person, pool_problem, pool_twin
from db.queries.public_lawyers import public_lawyer_drafts
from db.queries.service_people import agencies_in_time
from db.rules.public_lawyers import (
    CertificateDraft,
    PostingDraft,
    PublicLawyerDraft,
    public_lawyer_problems,
)
from db.rules.service_entry import AgencyInTime, EntryFacts
from db.rules.spans import span_on

FIELDS = (
    Field("name", "姓名", ("公职律师姓名", "律师姓名", "公职律师", "名字"), required=True, personal=True),
    Field("sex", "性别"),
    Field(
        "agency",
        "所在单位",
        ("单位", "工作单位", "单位名称", "任职单位", "所属单位", "执业机构", "执业单位"),
        required=True,
    ),
    Field("department", "内设机构", ("部门", "科室", "处室", "所在部门")),
    Field("post", "职务", ("职务职级", "职级", "岗位")),
    Field("posted_on", "任职日期", ("到任日期", "任职时间", "入职日期")),
    Field(
        "licence",
        "公职律师证号",
        (
            "证号",
            "执业证号",
            "律师证号",
            "公职律师证",
            "公职律师证书号",
            "证书编号",
            "工作证号",
            "律师执业证号",
        ),
        personal=True,
    ),
    Field(
        "valid_from",
        "有效期起",
        ("发证日期", "颁证日期", "领证日期", "证书日期", "颁发日期", "发证时间", "颁证时间"),
    ),
    Field("valid_to", "有效期止", ("证书到期日", "到期日期", "有效期至", "证书有效期止")),
    Field("valid", "证书有效期", ("有效期", "有效期限", "证书有效期限")),
    Field("issuer", "发证机关", ("颁证机关", "颁发机关", "发证单位")),
    Field(
        "qualification",
        "法律职业资格证号",
        ("资格证号", "法律职业资格证书号", "职业资格证号", "律师资格证号", "法考证号"),
        personal=True,
    ),
    Field("qualified_on", "取得资格日期", ("资格取得日期", "取得法律职业资格日期", "资格证日期")),
    Field("phone", "联系电话", ("手机", "手机号", "手机号码", "电话", "联系方式"), personal=True),
    Field("id_number", "身份证号", ("身份证", "身份证号码", "公民身份号码"), personal=True),
    Field("politics", "政治面貌", ("党派",)),
    Field("specialities", "专业领域", ("擅长领域", "专长", "擅长", "业务专长", "专业特长")),
    Field("note", "备注", ("说明", "其他")),
)
FORM = Form(
    "public_lawyers",
    "公职律师名册",
    FIELDS,
    noun="人员",
    unit="人",
    heads=("姓名", "导入后", "专业领域"),
    section=("agency", AGENCY_LINE),
    prefix="public_lawyers:",
)


@dataclass(frozen=True, slots=True)
class Known:
    """A public lawyer who is in the database already; ``agencies`` are all in which he works or worked."""

    key: int
    draft: PublicLawyerDraft
    agencies: frozenset[int]


class PublicLawyerImporter(Importer):
    """A sheet with one public lawyer in each row."""

    form = FORM

    def check(
        self,
        session: Session,
        table: SheetTable,
        mapping: Columns,
        today: date,
        corrections: Mapping[tuple[int, str], str] | None,
        skipped: frozenset[int],
    ) -> SheetPlan:
        """Return what importing the rows would do."""
        if missing := missing_columns(FORM, mapping):
            return SheetPlan(FORM, table, dict(mapping), (), missing)
        keys = session.scalars(select(PublicLawyer.id).where(PublicLawyer.removed_at.is_(None))).all()
        known = [
            Known(key, draft, frozenset(p.agency_id for p in draft.postings if p.agency_id is not None))
            for key, draft in public_lawyer_drafts(session, keys).items()
        ]
        facts = EntryFacts(agencies_in_time(session), ())
        seen: dict[str, str] = {}
        rows = []
        for read in readers(FORM, table, mapping, corrections):
            row = _Row(session, read, facts, known, seen, today)
            rows.append(row.plan(skip=read.row.number in skipped))
        return SheetPlan(FORM, table, dict(mapping), tuple(rows))

    def enter(self, session: Session, rows: Sequence[RowPlan], today: date) -> None:
        """Enter or change the public lawyers."""
        for row in rows:
            save_public_lawyer(session, row.draft, today, row.key)


PUBLIC_LAWYERS = PublicLawyerImporter()


@dataclass
class _Row:
    """One row while it is looked at; ``seen`` remembers the people of the rows above."""

    session: Session
    read: CellReader
    facts: EntryFacts
    known: Sequence[Known]
    seen: dict[str, str]
    today: date

    def plan(self, *, skip: bool) -> RowPlan:
        """Return what the row would do."""
        agency = self._agency()
        new = self._draft(agency)
        if skip:
            self.read.say("", Severity.NOTE, "已选择跳过此行")
            return self._planned(Action.SKIP, new, agency)
        known = self._find(new, agency)
        self.read.tell_masked(known.draft if known else None)
        whole = self._joined(known, self.read.spare(known.draft, new), agency) if known else new
        self._judge(whole, known)
        unit = agency.key if agency else ""
        trace = f"#{known.key}" if known else new.licence or new.id_number or f"{new.name}@{unit}"
        above = self.seen.setdefault(trace, self.read.row.words)
        if above != self.read.row.words:
            self.read.say("", Severity.NOTE, f"与{above}是同一人，跳过")
            return self._planned(Action.SKIP, whole, agency)
        changes = self._changes(known.draft, whole) if known else ()
        if known:
            self._tell_update(known, len(changes))
        action = Action.NEW if not known else Action.UPDATE if changes else Action.SKIP
        if self.read.has_errors:
            action = Action.MEND
        return self._planned(action, whole, agency, known.key if known else None, changes)

    def _agency(self) -> AgencyInTime | None:
        typed = values.name_of(self.read.cells.get("agency"))
        if not typed:
            self.read.say("agency", Severity.ERROR, "请写明所在单位")
            return None
        agency = self.facts.agency_called(typed)
        if agency is None:
            text = f"没有找到单位“{typed}”。请写全称或简称，或先在单位名录中新增"
            self.read.say("agency", Severity.ERROR, text)
        return agency

    def _draft(self, agency: AgencyInTime | None) -> PublicLawyerDraft:
        read = self.read
        sex = values.sex_of(read.cells.get("sex"))
        if read.text("sex") and not sex:
            read.say("sex", Severity.WARNING, f"应为男或女，现为“{read.text('sex')}”，将留空")
        posting = PostingDraft(
            agency_id=agency.key if agency else None,
            department=read.text("department"),
            post=read.text("post"),
            from_on=read.day("posted_on"),
        )
        return PublicLawyerDraft(
            name=values.name_of(read.cells.get("name")),
            sex=sex,
            politics=read.text("politics"),
            id_number=read.long_number("id_number"),
            phone=read.phone("phone"),
            qualification=read.text("qualification"),
            qualified_on=read.day("qualified_on"),
            licence=read.long_number("licence"),
            specialities=values.list_of(read.cells.get("specialities")),
            note=read.text("note"),
            postings=(posting,) if agency else (),
            certificates=self._certificates(),
        )

    def _certificates(self) -> tuple[CertificateDraft, ...]:
        read = self.read
        from_on, to_on = read.day("valid_from"), read.day("valid_to", end=True)
        if read.cells.get("valid") not in (None, "") and from_on is None:
            from_on, to_on = read.span("valid")
        if from_on is None:
            if not read.spoken & {"valid", "valid_from"}:
                text = "没有发证日期，只登记人员，不登记证书，不计入配备"
                read.say("valid_from", Severity.WARNING, text, shown="valid")
            return ()
        return (CertificateDraft(from_on=from_on, to_on=to_on, issuer=read.text("issuer")),)

    def _find(self, new: PublicLawyerDraft, agency: AgencyInTime | None) -> Known | None:
        for field in ("licence", "id_number"):
            if wanted := getattr(new, field):
                found = next((k for k in self.known if getattr(k.draft, field) == wanted), None)
                if found is not None:
                    return found
        alike = [
            k
            for k in self.known
            if k.draft.name == new.name
            and agency is not None
            and agency.key in k.agencies
            and not (k.draft.licence and new.licence)
        ]
        fitting = [
            k for k in alike if all(self.read.hides(f, getattr(k.draft, f)) for f in ("licence", "id_number"))
        ]
        if len(fitting) == 1:
            return fitting[0]
        if alike:
            text = f"该单位已有“{new.name}”，号码写得不全，认不出是不是同一人。请填写完整的公职律师证号"
            self.read.say("licence" if "licence" in self.read.masked else "name", Severity.ERROR, text)
        return None

    def _joined(self, known: Known, new: PublicLawyerDraft, agency: AgencyInTime | None) -> PublicLawyerDraft:
        """Return what is known with what the sheet gives; a sheet moves nobody and ends no certificate."""
        old = known.draft
        whole = merged(old, replace(new, postings=(), certificates=()))
        present = span_on(old.postings, self.today)
        if present is None:
            whole = replace(whole, postings=new.postings)
        elif agency is not None and present.agency_id != agency.key:
            there = self.facts.agencies.get(present.agency_id or 0)
            name = there.short_name if there else "另一单位"
            text = f"库内在{name}任职，任职没有改动；如已调动，请用“调动”办理"
            self.read.say("agency", Severity.WARNING, text)
        elif new.postings:
            given = new.postings[0]
            filled = replace(
                present,
                department=given.department or present.department,
                post=given.post or present.post,
                from_on=given.from_on or present.from_on,
            )
            whole = replace(whole, postings=tuple(filled if p is present else p for p in old.postings))
        if new.certificates:
            whole = replace(whole, certificates=self._certificates_of(old, new.certificates[0]))
        return whole

    def _certificates_of(
        self, old: PublicLawyerDraft, given: CertificateDraft
    ) -> tuple[CertificateDraft, ...]:
        if any(one.from_on == given.from_on for one in old.certificates):
            return old.certificates
        if any(one.overlaps(given) for one in old.certificates):
            text = "与库内证书的有效期重叠，证书没有改动；请在公职律师名册中核对"
            self.read.say("valid_from", Severity.WARNING, text, shown="valid")
            return old.certificates
        return tuple(sorted((*old.certificates, given), key=lambda one: one.first_on))

    def _judge(self, draft: PublicLawyerDraft, known: Known | None) -> None:
        spoken = self.read.spoken
        found = list(public_lawyer_problems(draft, self.today))
        if known is None:
            person = Person(draft.name, draft.phone, draft.id_number, draft.licence)
            found += pool_problem(pool_twin(self.session, person, self.today))
        for problem in found:
            key = _column_of(problem)
            if key not in spoken | set(self.read.masked) and not (key == "agency" and not draft.postings):
                shown = "valid" if key.startswith("valid") else ""
                self.read.say(key, problem.severity, in_sheet(FORM, key, problem.text), shown=shown)

    def _changes(self, old: PublicLawyerDraft, new: PublicLawyerDraft) -> tuple[tuple[str, str, str], ...]:
        changed = list(changes_of(FORM, old, new))
        for title, before, after in (
            ("任职", old.postings, new.postings),
            ("证书有效期", old.certificates, new.certificates),
        ):
            if before != after:
                changed.append((title, _spans(before), _spans(after)))
        return tuple(changed)

    def _tell_update(self, known: Known, changes: int) -> None:
        if changes:
            text = f"库内已有“{known.draft.name}”，将更新 {changes} 项"
            self.read.say("name", Severity.NOTE, text)
        else:
            self.read.say("", Severity.NOTE, f"与库内“{known.draft.name}”完全一致，跳过")

    def _planned(
        self,
        action: Action,
        draft: PublicLawyerDraft,
        agency: AgencyInTime | None,
        key: int | None = None,
        changes: tuple[tuple[str, str, str], ...] = (),
    ) -> RowPlan:
        valid = draft.certificates[-1].text() if draft.certificates else ""
        words = (agency.short_name if agency else "", f"证书 {valid}" if valid else "没有证书")
        return RowPlan(
            number=self.read.row.number,
            action=action,
            draft=draft,
            key=key,
            changes=changes,
            problems=tuple(self.read.problems),
            title=draft.name,
            summary="，".join(word for word in words if word),
            aside="、".join(draft.specialities),
        )


def _column_of(problem: Problem) -> str:
    """Return the column of the sheet that a problem of the draft is about."""
    match problem.field.split("."):
        case ["postings", _, "from_on" | "to_on"]:
            return "posted_on"
        case ["postings", *_]:
            return "agency"
        case ["certificates", _, "to_on"]:
            return "valid_to"
        case ["certificates", *_]:
            return "valid_from"
    return problem.field


def _spans(spans: Sequence[PostingDraft] | Sequence[CertificateDraft]) -> str:
    return "；".join(span.text() for span in spans)
