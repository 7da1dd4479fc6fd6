"""The workbench as a clerk uses it: one list of everything to do, worked off from the keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from db.cases.acts.cases import save_case
from db.cases.acts.marks import extend_period
from db.cases.queries.cases import CaseFilter, View, case_counts, case_keys, case_rows
from db.cases.queries.detail import case_detail, case_draft
from db.cases.rules.cases import PartyDraft
from db.cases.rules.marks import ExtendDraft
from db.office.todo import TodoKind
from db.words.case import Side
from db.workbench.todos import horizon, overview
from gui.pages.cases.assigning.dialog import AssignDialog
from gui.pages.cases.forms.attendance import AttendanceForm
from gui.pages.cases.forms.periods import SubmitForm
from gui.pages.cases.forms.result import ResultForm
from gui.pages.workbench.done import DoneForm
from gui.pages.workbench.items import FILTERS, FORGOTTEN, id_of, step_of
from gui.printing.preview import PaperPreview
from gui.tables.todo_list import ROLE, Group, Item
from tests.conftest import TODAY
from tests.gui.window.test_pages import opened
from tests.typed import press, type_in


@pytest.fixture
def desk(demo_desk):
    """Return the demo bureau's desk."""
    return demo_desk


@pytest.fixture
def bench(qtbot, desk):
    """Return the workbench of the demo bureau."""
    desk.window.go("workbench")
    page = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: bool(page.todos.ids()))
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    page.todos.setFocus()
    return page


def heads(page):
    model = page.todos.model()
    data = (model.index(at, 0).data(ROLE) for at in range(model.rowCount()))
    return [one for one in data if isinstance(one, Group)]


def item(page):
    return page.todos.currentIndex().data(ROLE)


def first_of(page, wanted):
    """Select the first thing to do that fits, unfolding what hides it."""
    todo = next(t for t in page._overview.todos if wanted(t))
    page.choose(todo)
    assert page.todos.current_id() == id_of(todo)
    return todo


def close(dialog):
    dialog._is_dirty = False
    dialog.reject()


def test_everything_stands_in_one_list_by_date_with_the_overdue_on_top(bench, desk):
    titles = [head.title for head in heads(bench)]
    assert titles == ["今天", FORGOTTEN, "本周", "下周", "以后"]
    first = bench._todos[bench.todos.ids()[0]]
    assert first.due_on < TODAY
    assert "逾期" in item(bench).due.text
    with desk.database.read() as session:
        assert {t.kind for t in overview(session, TODAY).todos} >= {
            TodoKind.DEADLINE,
            TodoKind.HEARING,
            TodoKind.ASSIGN,
            TodoKind.RESULT,
            TodoKind.TERM,
        }


def test_the_counts_equal_the_rows_and_the_badge_equals_the_forgotten(bench, desk):
    bench.todos.folded = set()
    for key, (word, kinds) in FILTERS.items():
        bench.filter.buttons[key].click()
        listed = [i for i in bench.todos.ids() if key == "FORGOTTEN" or not i.startswith("FORGOTTEN")]
        said = bench.filter.buttons[key].text().replace(word, "").strip()
        assert int(said or 0) == len(listed), word
        assert all(bench._todos[i].kind in kinds for i in listed if i in bench._todos)
    with desk.database.read() as session:
        forgotten = case_keys(session, CaseFilter(View.FORGOTTEN), TODAY)
        assert case_counts(session, TODAY)[View.FORGOTTEN] == len(forgotten)
    assert bench.side.figures["FORGOTTEN"].number.text() == str(len(forgotten))
    bench.filter.buttons["FORGOTTEN"].click()
    assert bench.todos.ids() == [f"FORGOTTEN-{key}" for key in forgotten]


