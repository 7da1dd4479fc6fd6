"""The roster page: who may be recommended today, who was in the pool then, and many lawyers at once."""

from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QMessageBox

from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.appointments import numbers_issued, term_lines
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import RosterFilter, roster
from db.roster.rules.lawyers import Standing
from db.words.lawyer import LicenceState
from gui.forms.importer import SheetImport
from gui.forms.saved_views import ManageViews, NameForm
from gui.look.theme import font
from gui.pages.roster.filters import DayForm
from gui.pages.roster.forms.bulk import BulkForm
from gui.pages.roster.forms.terms import DismissForm, ReinstateForm, RenewForm, SuspendForm
from gui.printing.preview import PaperPreview
from gui.tables.cells import Badge, Bar, Dot, Number, Text
from gui.tables.keyed_model import CELL
from tests.conftest import TODAY, a_lawyer
from tests.typed import press, type_in

NAMES = [
    "王砚秋",
    "毛文澜",
    "祝明远",
    "吴映雪",
    "叶知秋",
    "姜若川",
    "郑怀瑾",
    "周默言",
    "陈景行",
    "徐子衡",
    "方以宁",
    "何承安",
    "余清和",
    "汪晓棠",
    "柴立言",
]


@pytest.fixture
def page(qtbot, desk):
    """Return the page over a pool of 15 lawyers of three firms, all appointed until May 2027."""
    with desk.database.write("登记 15 人") as session:
        for at, name in enumerate(NAMES):
            draft = a_lawyer(
                name=name,
                firm=f"示例{'双港水亭九华'[at % 3 * 2 :][:2]}律师事务所",
                licence=f"13308201510{100000 + at}",
                phone=f"1380000{1000 + at}",
                specialities=("市场监管", "行政处罚") if at % 2 else ("行政协议",),
            )
            save_lawyer(session, draft, TODAY)
    desk.window.go("roster")
    made = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: made.table.rows.rowCount() == 15)
    return made


def names(page):
    return [page.table.rows.index(row, 0).data() for row in range(page.table.rows.rowCount())]


def choose(page, *wanted):
    """Select these lawyers, as with Ctrl and the mouse."""
    table = page.table
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for name in wanted:
        at = table.rows.index(names(page).index(name), 0)
        table.selectionModel().setCurrentIndex(at, flags)


def opened(qtbot, desk, kind):
    qtbot.waitUntil(lambda: any(w.isVisible() for w in desk.window.findChildren(kind)))
    return next(w for w in desk.window.findChildren(kind) if w.isVisible())


def pick(button, *texts):
    """Choose entries of a button's menu."""
    for text in texts:
        next(a for a in button.menu().actions() if a.text().split("\t")[0] == text).trigger()


def test_the_head_counts_the_pool_and_the_foot_adds_up_what_is_shown(page):
    assert page.summary.text() == "15 人，在聘 15，30 天内到期 0"
    assert page.sums.text() == "显示 15 / 15，在办合计 0 人次，本年分派 0 人次"
    choose(page, "王砚秋", "毛文澜")
    assert page.sums.text().startswith("已选 2 人，")


def test_filters_combine_and_are_cleared_in_one_click(qtbot, page):
    pick(page.filters.firm, "示例九华律师事务所")
    pick(page.filters.speciality, "行政处罚")
    assert names(page) == ["何承安", "姜若川"]
    assert page.sums.text().startswith("显示 2 / 15")
    type_in(qtbot, page.find_field, "wxt")
    assert names(page) == []
    qtbot.mouseClick(page.table.empty_button, Qt.MouseButton.LeftButton)
    assert len(names(page)) == 15


def test_names_stand_by_pinyin_or_by_strokes(page):
    assert names(page)[:3] == ["柴立言", "陈景行", "方以宁"]
    pick(page.views.button, "姓名按笔画")
    assert names(page)[:4] == ["方以宁", "毛文澜", "王砚秋", "叶知秋"]  # 四画在前，五画在后
    page.remember()
    assert page.context.preferences.value("roster/name_order") == "strokes"


