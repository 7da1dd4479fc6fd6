"""What a field cannot hold is said under it while the clerk can still see what was typed."""

import pytest
from PySide6.QtWidgets import QLineEdit

from db.roster.queries.roster import roster
from gui.pages.roster.forms.editor import LawyerEditor
from gui.widgets.fields import DateField
from tests.conftest import TODAY
from tests.gui.window.test_pages import fill_lawyer, opened, page


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "汪\x01晓棠", "不能保存"),
        ("note", "长" * 200_001, "最多 200,000 个字"),
        ("email", "a" * 201, "最多"),
    ],
)
def test_a_text_that_no_record_holds_is_answered_at_its_field(qtbot, desk, field, typed, said):
    page(desk, "roster").enter()
    editor = opened(qtbot, desk, LawyerEditor)
    fill_lawyer(qtbot, editor)
    box = editor.boxes[field]
    (box.editor.setText if isinstance(box.editor, QLineEdit) else box.editor.setPlainText)(typed)
    editor.mark_dirty()
    editor.save.click()
    assert box.severity == "error"
    assert said in box.message.text()
    assert editor.isVisible()
    with desk.database.read() as session:
        assert roster(session, TODAY) == []
    editor._is_dirty = False
    editor.reject()


@pytest.mark.parametrize("typed", ["0206-11-12", "1948-12-31", "9999-01-01", "29250101"])
def test_a_slip_of_the_year_is_answered_at_every_field_of_a_date(qtbot, typed):
    field = DateField()
    qtbot.addWidget(field)
    field.setText(typed)
    assert field.day() is None
    assert "年份应在 1949 至 2100 之间" in field.trouble()
    assert field.text() == typed
