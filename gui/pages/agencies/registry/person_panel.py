"""What is known of one public lawyer: where he works, certificates, results, whom he is lent to, what was done."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from db.formats import numbers
from db.registry.queries.public_lawyers import PublicLawyerDetail
from db.registry.queries.sharing import SharingRow
from db.registry.rules.public_lawyers import CertificateDraft
from gui.widgets.basics import clear, column, label, line
from gui.widgets.panels import facts_of, section

ACTS = 8


class PersonPanel(QWidget):
    """Shows a public lawyer as of a day; numbers of persons are masked."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("person_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.name = label("", "person", wraps=True)
        self.place = label("", "second", wraps=True)
        self._body = column(spacing=0)
        head = column(self.name, self.place, spacing=4, margins=(20, 16, 20, 14))
        self.setLayout(column(head, self._body, None, spacing=0))

    def show_person(self, found: PublicLawyerDetail, day: date) -> None:
        """Show everything about a person."""
        person = found.row
        self.name.setText(person.name)
        self.place.setText("　".join(x for x in (person.agency, person.department, person.post) if x))
        clear(self._body)
        facts = [
            ("状态", _state(found)),
            ("证号", f"{person.licence}\n{numbers.describe_licence(person.licence)}".strip() or "—"),
            ("资格证号", person.qualification or "—"),
            ("联系电话", numbers.mask_phone(person.phone) or "—"),
            ("身份证号", numbers.mask_id_number(person.id_number) if person.id_number else "—"),
            ("政治面貌", person.politics or "—"),
            ("专业领域", "、".join(person.specialities) or "—"),
            ("统筹上限", f"{person.capacity} 个单位"),
            ("履职", f"近 12 个月 {person.services} 次"),
        ]
        if person.note:
            facts.append(("备注", person.note))
        self._add("", facts_of(facts))
        self._add("统筹", [_sharing(s) for s in found.sharings] or [label("没有统筹", "second")])
        self._add(
            "任职",
            facts_of(
                [(_until(p.from_on, p.to_on), _words(p.agency, p.department, p.post)) for p in found.postings]
            ),
        )
        self._add(
            "公职律师证",
            [_certificate(c) for c in reversed(found.certificates)] or [label("没有登记", "second")],
        )
        years = [(str(y.year), f"{y.result.value}　{y.note}".strip()) for y in found.years]
        self._add("年度考核", facts_of(years) or [label("没有登记", "second")])
        if found.warnings:
            self._add("提示", [label(text, "second", wraps=True) for text in found.warnings])
        acts = [
            (
                f"{a.at.astimezone():%Y-%m-%d}",
                "\n".join((f"{a.label}，{a.clerk}", *found.changes.get(a.gesture, ()))),
            )
            for a in found.acts[:ACTS]
        ]
        self._add("操作记录", facts_of(acts))

    def _add(self, title: str, parts: list[QWidget]) -> None:
        if self._body.count():
            self._body.addWidget(line())
        layout: QLayout = section(title, "", parts)
        self._body.addLayout(layout)


def _state(found: PublicLawyerDetail) -> str:
    person = found.row
    said = person.state_text
    if person.valid_to is not None and person.days_left is not None:
        said += f"，至 {person.valid_to}" if person.days_left >= 0 else f"，{person.valid_to} 到期"
    return said + ("；连续两年不称职，应报请收回" if person.is_to_be_withdrawn else "")


def _sharing(s: SharingRow) -> QWidget:
    made = QWidget()
    hours = f"，每年 {s.hours:g} 小时" if s.hours else ""
    until = s.ended_on or s.to_on
    ended = f"，{s.ended_on} 提前终止：{s.end_reason}" if s.ended_on else ""
    head = label(s.agency if s.runs else f"{s.agency}（已结束）", wraps=True)
    caption = f"{s.paper}　{s.from_on} 至 {until or '长期'}{hours}{ended}"
    made.setLayout(column(head, label(caption, "caption", wraps=True), spacing=0))
    return made


def _certificate(c: CertificateDraft) -> QWidget:
    made = QWidget()
    end = f"{c.ended_on} {c.end_kind.value}：{c.end_reason}" if c.ended_on and c.end_kind else ""
    caption = "　".join(x for x in (c.issuer, end) if x)
    parts = [label(f"{c.from_on} 至 {c.to_on or '长期'}")]
    if caption:
        parts.append(label(caption, "caption", wraps=True))
    made.setLayout(column(*parts, spacing=0))
    return made


def _until(first: date | None, last: date | None) -> str:
    return f"{first:%Y-%m} 起" if first and not last else f"至 {last:%Y-%m}" if last else "现在"


def _words(*parts: str) -> str:
    return " ".join(part for part in parts if part)
