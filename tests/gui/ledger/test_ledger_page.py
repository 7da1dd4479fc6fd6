"""A made-up ledger through the window, from its declaration alone."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from db.ledger import acts, queries, search
from db.models.agency import Agency
from db.office.acts.attachments import attach_files
from db.office.queries.history import undo_state
from gui.forms.asking import Confirm
from gui.forms.exporting import ExportDialog
from gui.forms.importer import SheetImport
from gui.forms.saved_views import NameForm
from gui.ledger.editor import LedgerEditor, StepForm
from gui.ledger.page import LedgerPage
from gui.printing.preview import PaperPreview
from tests.conftest import TODAY
from tests.db.ledger.visits import BOOK, OWN, VISITS, PointDraft, VisitDraft, Way

FOUND = ("未出示执法证件", "告知书写错法院", "没有集体讨论记录", "送达回证缺签名", "未引用具体条款")


@pytest.fixture
def page(qtbot, desk) -> LedgerPage:
    OWN.create_all(desk.database.engine)
    desk.database.reviews.append(lambda session, touched: search.refresh(session, BOOK, touched))
    made = LedgerPage(desk.context, BOOK)
    desk.window._pages["visits"] = made
    desk.window.stack.addWidget(made)
    desk.window.stack.setCurrentWidget(made)
    made.shown()
    ready(qtbot, made)
    return made


def ready(qtbot, page) -> None:
    qtbot.waitUntil(lambda: page.is_ready and not page.detail_reader.is_busy)


def opened(qtbot, kind):
    def find():
        return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]

    qtbot.waitUntil(lambda: bool(find()))
    return find()[0]


def fill_in(qtbot, page, count: int = 5) -> list[int]:
    with page.context.database.write("登记") as session:
        agencies = sorted(queries.captions(session, BOOK, "agency"))
        drafts = [
            VisitDraft(
                agency_id=agencies[n % 4],
                way=list(Way)[n % 2],
                on=TODAY - timedelta(days=20 + n),
                met=f"示例{'甲乙丙丁戊'[n % 5]}",
                phone="13800001111",
                found=FOUND[n % 5],
                points=(PointDraft(text="当场改正", hours=1.5),),
                people=n,
                due_on=TODAY + timedelta(days=n - 2),
            )
            for n in range(count)
        ]
        keys = acts.save_many(session, VISITS, drafts, TODAY)
    qtbot.waitUntil(lambda: page.is_ready and len(page.model.keys) == count)
    return keys


def text_of(page, row: int, key: str) -> str:
    at = next(i for i, c in enumerate(page.model.columns) if c.key == key)
    return page.model.index(row, at).data()


def test_a_record_is_typed_refused_at_the_field_and_saved(qtbot, desk, page):
    with desk.database.read() as session:
        agency = min(queries.captions(session, BOOK, "agency"))
    page.enter()
    editor = opened(qtbot, LedgerEditor)
    editor.try_save()
    assert [name for name, box in editor.boxes.items() if box.severity == "error"] == [
        "agency_id",
        "way",
        "on",
        "found",
    ]
    entries = editor.fields.entries
    entries["agency_id"].set_value(agency)
    entries["way"].setCurrentText("上门")
    qtbot.keyClicks(entries["on"], "2026.11.1")
    qtbot.keyClicks(entries["phone"], "138 0000 1111")
    entries["found"].setPlainText("未出示执法证件")
    entries["points"].add_line()
    entries["points"].lines[0].cells["text"].set_value("当场改正")
    qtbot.keyClicks(entries["people"], "12")
    assert [(p.field, p.text) for p in editor.problems() if p.severity == "错误"] == []
    editor.try_save()
    qtbot.waitUntil(lambda: not _visible(LedgerEditor))
    ready(qtbot, page)
    assert text_of(page, 0, "found") == "未出示执法证件"
    assert text_of(page, 0, "phone") == "138****1111"
    with desk.database.read() as session:
        draft = queries.draft_of(session, VISITS, page.table.current_key())
        said = undo_state(session, desk.database.hand).undo
    assert (draft.people, draft.points) == (12, (PointDraft(text="当场改正"),))
    assert said == "登记走访 未出示执法证件"


def test_states_filters_views_and_counts_tell_the_same(qtbot, desk, page):
    fill_in(qtbot, page)
    ready(qtbot, page)
    assert page.summary.text() == "3 次办理中，2 次逾期"
    assert [text_of(page, n, "due_on") for n in range(3)] == ["逾期 2 天", "逾期 1 天", "今天须办"]
    page.filters.states.buttons["逾期"].click()
    ready(qtbot, page)
    assert len(page.model.keys) == 2
    page.saved_views.ask_name()
    form = opened(qtbot, NameForm)
    form.name.setText("要催的")
    form.try_save()
    page.clear_filters()
    page.refresh()
    qtbot.keyClicks(page.find_field, "gzs")  # 告知书
    qtbot.waitUntil(lambda: page.is_ready and len(page.model.keys) < 5)
    (view,) = page.saved_views.store.load()
    page.saved_views.put_on(view)
    ready(qtbot, page)
    assert len(page.model.keys) == 2
    assert page.saved_views.button.text().strip() == "视图 要催的"


def test_a_step_is_taken_from_the_panel_and_told_in_the_history(qtbot, desk, page):
    key = fill_in(qtbot, page)[0]
    ready(qtbot, page)
    page.select(key)
    ready(qtbot, page)
    qtbot.waitUntil(lambda: page.details.findChild(QPushButton, "visits_report") is not None)
    page.details.findChild(QPushButton, "visits_report").click()
    form = opened(qtbot, StepForm)
    form.fields.entries["people"].setText("")
    form.try_save()
    assert form.boxes["people"].message.text() == "请填写参加人数。"
    form.fields.entries["people"].setText("9")
    form.try_save()
    qtbot.waitUntil(lambda: not _visible(StepForm))
    qtbot.waitUntil(lambda: page.details.findChild(QPushButton, "visits_report") is None)
    words = [label.text() for label in page.details.findChildren(type(page.heading))]
    assert "参加人数：0人 → 9人" in words
    assert "阶段：办理中 → 已报结果" in words
    desk.window.undo()
    qtbot.waitUntil(lambda: page.details.findChild(QPushButton, "visits_report") is not None)


def test_what_a_step_needs_is_said_in_its_form(qtbot, desk, page, tmp_path):
    key = fill_in(qtbot, page)[0]
    with desk.database.write("报告结果") as session:
        draft = queries.draft_of(session, VISITS, key)
        acts.take_step(session, VISITS, "report", key, draft, TODAY)
    ready(qtbot, page)
    page.select(key)
    page.take_step("close")
    form = opened(qtbot, StepForm)
    form.try_save()
    assert form.strip.text.text() == "报告人不能自己核对销号。；请先添加佐证材料。"
    form.reject()
    file = tmp_path / "回执.txt"
    file.write_text("已改", encoding="utf-8")
    attach_files(desk.database, "visit", key, [file], TODAY, "佐证材料")
    desk.database.clerk = "林一苇"
    page.take_step("close")
    opened(qtbot, StepForm).try_save()
    qtbot.waitUntil(lambda: not _visible(StepForm))
    ready(qtbot, page)
    assert page.cards[0].number.text() == "20.0%"
    page.show_counted(VISITS.rates[0])
    ready(qtbot, page)
    assert page.model.keys == [key]


def test_it_goes_out_is_printed_and_a_sheet_is_looked_at_before_it_comes_in(qtbot, desk, page, tmp_path):
    fill_in(qtbot, page)
    ready(qtbot, page)
    file = tmp_path / "走访.xlsx"
    desk.files.path = file
    page.export()
    opened(qtbot, ExportDialog).go.click()
    qtbot.waitUntil(lambda: desk.window.notice.text().startswith("已导出 5 行"))
    page.print_out()
    preview = opened(qtbot, PaperPreview)
    qtbot.waitUntil(lambda: preview.viewer.view.page_total > 0)
    preview.reject()
    page.acts.import_file(file)
    dialog = opened(qtbot, SheetImport)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.plan.summary() == "新增 0 次，更新 0 次，跳过 5 行，待更正 0 行"
    dialog.reject()


def test_a_record_goes_to_the_bin_and_the_page_notices_what_others_change(qtbot, desk, page):
    keys = fill_in(qtbot, page)
    ready(qtbot, page)
    page.select(keys[0])
    ready(qtbot, page)
    page.remove_current()
    box = opened(qtbot, Confirm)
    box.agree.click()
    qtbot.waitUntil(lambda: page.is_ready and keys[0] not in page.model.keys)
    desk.window.undo()
    qtbot.waitUntil(lambda: page.is_ready and keys[0] in page.model.keys)
    with desk.database.write("改名") as session:
        draft = queries.draft_of(session, VISITS, keys[1])
        session.get(Agency, draft.agency_id).short_name = "示例新名"
    qtbot.waitUntil(
        lambda: (
            page.is_ready
            and "示例新名" in [text_of(page, n, "agency_id") for n in range(len(page.model.keys))]
        )
    )


def _visible(kind) -> list:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
