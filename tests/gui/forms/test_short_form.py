"""The small dialog for one decision, as 结束承办, 续聘 and the like use it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMessageBox

from db.errors import Invalid, Problem
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox
from tests.typed import press, type_in


class Renewal(ShortForm):
    """Renews one appointment until a day."""

    def __init__(self) -> None:
        super().__init__("续聘 汪晓棠", "确认续聘", intro="现聘期到 2027-05-31。")
        self.to_on, self.reason = DateField(), QLineEdit()
        self.add_field(FieldBox("聘期止", self.to_on, "to_on", required=True), (0, 0))
        self.add_field(FieldBox("说明", self.reason, "reason", optional=True), (1, 0), wide=True)
        self.watch_fields()

    def problems(self):
        day = self.to_on.day()
        if day is None:
            return [Problem("to_on", "请填写聘期止。")]
        if day <= date(2027, 5, 31):
            return [Problem("to_on", f"应晚于现聘期止 2027-05-31，现为 {day}。")]
        return []


@pytest.fixture
def form(qtbot):
    made = Renewal()
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_enter_with_a_wrong_field_stays_and_goes_to_it(qtbot, form):
    assert form.to_on.hasFocus()
    form.reason.setFocus()
    height = form.height()
    type_in(qtbot, form.to_on, "2026-13-01")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert (
        form.boxes["to_on"].message.text() == "看不懂这个日期，应写成 2026-12-01 的样子，现为“2026-13-01”。"
    )
    assert form.to_on.hasFocus()
    assert form.height() > height
    assert "还有 1 处需要修改" in form.trouble.text()
    form.to_on.clear()
    type_in(qtbot, form.to_on, "20270531")
    assert form.boxes["to_on"].message.text() == "应晚于现聘期止 2027-05-31，现为 2027-05-31。"
    form.to_on.clear()
    type_in(qtbot, form.to_on, "2029.5.31")
    assert form.boxes["to_on"].severity == ""
    with qtbot.waitSignal(form.submitted):
        press(qtbot, form, Qt.Key.Key_Return)
    assert not form.save.isEnabled()
    assert form.show_refusal(
        Invalid([Problem("to_on", "该批次已有续聘。"), Problem("batch", "批次已归档。")])
    )
    assert form.save.isEnabled()
    assert form.strip.text.text() == "批次已归档。"
    form.accept()


def test_an_untouched_form_closes_at_once_and_a_typed_one_asks(qtbot, form):
    type_in(qtbot, form.reason, "届满续聘")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    (box,) = form.findChildren(QMessageBox)
    assert form.isVisible()
    next(b for b in box.buttons() if b.text() == "放弃").click()
    assert not form.isVisible()
