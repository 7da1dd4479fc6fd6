"""The case at the left of its assignment: parties, dates, the other side's agents, what is disputed, what is needed."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from db.assignment.queries.assigning import AssignOffer
from db.cases.queries.detail import CaseDetail, PartyLine
from db.law.periods import answer_period
from db.words.case import Side
from gui.tables.due import short_day
from gui.widgets.basics import align_top, button, chip, clear, column, label, line, pane, row, stretch
from gui.widgets.flow import FlowLayout
from gui.widgets.panels import facts_of
from gui.widgets.scrolling import TallArea

WIDTH = 248


class CaseSide(QWidget):
    """Shows the case; the party that is served may be chosen where there are several."""

    party_changed = Signal()
    edit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.party = QComboBox()
        self.party.setObjectName("party")
        self.party.setAccessibleName("代理哪一方")
        self.parties = label("", "person", wraps=True)
        self.edit = button("修改案件信息后重新排序", "edit_case", "link", "pencil")
        self._detail: CaseDetail | None = None
        self._which = label("代理哪一方", "caption")
        self._top, self._rest = column(spacing=6), column(spacing=8)
        self._build()
        self.party.currentIndexChanged.connect(self.party_changed)
        self.edit.clicked.connect(self.edit_asked)

    def defendants(self) -> list[PartyLine]:
        """Return the agencies of the case."""
        return [p for p in self._detail.parties if p.side is Side.DEFENDANT] if self._detail else []

    def current(self) -> PartyLine | None:
        """Return the agency that is to be served."""
        found = self.defendants()
        return found[max(self.party.currentIndex(), 0)] if found else None

    def choose(self, party_id: int) -> None:
        """Serve this agency, if it is one of the case's."""
        at = next((i for i, p in enumerate(self.defendants()) if p.key == party_id), 0)
        self.party.setCurrentIndex(at)

    def show_case(self, detail: CaseDetail, today: date) -> None:
        """Show a case, or the same one anew."""
        kept = self.current()
        self._detail = detail
        self.party.blockSignals(True)
        self.party.clear()
        self.party.addItems([p.name for p in self.defendants()])
        self.choose(kept.key if kept else 0)
        self.party.blockSignals(False)
        self.party.setVisible(self.party.count() > 1)
        self._which.setVisible(self.party.count() > 1)
        case = detail.row
        self.parties.setText(f"{case.plaintiffs}\n诉 {case.defendants}")
        clear(self._top)
        words = (case.cause, case.procedure.value, "重大疑难" if case.is_difficult else "")
        self._top.addWidget(_chips(tuple(word for word in words if word)))
        for part in facts_of(_facts(detail, today)):
            self._top.addWidget(part)

    def show_offer(self, offer: AssignOffer) -> None:
        """Show what was looked at on the other side, and how many it bars."""
        detail = self._detail
        if detail is None:
            return
        clear(self._rest)
        for part in _other_side(detail, offer):
            self._rest.addWidget(part)
        if detail.act:
            self._rest.addWidget(line())
            self._rest.addWidget(label("被诉行为", "heading"))
            self._rest.addWidget(label(detail.act, "second", wraps=True))
        if detail.fields:
            self._rest.addWidget(label("所需专业", "heading"))
            self._rest.addWidget(_chips(detail.fields))

    def _build(self) -> None:
        inner = pane("subtle")
        inner.setLayout(
            column(
                self.parties,
                self._which,
                self.party,
                self._top,
                self._rest,
                None,
                row(self.edit, None),
                spacing=8,
                margins=(20, 16, 16, 14),
            )
        )
        area = TallArea(inner)
        self.setLayout(column(area, spacing=0))


def _facts(detail: CaseDetail, today: date) -> list[tuple[str, str]]:
    case = detail.row
    answer = answer_period([p for p in detail.periods if p.done_on is None])
    hearing = next((h for h in detail.hearings if h.on >= today), None)
    facts = [("受理法院", detail.court or "—")]
    facts.append(("收到副本", short_day(case.received_on, today) if case.received_on else "—"))
    facts.append(("答辩举证", f"至 {short_day(answer.due, today)}" if answer else "—"))
    if hearing:
        facts.append((hearing.kind, f"{short_day(hearing.on, today)} {hearing.at_time}".strip()))
    facts.append(("第三人", "、".join(p.name for p in detail.parties if p.side is Side.THIRD) or "无"))
    return facts


def _other_side(detail: CaseDetail, offer: AssignOffer) -> list[QWidget]:
    parts: list[QWidget] = []
    for party in detail.parties:
        if party.side is Side.DEFENDANT or not party.agents:
            continue
        parts += [line(), label(f"{party.side.value}委托代理人", "heading")]
        for agent in party.agents:
            parts.append(label(f"{agent.name}　{agent.kind}"))
            if agent.firm:
                parts.append(label(agent.firm, "second", wraps=True))
    barred = sum(c.is_blocked for c in offer.candidates)
    checked = "已按此核对同所回避" if parts else "没有登记对方的代理人，已按当事人核对"
    parts.append(_note(f"{checked}，{barred} 人不可选。" if barred else f"{checked}，没有需要回避的。"))
    if offer.case.acting:
        parts.append(_note(f"该单位已有 {offer.case.acting} 名代理人，最多两名。"))
    if offer.case.head_absent:
        parts.append(_note("负责人不出庭，单位工作人员占一名，律师只可选一名。"))
    return parts


def _note(text: str) -> QWidget:
    made = QWidget()
    sign = button("", "", "ghost", "info")
    sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    sign.setFixedSize(16, 18)
    sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setLayout(row(sign, label(text, "caption", wraps=True), spacing=6))
    stretch(made, 1, 1)
    align_top(made, sign)
    return made


def _chips(words: tuple[str, ...]) -> QWidget:
    made = QWidget()
    flow = FlowLayout(spacing=6)
    for word in words:
        flow.addWidget(chip(word))
    made.setLayout(flow)
    return made