@pytest.mark.parametrize(
    ("wanted", "word", "dialog"),
    [
        (lambda t: t.kind is TodoKind.ASSIGN, "分派顾问", AssignDialog),
        (lambda t: t.kind is TodoKind.RESULT, "登记结果", ResultForm),
        (lambda t: t.rule == "L02", "登记提交", SubmitForm),
        (lambda t: t.kind is TodoKind.HEARING and not t.is_arranged, "安排出庭", AttendanceForm),
    ],
)
def test_enter_does_the_next_step(qtbot, bench, desk, wanted, word, dialog):
    todo = first_of(bench, wanted)
    assert item(bench).action == word
    qtbot.keyClick(bench.todos, Qt.Key.Key_Return)
    form = opened(qtbot, desk, dialog)
    cases = desk.window.stack.currentWidget()
    assert cases.name == "cases"
    assert cases.table.current_key() == todo.key
    close(form)


def test_a_forgotten_case_leads_to_what_is_missing(qtbot, bench, desk):
    bench.filter.buttons["FORGOTTEN"].click()
    assert item(bench).word == FORGOTTEN
    case = bench._forgotten[bench.todos.current_id()]
    assert case.reasons[0] in item(bench).caption
    bench.todos.acted.emit(bench.todos.current_id())
    form = opened(qtbot, desk, QDialog)
    assert desk.window.stack.currentWidget().table.current_key() == case.key
    close(form)


def test_what_is_done_leaves_and_comes_back_when_undone(qtbot, bench, desk):
    todo = first_of(bench, lambda t: t.rule == "L02")
    before = bench.todos.ids()
    qtbot.keyClick(bench.todos, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = opened(qtbot, desk, DoneForm)
    type_in(qtbot, form.evidence, "EMS 1234567890")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: id_of(todo) not in bench.todos.ids())
    assert desk.window.notice.text() == f"已办结答辩举证：{todo.title}，可用 Ctrl+Z 撤销"
    assert bench.todos.current_id() == before[before.index(id_of(todo)) + 1], "the next one takes its place"
    desk.window.undo()
    qtbot.waitUntil(lambda: id_of(todo) in bench.todos.ids())