def test_a_view_keeps_filters_columns_and_order_under_a_name(qtbot, desk, page):
    pick(page.filters.firm, "示例双港律师事务所")
    at = next(i for i, c in enumerate(page.model.columns) if c.key == "phone")
    page.table.setColumnHidden(at, False)
    page.model.sort(3, Qt.SortOrder.DescendingOrder)
    pick(page.views.button, "存为视图…")
    form = opened(qtbot, desk, NameForm)
    form.save.click()
    assert form.boxes["view_name"].message.text() == "请填写视图名称，如“年底到期”。"
    type_in(qtbot, form.name, "双港所")
    form.save.click()
    assert page.views.button.accessibleName() == "视图 双港所"
    pick(page.views.button, "全部顾问")
    assert len(names(page)) == 15
    assert page.table.isColumnHidden(at)
    assert page.views.button.accessibleName() == "视图 全部"
    pick(page.views.button, "双港所")
    assert len(names(page)) == 5
    assert not page.table.isColumnHidden(at)
    assert (page.sort, page.descending) == ("term_to", True)


def test_views_are_renamed_and_deleted_without_touching_anybody(qtbot, desk, page):
    for name, firm in (("双港所", "示例双港律师事务所"), ("水亭所", "示例水亭律师事务所")):
        page.filters.clear()
        pick(page.filters.firm, firm)
        page.views.ask_name()
        form = opened(qtbot, desk, NameForm)
        form.name.setText(name)
        form.save.click()
        qtbot.waitUntil(lambda: not desk.window.findChildren(NameForm))
    page.views.manage()
    dialog = opened(qtbot, desk, ManageViews)
    dialog.list.item(0).setText("水亭所")
    assert dialog.message.text() == "已有视图“水亭所”，请另取一个名称。"
    dialog.list.item(0).setText("双港律所")
    qtbot.waitUntil(lambda: [v.name for v in page.views.store.load()] == ["双港律所", "水亭所"])
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    assert [v.name for v in page.views.store.load()] == ["双港律所"]
    dialog.close_button.click()
    page.filters.clear()
    page.refresh()
    assert len(names(page)) == 15


def test_a_past_day_is_shown_plainly_and_can_only_be_looked_at(qtbot, desk, page):
    with desk.database.write("较晚聘任的顾问") as session:
        late = a_lawyer(name="邵建平", licence="13308201510123999", term_from=date(2026, 1, 1))
        save_lawyer(session, late, TODAY)
    qtbot.waitUntil(lambda: len(names(page)) == 16)
    pick(page.as_of, "其他日期…")
    form = opened(qtbot, desk, DayForm)
    type_in(qtbot, form.day, "2030.1.1")
    form.save.click()
    assert form.boxes["as_of"].severity == "error"
    form.day.setText("2025-07-01")
    form.save.click()
    assert "邵建平" not in names(page)
    assert len(names(page)) == 15
    assert page.past.isVisible()
    assert page.past.text.text().startswith("现在显示 2025-07-01 的名册，只能查看。")
    assert not page.enter_button.isEnabled()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert "请先点“回到今天”再办理" in desk.window.notice.text()
    assert not [w for w in QApplication.topLevelWidgets() if w.isModal() and w.isVisible()]
    pick(page.as_of, "2024 年底")
    assert names(page) == []
    page.to_today.click()
    assert len(names(page)) == 16
    assert not page.past.isVisible()


def test_the_whole_roster_is_renewed_as_one_act_with_consecutive_numbers(qtbot, desk, page):
    page.table.setFocus()
    page.table.selectAll()
    press(qtbot, page.table, Qt.Key.Key_R)
    form = opened(qtbot, desk, RenewForm)
    assert form.to_on.text() == "2029-05-31"
    assert form.table.rowCount() == 15
    numbers = [form.table.item(row, 3).text() for row in range(15)]
    assert numbers == [f"柯司聘〔2026〕{n}号" for n in range(1, 16)]
    assert form.table.item(0, 2).text() == "2027-06-01 至 2029-05-31"
    form.paper.setText("柯司〔2026〕18号")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        terms = [term_lines(session, row.key)[-1] for row in roster(session, TODAY)]
    assert [t.certificate for t in terms] == numbers
    assert {t.paper for t in terms} == {"柯司〔2026〕18号"}
    assert "续聘 柴立言、陈景行、方以宁等 15 人，可用 Ctrl+Z 撤销" in desk.window.notice.text()
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: desk.window.notice.text().startswith("已撤销"))
    with desk.database.read() as session:
        assert [len(term_lines(session, row.key)) for row in roster(session, TODAY)] == [1] * 15
        assert [line.is_void for line in numbers_issued(session, "柯司聘", 2026)] == [True] * 15
    page.acts.renew(page.model.keys[:1])
    form = opened(qtbot, desk, RenewForm)
    assert form.table.item(0, 3).text() == "柯司聘〔2026〕16号"
    form.reject()


