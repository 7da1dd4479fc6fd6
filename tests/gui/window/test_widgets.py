"""Our own controls, by themselves."""

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui.look.tokens import DARK, LIGHT
from gui.tables.cells import Column, Number, Text
from gui.tables.keyed_model import BLOCK, KeyedModel
from gui.tables.view import KeyedTable
from gui.widgets.fields import DateField, FieldBox, Segments, parse_date
from gui.widgets.growing import GrowingText
from gui.widgets.pickers import Picker, TagField
from tests.typed import type_in


@pytest.mark.parametrize(
    "typed", ["2026-12-01", "20261201", "2026.12.1", "2026/12/1", "2026年12月1日", "２０２６．１２．１"]
)
def test_a_date_is_understood_however_it_is_typed(typed):
    assert parse_date(typed) == date(2026, 12, 1)


def test_a_date_that_is_not_understood_stays_as_typed(qtbot):
    field = DateField()
    qtbot.addWidget(field)
    type_in(qtbot, field, "2026-13-45")
    field.editingFinished.emit()
    assert (field.text(), field.day(), field.is_understood()) == ("2026-13-45", None, False)
    field.setText("20261201")
    field.editingFinished.emit()
    assert field.text() == "2026-12-01"


def test_segments_tell_what_was_chosen_and_show_counts(qtbot):
    made = Segments([("open", "在办"), ("all", "全部")], "views")
    qtbot.addWidget(made)
    made.set_count("open", 31)
    with qtbot.waitSignal(made.chosen) as told:
        made.buttons["all"].click()
    assert told.args == ["all"]
    assert made.buttons["open"].text() == "在办  31"


def test_tags_are_added_by_enter_and_taken_away_by_backspace(qtbot):
    made = TagField()
    qtbot.addWidget(made)
    made.show()
    type_in(qtbot, made.entry, "信息公开")
    qtbot.keyClick(made.entry, Qt.Key.Key_Return)
    type_in(qtbot, made.entry, "行政复议")
    assert made.tags() == ("信息公开", "行政复议")
    qtbot.keyClick(made.entry, Qt.Key.Key_Return)
    qtbot.keyClick(made.entry, Qt.Key.Key_Backspace)
    assert made.tags() == ("信息公开",)


def test_a_picker_finds_by_initials(qtbot):
    made = Picker(free=False)
    qtbot.addWidget(made)
    made.set_items([("区综合执法局", 7, ("qzhzfj",)), ("区教育局", 8, ("qjyj",))])
    made.show()
    type_in(qtbot, made.lineEdit(), "qzh")
    assert made.completer().model().rowCount() == 1
    made._take("区综合执法局")
    assert made.value() == 7


@pytest.mark.parametrize(("typed", "found"), [("zhzf", 1), ("zzz", 0), ("zh", 0)])
def test_a_picker_finds_initials_inside_a_name_and_nothing_for_what_is_none(qtbot, typed, found):
    made = Picker(free=False)
    qtbot.addWidget(made)
    made.set_items([("区综合执法局", 7, ("qzhzfj",)), ("区教育局", 8, ("qjyj",))])
    made.show()
    type_in(qtbot, made.lineEdit(), typed)
    assert made.completer().model().rowCount() == found


def test_a_message_stands_below_its_field(qtbot):
    field = DateField()
    box = FieldBox("聘期止", field, "term_to", hint="可以留空。")
    qtbot.addWidget(box)
    box.say("应晚于聘期起。", "error")
    assert (box.message.text(), field.property("invalid")) == ("应晚于聘期起。", True)
    box.clear()
    assert (box.message.text(), field.property("invalid")) == ("可以留空。", False)


def a_table(qtbot, fetched=None):
    columns = (Column("name", "姓名", lambda r: Text(r[0])), Column("count", "件数", lambda r: Number(r[1])))

    def fetch(keys):
        if fetched is not None:
            fetched.append(len(keys))
        return {key: (f"人{key}", key) for key in keys if key != 13}

    table = KeyedTable(KeyedModel(columns, fetch), "people")
    qtbot.addWidget(table)
    table.resize(400, 300)
    return table


def test_the_model_keeps_qts_contract(qtbot, qtmodeltester):
    table = a_table(qtbot)
    table.set_keys([3, 1, 2])
    qtmodeltester.check(table.rows)


def test_rows_are_fetched_in_blocks_as_they_come_into_view(qtbot):
    fetched = []
    table = a_table(qtbot, fetched)
    table.set_keys(list(range(100, 10_100)))
    table.show()
    qtbot.waitUntil(lambda: bool(fetched))
    assert max(fetched) <= BLOCK
    assert sum(fetched) <= 2 * BLOCK


def test_the_selection_is_kept_by_key(qtbot):
    table = a_table(qtbot)
    table.set_keys([1, 2, 3])
    table.show_key(3)
    table.set_keys([3, 2])
    assert table.current_key() == 3
    table.set_keys([1, 2])
    assert table.current_key() == 1


def test_a_vanished_row_is_blank_and_copying_gives_a_block_for_excel(qtbot):
    table = a_table(qtbot)
    table.set_keys([12, 13])
    table.selectAll()
    table.copy()
    assert QApplication.clipboard().text() == "人12\t12\n\t"


def test_columns_are_remembered(qtbot):
    one, two = a_table(qtbot), a_table(qtbot)
    one.setColumnHidden(1, True)
    two.restore_columns(one.column_state())
    assert two.isColumnHidden(1)
    two.restore_columns("nonsense")
    assert two.isColumnHidden(1)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("tx", "bg_surface"),
        ("tx2", "bg_surface"),
        ("tx3", "bg_surface"),
        ("tx2", "bg_selected"),
        ("ac_tx", "ac_tint"),
        ("on_ac", "ac"),
        ("dg", "dg_bg"),
        ("wn", "wn_bg"),
        ("ok", "ok_bg"),
        ("chip_tx", "chip"),
    ],
)
def test_text_stands_out_from_its_ground(tokens, text, ground):
    def light(name):
        parts = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
            for c in QColor(tokens[name]).getRgbF()[:3]
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    bright, dark = sorted((light(text), light(ground)), reverse=True)
    assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_a_break_within_a_paragraph_that_is_pasted_from_a_word_processor_is_a_line_break(qtbot):
    field = GrowingText()
    qtbot.addWidget(field)
    pasted = QMimeData()
    pasted.setText("第一行\v第二行\r\n第三行 <b># 不是标题</b> 😀𬀩")
    field.insertFromMimeData(pasted)
    assert field.text() == "第一行\n第二行\n第三行 <b># 不是标题</b> 😀𬀩"