def test_each_co_defendant_has_a_line_of_its_own_and_only_its_own_is_done(qtbot, bench, desk):
    todo = first_of(bench, lambda t: t.rule == "L02")
    with desk.database.write("登记案件") as session:
        draft = case_draft(session, todo.key)
        parties = (*draft.parties, PartyDraft(Side.DEFENDANT, "示例街道办事处"))
        save_case(session, replace(draft, parties=parties), TODAY, todo.key)
        found = case_detail(session, todo.key, TODAY)
        other = next(p.key for p in found.parties if p.name == "示例街道办事处")
        extension = ExtendDraft(10, reason="法院准予延期")
        extend_period(session, todo.key, "L02", extension, found.version, [other])
    qtbot.waitUntil(lambda: len(answers_of(bench, todo.key)) == 2)
    assert len({id_of(t) for t in answers_of(bench, todo.key)}) == 2
    bench.choose(next(t for t in answers_of(bench, todo.key) if t.parties == (other,)))
    qtbot.keyClick(bench.todos, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = opened(qtbot, desk, DoneForm)
    type_in(qtbot, form.evidence, "EMS 1234567890")
    with qtbot.waitSignal(form.accepted):
        press(qtbot, form, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: len(answers_of(bench, todo.key)) == 1)
    assert other not in answers_of(bench, todo.key)[0].parties


def answers_of(page, key):
    return [t for t in page._overview.todos if t.key == key and t.rule == "L02"]


def test_groups_fold_from_the_keyboard(qtbot, bench):
    shown = len(bench.todos.ids())
    qtbot.keyClick(bench.todos, Qt.Key.Key_Left)
    assert "今天" in bench.todos.folded
    assert len(bench.todos.ids()) < shown
    assert isinstance(bench.todos.currentIndex().data(ROLE), Group)
    qtbot.keyClick(bench.todos, Qt.Key.Key_Right)
    assert len(bench.todos.ids()) == shown
    assert isinstance(bench.todos.currentIndex().data(ROLE), Item)


def test_the_article_and_what_follows_are_in_the_tooltip(bench):
    first_of(bench, lambda t: t.rule == "L02")
    tip = bench.todos.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert "行政诉讼法第六十七条" in tip
    assert "行政诉讼法第三十四条" in tip


def test_the_message_for_the_group_is_copied_without_the_plaintiff(qtbot, bench, desk):
    QApplication.clipboard().clear()
    todo = first_of(bench, lambda t: t.rule == "L02")
    qtbot.keyClick(bench.todos, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(QApplication.clipboard().text()))
    with desk.database.read() as session:
        row = case_rows(session, [todo.key], TODAY)[todo.key]
    text = QApplication.clipboard().text()
    assert row.number in text
    assert row.plaintiffs not in text
    assert "通知文字已复制" in desk.window.notice.text()


def test_the_menu_of_a_row_offers_its_step_its_record_and_the_message(qtbot, bench):
    todo = first_of(bench, lambda t: t.rule == "L02")
    bench._show_menu(id_of(todo), bench.mapToGlobal(bench.rect().center()))
    menu = bench.findChild(QMenu, "todo_menu")
    assert [a.text().split("\t")[0] for a in menu.actions()] == [
        "登记提交",
        "查看案件",
        "登记办结…",
        "复制通知文字",
    ]
    menu.close()


def test_the_sheet_of_the_week_is_looked_at_and_printed(qtbot, bench, desk):
    press(qtbot, desk.window, Qt.Key.Key_P)
    preview = opened(qtbot, desk, PaperPreview)
    qtbot.waitUntil(lambda: preview.desk.current is not None)
    preview.desk.print_button.click()
    qtbot.waitUntil(lambda: bool(desk.printers.printed))
    assert desk.printers.printed[0][0] == "本周应诉事项表"
    preview.close_button.click()


def test_deadlines_and_hearings_go_out_as_a_calendar_file(qtbot, bench, desk, tmp_path):
    desk.files.path = tmp_path / "日历.ics"
    press(qtbot, desk.window, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: desk.files.path.exists())
    qtbot.waitUntil(lambda: "项期限和开庭" in desk.window.notice.text())
    assert desk.files.asked == ["行政应诉日历20261124.ics"]
    events = Calendar.from_ical(desk.files.path.read_bytes()).walk("VEVENT")
    assert {str(e["summary"]).split()[0] for e in events} >= {"开庭", "答辩举证"}


def test_a_figure_leads_to_the_cases_it_counts(qtbot, bench, desk):
    count = bench.side.figures["UNASSIGNED"].number.text()
    bench.side.figures["UNASSIGNED"].link.click()
    cases = desk.window.stack.currentWidget()
    qtbot.waitUntil(lambda: cases.is_ready and len(cases.model.keys) == int(count))


def test_a_list_too_long_is_capped_and_counted(bench, desk):
    with desk.database.read() as session:
        whole, capped = overview(session, TODAY), overview(session, TODAY, most=3)
    assert capped.counts == whole.counts
    assert sum(t.kind in {TodoKind.DEADLINE, TodoKind.HEARING} for t in capped.todos) == 3
    bench._overview = capped
    bench.todos.folded = set()
    bench._show_todos()
    for head in heads(bench):
        if head.title != FORGOTTEN:
            listed = [t for t in whole.todos if horizon(t.due_on, TODAY) == head.title]
            assert len(head.items) + head.more == len(listed), head.title
    assert any(head.more for head in heads(bench))


def test_each_kind_has_a_step_and_a_word(bench):
    steps = {t.kind: step_of(t)[0] for t in bench._overview.todos}
    assert all(steps.values())
    assert all(t.due_on <= TODAY + timedelta(days=400) for t in bench._overview.todos if t.rule)