def test_a_renewal_names_the_person_whom_it_does_not_suit_and_keeps_what_was_typed(qtbot, desk, page):
    page.acts.renew(page.model.keys)
    form = opened(qtbot, desk, RenewForm)
    type_in(qtbot, form.from_on, "2027-01-01")
    assert "与现有聘期 2025-06-01 至 2027-05-31 重叠" in form.table.item(0, 4).text()
    assert form.table.item(0, 3).text() == "—"
    form.save.click()
    assert form.isVisible()
    assert form.boxes["from_on"].message.text().startswith("柴立言：与现有聘期")
    assert form.from_on.text() == "2027-01-01"
    form._is_dirty = False
    form.reject()


def test_a_paused_lawyer_leaves_the_assignable_the_same_day_and_comes_back(qtbot, desk, page):
    page.filters.assignable.click()
    assert len(names(page)) == 15
    choose(page, "方以宁")
    page.run_act("suspend")
    form = opened(qtbot, desk, SuspendForm)
    form.save.click()
    assert form.boxes["reason"].message.text() == "请写明暂停的原因。"
    type_in(qtbot, form.reason, "产假")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    qtbot.waitUntil(lambda: "方以宁" not in names(page))
    assert page.summary.text() == "15 人，在聘 14，暂停承办 1，30 天内到期 0"
    page.filters.assignable.click()
    at = next(i for i, c in enumerate(page.model.columns) if c.key == "standing")
    cell = page.model.index(names(page).index("方以宁"), at)
    assert (cell.data(CELL).kind, cell.data()) == ("wn", "暂停承办")
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "产假，2026-11-24 起，恢复时间待定"
    choose(page, "方以宁")
    page.run_act("reinstate")
    form = opened(qtbot, desk, ReinstateForm)
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    page.filters.assignable.click()
    qtbot.waitUntil(lambda: "方以宁" in names(page))


def test_delete_asks_for_the_grounds_of_leaving_and_keeps_the_records(qtbot, desk, page):
    choose(page, "何承安", "汪晓棠")
    page.table.setFocus()
    press(qtbot, page.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    form = opened(qtbot, desk, DismissForm)
    assert "解聘 何承安、汪晓棠" in form.intro.text()
    form.save.click()
    assert form.boxes["reason"].message.text() == "请写明解聘的具体原因。"
    type_in(qtbot, form.reason, "本人申请退出")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        gone = roster(session, TODAY, RosterFilter(standings=frozenset({Standing.ENDED})))
    assert [row.name for row in gone] == ["何承安", "汪晓棠"]
    choose(page, "何承安")
    press(qtbot, page.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier)
    box = opened(qtbot, desk, QMessageBox)
    assert "回收站用于登记错误的记录" in box.text()
    box.cancel.click()


def test_many_are_changed_at_once_after_a_preview_of_each(qtbot, desk, page):
    choose(page, "王砚秋", "毛文澜", "方以宁")
    page.run_act("bulk_edit")
    form = opened(qtbot, desk, BulkForm)
    form.save.click()
    assert form.strip.text.text() == "请至少填写一项要修改的内容。"
    form.firm.setEditText("示例九华律师事务所")
    form.capacity.setEditText("8")
    form.add.set_tags(["信息公开"])
    form.mark_dirty()
    shown = [[form.table.item(r, c).text() for c in range(4)] for r in range(form.table.rowCount())]
    assert shown[0] == ["方以宁", "律师事务所", "示例水亭律师事务所", "示例九华律师事务所"]
    assert shown[1] == ["", "在办上限", "按本局上限", "8 件"]
    assert shown[2] == ["", "专业领域", "行政协议", "行政协议、信息公开"]
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        changed = [r for r in roster(session, TODAY) if r.capacity == 8]
        firms_before = {m for r in changed for m, _, ended in _history(session, r.key) if ended == TODAY}
    assert {r.name for r in changed} == {"王砚秋", "毛文澜", "方以宁"}
    assert {r.firm for r in changed} == {"示例九华律师事务所"}
    assert "示例水亭律师事务所" in firms_before
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: desk.window.notice.text().startswith("已撤销：批量修改"))
    with desk.database.read() as session:
        assert not [r for r in roster(session, TODAY) if r.capacity == 8]


