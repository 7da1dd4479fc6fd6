"""Entering services: one after the other without a mouse, then all of them as one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QWidget

from db.errors import Problem
from db.services.rules.entry import EntryFacts, hours_of, serving_of
from db.services.rules.people import Capacity, Person, person_named
from db.services.rules.services import ServiceDraft, service_problems
from db.words.service import ServiceKind
from gui.forms.draft_dialog import DraftDialog
from gui.widgets.basics import column, label, line, stretch
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.pickers import Picker
from gui.widgets.scrolling import TallArea, grow_to_fit

WIDTH = 600
ROW, SHOWN = 30, 5  # of the list of what was written down so far


@dataclass(frozen=True, slots=True)
class ServiceOffers:
    """What the pickers offer: (text, id, search keys)."""

    agencies: tuple[tuple[str, object, tuple[str, ...]], ...]
    cases: tuple[tuple[str, object, tuple[str, ...]], ...]
    people: tuple[tuple[str, object, tuple[str, ...]], ...] = ()  # values are persons
    facts: EntryFacts | None = None


class ServiceDialog(DraftDialog):
    """Writes services down; with ``key`` it changes one. Several are gathered below and entered together.

    Whoever gave them is asked for where people are on offer; a name that nobody of them has stays a name.
    """

    def __init__(
        self,
        title: str,
        draft: ServiceDraft,
        key: int | None,
        offers: ServiceOffers,
        today: date,
        parent: QWidget,
    ) -> None:
        super().__init__(title, "登记" if key is None else "保存", parent, next_text="再填一条")
        self.setObjectName("service_dialog")
        self.key, self._begun, self._today = key, draft, today
        self._gathered: list[ServiceDraft] = []
        self.kind, self.on_date = QComboBox(), DateField()
        self.agency, self.case = Picker(free=False), Picker(free=False)
        self.who: Picker | None = Picker(free=True) if offers.people else None
        self._facts, self._named = offers.facts, ""
        self.matter, self.outcome, self.hours = QLineEdit(), QLineEdit(), QLineEdit()
        self.gathered = _Gathered()
        self.count = label("", "caption")
        self._build(offers)
        self._fill(draft)
        self._show_gathered()
        self.watch_fields()
        self.gathered.taken.connect(self._take_back)
        self.gathered.dropped.connect(self._drop)
        self.kind.setFocus()

    def draft(self) -> ServiceDraft:
        """Return what the fields say now."""
        return replace(
            self._begun_by_whoever(),
            kind=ServiceKind(self.kind.currentText()),
            on_date=self.on_date.day(),
            agency_id=_id(self.agency),
            case_id=_id(self.case),
            matter=self.matter.text(),
            result=self.outcome.text(),
            hours=self._hours(),
        )

    def _begun_by_whoever(self) -> ServiceDraft:
        """Return the draft that was begun with, given by whoever stands in the field."""
        if self.who is None or self.who.currentText() == self._named:
            return self._begun
        typed = self.who.currentText().strip()
        person = self.who.value()
        if person is None and self._facts is not None and typed:
            named = self._facts.called(typed)
            person, _ = person_named(named, typed, _id(self.agency), self.on_date.day())
        found = person if isinstance(person, Person) else None
        return replace(
            self._begun,
            lawyer_id=_key(found, Capacity.LAWYER),
            public_lawyer_id=_key(found, Capacity.PUBLIC),
            internal_adviser_id=_key(found, Capacity.ADVISER),
            person="" if found else typed,
        )

    def drafts(self) -> list[ServiceDraft]:
        """Return all services that were written down, the present one last."""
        return [*self._gathered, *([] if self._is_blank() else [self.draft()])]

    def problems(self) -> Sequence[Problem]:
        if self._is_blank():
            return []
        draft = self.draft()
        serving = serving_of(draft, self._facts) if self._facts else None
        judged = service_problems(draft, self._today, serving)
        found = [p for p in judged if p.field != "hours"]
        for name, picker in (("agency_id", self.agency), ("case_id", self.case)):
            typed = picker.currentText().strip()
            if typed and picker.value() is None:
                found = [p for p in found if p.field != name]
                found.append(Problem(name, f"没有找到“{typed}”，请从列表中选择，或清空。"))
        if (text := self.hours.text().strip()) and self._hours() is None:
            found.append(Problem("hours", f"时长应写成小时数，如 1.5，现为“{text}”。"))
        else:
            found += [p for p in judged if p.field == "hours"]
        return found

    def try_save_next(self) -> None:
        """Keep this service in the list below and begin the next; kind, day and agency stay."""
        if self.key is not None:
            self.try_save()
        elif not self._is_blank() and self.is_right():
            self._gathered.append(self.draft())
            self._show_gathered()
            self._begin_next()

    def _build(self, offers: ServiceOffers) -> None:
        self.kind.addItems([k.value for k in ServiceKind])
        self.agency.set_items(offers.agencies)
        self.case.set_items(offers.cases)
        self.add_field(FieldBox("服务种类", self.kind, "kind", required=True), (0, 0))
        self.add_field(FieldBox("日期", self.on_date, "on_date", required=True), (0, 1))
        self.add_field(FieldBox("单位", self.agency, "agency_id", hint="可输入拼音首字母"), (1, 0))
        self.add_field(FieldBox("时长（小时）", self.hours, "hours", optional=True), (1, 1))
        if self.who is not None:
            self.who.set_items(offers.people)
            hint = "顾问、公职律师、内部法律顾问，或写姓名"
            self.add_field(FieldBox("服务人员", self.who, "who", hint=hint), (2, 0), wide=True)
        self.add_field(FieldBox("服务事项", self.matter, "matter", required=True), (3, 0), wide=True)
        self.add_field(
            FieldBox("结果", self.outcome, "result", optional=True, hint="如：提出修改意见 3 条，已采纳。"),
            (4, 0),
            wide=True,
        )
        self.add_field(FieldBox("相关案件", self.case, "case_id", optional=True), (5, 0), wide=True)
        several = self.key is None
        body = QWidget()
        body.setProperty("scroll", True)
        inner = column(
            self.strip, self._grid, self.count, self.gathered, None, spacing=12, margins=(24, 20, 24, 16)
        )
        hint = "Ctrl+Enter 再填一条，Ctrl+S 登记" if several else "Ctrl+S 保存，Esc 取消"
        body.setLayout(inner)
        self._area = TallArea(body)
        self.setLayout(column(self._area, line(), self.foot(has_next=several, hint=hint), spacing=0))
        stretch(self, 0, 1)
        self.save.setDefault(True)
        self.resize(WIDTH, 0)

    def _fill(self, draft: ServiceDraft) -> None:
        self.kind.setCurrentText(draft.kind.value)
        self.on_date.set_date(draft.on_date)
        self.agency.set_value(draft.agency_id)
        self.case.set_value(draft.case_id)
        if self.who is not None:
            person = self._giver(draft)
            self._named = person.label if person else draft.person
            self.who.setEditText(self._named)
        self.matter.setText(draft.matter)
        self.outcome.setText(draft.result)
        self.hours.setText(f"{draft.hours:g}" if draft.hours is not None else "")

    def _giver(self, draft: ServiceDraft) -> Person | None:
        keys = {
            Capacity.LAWYER: draft.lawyer_id,
            Capacity.PUBLIC: draft.public_lawyer_id,
            Capacity.ADVISER: draft.internal_adviser_id,
        }
        known = self._facts.by_key if self._facts else {}
        found = (known.get((capacity, key)) for capacity, key in keys.items() if key is not None)
        return next((person for person in found if person is not None), None)

    def _begin_next(self) -> None:
        for field in (self.matter, self.outcome, self.hours):
            field.clear()
        self.case.set_value(None)
        self.begin_again()
        self.matter.setFocus()

    def _take_back(self, at: int) -> None:
        """Bring a service of the list back into the fields; what stands there goes into the list."""
        draft = self._gathered.pop(at)
        if not self._is_blank() and self.is_right():
            self._gathered.insert(at, self.draft())
        self._fill(draft)
        self._show_gathered()
        self.matter.setFocus()

    def _drop(self, at: int) -> None:
        del self._gathered[at]
        self._show_gathered()

    def mark_dirty(self, *_: object) -> None:
        super().mark_dirty()
        self._show_count()

    def _show_gathered(self) -> None:
        self.gathered.show_drafts(self._gathered)
        count = len(self._gathered)
        self.count.setText(f"已填 {count} 条，一起登记（回车改回，Delete 去掉）" if count else "")
        self.count.setVisible(bool(count))
        self._show_count()
        self.problems_shown()

    def _show_count(self) -> None:
        """Say on the button how many services will be entered."""
        if self.key is None:
            count = len(self.drafts())
            self.save.setText(f"登记 {count} 条" if count > 1 or self._gathered else "登记")

    def problems_shown(self) -> None:
        """Grow by the messages and the list, so that nothing is squeezed."""
        grow_to_fit(self, self._area)

    def bring_into_view(self, part: QWidget) -> None:
        self._area.ensureWidgetVisible(part, 0, 40)

    def focus_moved(self, name: str, widget: QWidget) -> None:
        """Scroll to what the clerk has come to, where the screen is too low for the whole form."""
        self._area.ensureWidgetVisible(widget, 0, 40)

    def _is_blank(self) -> bool:
        """Say whether nothing but kind, day and agency is there, after others were gathered."""
        written = (self.matter, self.outcome, self.hours)
        return bool(self._gathered) and not any(field.text().strip() for field in written)

    def _hours(self) -> float | None:
        return hours_of(self.hours.text())[0]


class _Gathered(QListWidget):
    """The services that wait to be entered together."""

    taken = Signal(int)
    dropped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("gathered")
        self.setAccessibleName("已填的服务")
        self.itemDoubleClicked.connect(self._on_double_click)

    def show_drafts(self, drafts: Iterable[ServiceDraft]) -> None:
        """Show these."""
        self.clear()
        for d in drafts:
            self.addItem(f"{d.on_date}　{d.kind.value}　{d.matter.strip()}")
        self.setVisible(bool(self.count()))
        self.setFixedHeight(ROW * min(self.count(), SHOWN) + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, key = self.currentRow(), event.key()
        if at >= 0 and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2} and not event.modifiers():
            self.taken.emit(at)  # here, since the list would let Enter go on to the dialog
        elif at >= 0 and key == Qt.Key.Key_Delete:
            self.dropped.emit(at)
        else:
            super().keyPressEvent(event)

    def _on_double_click(self) -> None:
        self.taken.emit(self.currentRow())


def _key(person: Person | None, capacity: Capacity) -> int | None:
    return person.key if person is not None and person.capacity is capacity else None


def _id(picker: Picker) -> int | None:
    value = picker.value()
    return value if isinstance(value, int) else None
