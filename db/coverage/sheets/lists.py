"""The lists of consultations and of coverage as workbooks: agencies, public lawyers, services, contracts."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from db.consultations.queries.consultations import ConsultationRow, consultation_rows, consultations
from db.coverage.papers.staffing import MODES
from db.coverage.queries.coverage import load_coverage
from db.coverage.rules.coverage import AgencyCoverage, Counsel
from db.documents.model import Align, Column, Kind, Table, Value
from db.formats.numbers import mask_id_number, mask_licence, mask_phone
from db.formats.spans import window_first
from db.registry.queries.advisers import contract_rows
from db.registry.queries.public_lawyers import public_lawyer_rows, public_lawyers
from db.services.queries import log as service_log
from db.words.service import ServiceKind

Keys = Sequence[int] | None
Listed = tuple[str, Table]

_CENTRE = Align.CENTRE
_NUMBER = Column("序号", Kind.NUMBER, 4)


def coverage_list(session: Session, day: date, keys: Keys, _masked: bool) -> Listed:
    """Every agency of ``day`` with who serves it and how often, by kind of service."""
    rows = load_coverage(session, day).on(day).rows
    if keys is not None:
        by_key = {row.key: row for row in rows}
        rows = tuple(by_key[key] for key in keys if key in by_key)
    kinds = [kind for kind in ServiceKind if any(row.services.get(kind) for row in rows)]
    columns = (
        _NUMBER,
        Column("单位全称", weight=18),
        Column("简称", weight=9),
        Column("类型", weight=7, align=_CENTRE),
        Column("行政执法权", weight=6, align=_CENTRE),
        Column("领域", weight=7),
        Column("应配备公职律师", weight=6, align=_CENTRE),
        Column("工作人员", Kind.NUMBER, 5, total=True),
        Column("取得法律职业资格", Kind.NUMBER, 6, total=True),
        Column("配备方式", weight=7, align=_CENTRE),
        Column("自有公职律师", weight=10),
        Column("内部法律顾问", weight=10),
        Column("统筹共享", weight=12),
        Column("外聘法律顾问", weight=14),
        Column("最早到期", Kind.DATE, 8),
        *(Column(kind.value, Kind.NUMBER, 5, group="近12个月履职", total=True) for kind in kinds),
        Column("计入有效覆盖", Kind.NUMBER, 6, group="近12个月履职", total=True),
        Column("达标次数", Kind.NUMBER, 5),
        Column("工作覆盖", weight=5, align=_CENTRE, counts="是"),
        Column("有形覆盖", weight=5, align=_CENTRE, counts="是"),
        Column("有效覆盖", weight=5, align=_CENTRE, counts="是"),
        Column("缺口", weight=8),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.name,
            r.short_name,
            r.kind.value,
            "有" if r.has_enforcement else "无",
            r.field,
            _yes(r.is_expected),
            r.staff_count,
            r.qualified_count,
            MODES[r.main_mode],
            _names(r.own),
            _names(r.internal),
            "、".join(f"{c.name}（{c.from_name}）" if c.from_name else c.name for c in r.shared),
            "、".join(f"{c.name}：{c.detail}" if c.detail else c.name for c in r.external),
            _first_end(r),
            *(r.services.get(kind, 0) for kind in kinds),
            r.counted,
            r.threshold,
            _yes(r.is_served),
            _yes(r.is_covered),
            _yes(r.is_effective),
            r.why,
        )
        for number, r in enumerate(rows, start=1)
    ]
    return "单位覆盖情况", Table(columns, lines)


def public_lawyer_list(session: Session, day: date, keys: Keys, masked: bool) -> Listed:
    """The registry as of ``day``; numbers of persons and certificates masked unless asked otherwise."""
    if keys is None:
        rows = public_lawyers(session, day)
    else:
        by_key = public_lawyer_rows(session, keys, day)
        rows = [by_key[key] for key in keys if key in by_key]
    columns = (
        _NUMBER,
        Column("姓名", weight=6),
        Column("性别", weight=4, align=_CENTRE),
        Column("所在单位", weight=12),
        Column("内设机构", weight=9),
        Column("职务", weight=9),
        Column("政治面貌", weight=6),
        Column("身份证号", Kind.ID, 12),
        Column("联系电话", Kind.ID, 9),
        Column("法律职业资格证号", Kind.ID, 12),
        Column("公职律师证号", Kind.ID, 12),
        Column("有效期起", Kind.DATE, 8),
        Column("有效期止", Kind.DATE, 8),
        Column("专业领域", weight=12),
        Column("统筹到", weight=14),
        Column("统筹上限", Kind.NUMBER, 5),
        Column("近12个月履职", Kind.NUMBER, 6, total=True),
        Column("最近年度考核", weight=8, align=_CENTRE),
        Column("状态", weight=6, align=_CENTRE),
        Column("备注", weight=12),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.name,
            r.sex,
            r.agency,
            r.department,
            r.post,
            r.politics,
            mask_id_number(r.id_number) if masked else r.id_number,
            mask_phone(r.phone) if masked else r.phone,
            mask_licence(r.qualification) if masked else r.qualification,
            mask_licence(r.licence) if masked else r.licence,
            r.valid_from,
            r.valid_to,
            "、".join(r.specialities),
            "、".join(r.shared_to),
            r.capacity,
            r.services,
            r.result,
            r.state_text,
            r.note,
        )
        for number, r in enumerate(rows, start=1)
    ]
    return "公职律师名册", Table(columns, lines)


def service_list(session: Session, day: date, keys: Keys, _masked: bool) -> Listed:
    """The service log; without ``keys`` the twelve months until ``day``, as coverage counts them."""
    if keys is None:
        wanted = service_log.LogFilter(from_on=window_first(day), to_on=day)
        keys = service_log.log_keys(session, wanted)
    by_key = service_log.log_rows(session, keys)
    columns = (
        _NUMBER,
        Column("日期", Kind.DATE, 8),
        Column("单位", weight=14),
        Column("类别", weight=7, align=_CENTRE),
        Column("履职人员", weight=8),
        Column("身份", weight=8),
        Column("事项", weight=20),
        Column("结果", weight=16),
        Column("时长", Kind.NUMBER, 5, total=True),
        Column("来源", weight=5, align=_CENTRE),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.on,
            r.agency,
            r.kind.value,
            r.who,
            r.capacity,
            r.matter,
            r.result,
            r.hours,
            r.source.value,
        )
        for number, r in enumerate((by_key[key] for key in keys if key in by_key), start=1)
    ]
    return "履职记录", Table(columns, lines)


def contract_list(session: Session, day: date, keys: Keys, _masked: bool) -> Listed:
    """The contracts by which agencies engage firms or lawyers, those running on ``day`` first."""
    rows = contract_rows(session, day)
    if keys is not None:
        by_key = {row.key: row for row in rows}
        rows = [by_key[key] for key in keys if key in by_key]
    columns = (
        _NUMBER,
        Column("单位", weight=12),
        Column("合同编号", Kind.ID, 10),
        Column("受聘机构或人员", weight=14),
        Column("服务律师", weight=9),
        Column("服务范围", weight=18),
        Column("合同期起", Kind.DATE, 8),
        Column("合同期止", Kind.DATE, 8),
        Column("费用（元）", Kind.NUMBER, 7, total=True),
        Column("状态", weight=6, align=_CENTRE),
        Column("提前终止", Kind.DATE, 8),
        Column("终止原因", weight=10),
        Column("备注", weight=10),
    )
    lines: list[tuple[Value, ...]] = [
        (
            number,
            r.agency,
            r.number,
            r.provider,
            r.lawyers,
            r.scope,
            r.from_on,
            r.to_on,
            r.fee,
            "有效" if r.runs else "未生效" if r.from_on > day else "已终止",
            r.ended_on,
            r.end_reason,
            r.note,
        )
        for number, r in enumerate(rows, start=1)
    ]
    return "法律顾问合同", Table(columns, lines)


def consultation_list(session: Session, day: date, keys: Keys, _masked: bool) -> Listed:
    """The consultations with what came of each; opinions and minutes are papers, not lists."""
    if keys is None:
        rows = consultations(session, day)
    else:
        by_key = consultation_rows(session, keys, day)
        rows = [by_key[key] for key in keys if key in by_key]
    columns = (
        _NUMBER,
        Column("编号", Kind.ID, 12),
        Column("议题", weight=22),
        Column("提请单位", weight=12),
        Column("日期", Kind.DATE, 8),
        Column("地点", weight=10),
        Column("密级", weight=5, align=_CENTRE),
        Column("关联案件", Kind.NUMBER, 5, total=True),
        Column("应到", Kind.NUMBER, 4, group="顾问（人）", total=True),
        Column("实到", Kind.NUMBER, 4, group="顾问（人）", total=True),
        Column("同意", Kind.NUMBER, 4, group="意见（人）", total=True),
        Column("保留", Kind.NUMBER, 4, group="意见（人）", total=True),
        Column("不同意", Kind.NUMBER, 5, group="意见（人）", total=True),
        Column("风险等级", weight=5, align=_CENTRE),
        Column("采纳情况", weight=7, align=_CENTRE),
        Column("全部", Kind.NUMBER, 4, group="议定事项", total=True),
        Column("未办结", Kind.NUMBER, 5, group="议定事项", total=True),
        Column("状态", weight=6, align=_CENTRE),
    )
    return "会商研判清单", Table(columns, [_consultation(n, row) for n, row in enumerate(rows, start=1)])


def _consultation(number: int, r: ConsultationRow) -> tuple[Value, ...]:
    return (
        number,
        r.number,
        r.topic,
        r.agency,
        r.held_on,
        r.venue,
        r.secrecy.value,
        r.cases,
        r.members,
        r.attended,
        r.stances.agrees,
        r.stances.reserves,
        r.stances.dissents,
        r.risk.value if r.risk else "",
        r.adoption.value if r.adoption else "",
        r.follow_ups,
        r.open_follow_ups,
        r.state.value,
    )


def _yes(is_so: bool) -> str:
    return "是" if is_so else "否"


def _names(people: Sequence[Counsel]) -> str:
    return "、".join(person.name for person in people)


def _first_end(row: AgencyCoverage) -> date | None:
    """Return the first day on which something that covers the agency ends."""
    ends = [c.until for c in (*row.own, *row.internal, *row.shared, *row.external) if c.until is not None]
    return min(ends, default=None)


COVERAGE_LISTS: dict[str, Callable[[Session, date, Keys, bool], Listed]] = {
    "coverage": coverage_list,
    "public-lawyers": public_lawyer_list,
    "services": service_list,
    "consultations": consultation_list,
    "contracts": contract_list,
}
"""Each makes title and table of some records, or of all, as of a day, with numbers masked or in full."""