def _history(session, key):
    from db.roster.queries.lawyers import lawyer_detail

    return lawyer_detail(session, key, TODAY).firm_history


def test_a_bulk_change_over_a_newer_one_is_refused_for_all(qtbot, desk, page):
    choose(page, "王砚秋", "毛文澜")
    page.run_act("bulk_edit")
    form = opened(qtbot, desk, BulkForm)
    key = next(iter(form.drafts))
    with desk.database.write("其他修改") as session:
        save_lawyer(session, lawyer_draft(session, key, TODAY), TODAY, key)
    form.licence_state.setCurrentText(LicenceState.MOVING.value)
    form.save.click()
    box = opened(qtbot, desk, QMessageBox)
    assert "您的改动没有保存" in box.text()
    box.close_button.click()
    assert form.isVisible()
    form._is_dirty = False
    form.reject()
    with desk.database.read() as session:
        assert {r.licence_state for r in roster(session, TODAY)} == {LicenceState.VALID}


def a_block(*, header: bool) -> str:
    """Return 15 rows of 8 columns as Excel copies them: one cell has a line break, one a quote."""
    lines = []
    for at, name in enumerate(NAMES):
        fields = '"行政协议\n征收补偿"' if at == 0 else "信访、复议"
        lines.append(
            "\t".join(
                (
                    name,
                    "女" if at % 2 else "男",
                    '"示例""双港""\n律师事务所"' if at == 14 else "示例双港律师事务所",
                    f"1330820151{at % 2}{200000 + at}",
                    f"139 0000 {1000 + at}",
                    fields,
                    "2026年12月1日",
                    "2028/11/30",
                )
            )
        )
    titles = "姓名\t性别\t律师事务所\t执业证号\t联系电话\t专业领域\t聘期起\t聘期止"
    return "\r\n".join(([titles] if header else []) + lines) + "\r\n"


@pytest.mark.parametrize("header", [True, False], ids=["with header", "without header"])
def test_a_block_copied_from_excel_is_checked_and_pasted_as_one_act(qtbot, desk, header):
    desk.window.go("roster")
    page = desk.window.stack.currentWidget()
    QApplication.clipboard().setText(a_block(header=header))
    qtbot.keyClick(page.start.by_import, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.columns.rowCount() == 8
    assert list(dialog.plan.mapping.values()) == [
        "name", "sex", "firm", "licence", "phone", "specialities", "term_from", "term_to",
    ]  # fmt: skip
    assert dialog.plan.counts.new == 15
    dialog.filter.buttons["rows"].click()
    listed = [[dialog.problems.item(row, c).text() for c in range(5)] for row in range(15)]
    term = "聘期 2026-12-01 至 2028-11-30"
    assert listed[0][0] == "新增"
    assert listed[0][2:] == ["王砚秋", f"示例双港律师事务所，{term}", "行政协议、征收补偿"]
    with qtbot.waitSignal(dialog.imported):
        dialog.go.click()
    qtbot.waitUntil(lambda: len(names(page)) == 15)
    with desk.database.read() as session:
        found = {row.name: row for row in roster(session, TODAY)}
    assert found["王砚秋"].specialities == ("行政协议", "征收补偿")
    assert found["王砚秋"].phone == "13900001000"
    assert (found["毛文澜"].term_from, found["毛文澜"].term_to) == (date(2026, 12, 1), date(2028, 11, 30))
    press(qtbot, desk.window, Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: names(page) == [])


def test_what_is_wrong_in_a_pasted_row_is_named_by_row_and_a_column_can_be_mapped_anew(qtbot, desk, page):
    rows = [
        "陆海波\t示例双港律师事务所\t133082015101234\t信访",
        "詹小妹\t示例双港律师事务所\t13308201511200055\t复议",
    ]
    QApplication.clipboard().setText("\n".join(rows))
    page.run_act("paste")
    dialog = opened(qtbot, desk, SheetImport)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert "没有表头" in dialog.header_text.text()
    assert dialog.plan.mapping[2] == "licence"
    assert [p.sentence() for p in dialog.plan.problems if p.severity.value == "错误"] == [
        "第 1 行「第 3 列」：应为 17 位数字，现为 15 位"
    ]
    choice = dialog.columns.cellWidget(3, 1)
    choice.setCurrentIndex(choice.findData("note"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: dialog.plan.mapping.get(3) == "note")
    dialog.reject()


def test_phones_are_masked_on_the_screen_and_where_a_row_is_copied(qtbot, page):
    for at, column in enumerate(page.model.columns):
        page.table.setColumnHidden(at, False)
        for row in range(15):
            index = page.model.index(row, at)
            told = f"{index.data()} {index.data(Qt.ItemDataRole.ToolTipRole)}"
            assert "13800001" not in told, column.key
    page.table.selectAll()
    press(qtbot, page.table, Qt.Key.Key_C)
    text = QApplication.clipboard().text()
    assert "138****1000" in text
    assert "13800001" not in text


def test_space_lays_the_panel_over_the_list_where_the_window_is_too_narrow_for_both(qtbot, desk, page):
    docked = page.panel.width()
    desk.window.resize(1190, 700)
    qtbot.waitUntil(lambda: not page.panel.isVisible())
    page.table.setFocus()
    qtbot.waitUntil(lambda: page.table.width() == page.width() > 1100)  # once the rail has folded
    before = page.table.width()
    press(qtbot, page.table, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert desk.window.rail.hasFocus(), "a hidden panel takes no focus"
    page.table.setFocus()
    press(qtbot, page.table, Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    assert page.panel.isVisible()
    assert (page.table.width(), page.panel.width()) == (before, 356)
    assert page.panel.geometry().right() == page.rect().right()
    assert page.details.minimumSizeHint().width() <= page.panel.viewport().width()
    page.refresh()
    assert page.panel.isVisible(), "looking again does not close it"
    press(qtbot, page.table, Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    press(qtbot, page.panel, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not page.panel.isVisible()
    assert page.table.hasFocus()
    desk.window.resize(1440, 868)
    qtbot.waitUntil(page.panel.isVisible)
    assert page.panel.width() == docked
    assert page.table.geometry().right() < page.panel.mapTo(page, page.panel.rect().topLeft()).x()


def test_nothing_is_cut_off_with_the_demo_pool(qtbot, demo_desk):
    desk = demo_desk
    desk.window.go("roster")
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: page.table.rows.rowCount() == 15)
    for width, height in ((1366, 728), (1440, 868), (1920, 1010)):
        desk.window.resize(width, height)
        qtbot.wait(50)
        assert page.table.horizontalScrollBar().maximum() == 0, width
        assert page.find_field.y() == page.as_of.y(), f"the filters need a second line at {width}"
        for at, column in enumerate(page.model.columns):
            room = page.table.columnWidth(at) - (32 if at == 0 else 16)
            for row in range(0 if page.table.isColumnHidden(at) else 15):
                assert _needs(page.model.index(row, at).data(CELL)) <= room, (width, column.key, row)


def _needs(cell):
    body, caption = QFontMetrics(font(13)), QFontMetrics(font(12))
    match cell:
        case Text():
            return body.horizontalAdvance(cell.text)
        case Number():
            return body.horizontalAdvance("—" if cell.value is None else f"{cell.value}")
        case Dot():
            return 12 + body.horizontalAdvance(cell.text)
        case Badge():
            return caption.horizontalAdvance(cell.text) + 31
        case Bar():
            return (
                55
                + body.horizontalAdvance(cell.text)
                + (4 + caption.horizontalAdvance(cell.word) if cell.word else 0)
            )
    return sum(caption.horizontalAdvance(word) + 13 for word in cell.words) + 5


def test_certificates_are_numbered_before_they_are_previewed_and_the_roster_prints_as_shown(
    qtbot, desk, page
):
    choose(page, "方以宁", "何承安")
    page.run_act("certificates")
    box = opened(qtbot, desk, QMessageBox)
    assert "将按“柯司聘”接着编发 2 个编号" in box.text()
    box.agree.click()
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    assert [paper.number for paper in preview.desk.current.papers] == [
        "柯司聘〔2026〕1号",
        "柯司聘〔2026〕2号",
    ]
    preview.close_button.click()
    qtbot.waitUntil(lambda: not desk.window.findChildren(PaperPreview))
    pick(page.filters.firm, "示例九华律师事务所")
    press(qtbot, desk.window, Qt.Key.Key_P)
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    (paper,) = preview.desk.current.papers
    assert "共 5 人" in paper.heading
    preview.close_button.click()
