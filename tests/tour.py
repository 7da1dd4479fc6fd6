"""Walks the demo bureau through every screen and saves a PNG of each, and of every printed page.

Usage: python -m tests.tour OUT
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

_SCREEN = Path(tempfile.gettempdir()) / "advisor-pool-screen.json"
_SCREEN.write_text(
    json.dumps(
        {
            "screens": [
                {
                    "name": "office",
                    "x": 0,
                    "y": 0,
                    "width": 1920,
                    "height": 1080,
                    "logicalDpi": 96,
                    "logicalBaseDpi": 96,
                    "dpr": 1,
                }
            ]
        }
    )
)
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={_SCREEN}")
os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*=false")

from PySide6.QtCore import QEventLoop, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from db.agencies.queries.agencies import AgencyFilter, agency_keys
from db.cases.queries.cases import CaseRow, View
from db.catalogue.reports import NOTICE, REPORTS, SIGN_IN, UNIT_NOTICE, Asks, Parameters, make
from db.consultations.queries.consultations import consultations
from db.consultations.queries.detail import ConsultationDetail
from db.consultations.rules.consultations import State
from db.demo.demo import load_demo
from db.documents.model import Document
from db.documents.pdf import render_pdf
from db.engine import Database
from db.errors import UserError
from db.formats.recognise.people import FirmSpell
from db.office.todo import Todo, TodoKind
from db.registry.queries.public_lawyers import public_lawyers
from db.roster.rules.background import (
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.services.queries.log import LogFilter, Source, log_keys, log_rows
from db.services.sheets.imported import SERVICES
from db.setup.opening import open_office
from db.words.case import Attends, Outcome
from db.words.lawyer import CheckResult, DisciplineKind, Leaving, OfficeKind, Rank, Relation, UnitKind
from db.workbench.todos import overview
from gui.forms.importer import open_import
from gui.look.theme import Mode
from gui.pages.agencies.services.desk import ServiceDesk
from gui.pages.agencies.unit.changes import AgencyChanges
from tests.db.services.test_import_services import service_book
from tests.office import Office, build_office

TODAY = date(2026, 11, 24)
SIZES = {"1440": (1440, 868), "1366": (1366, 728), "1920": (1920, 1010)}


def main(out: Path) -> None:
    """Save every picture into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    folder = Path(tempfile.mkdtemp())
    try:
        _papers(out, folder)
        for mode in (Mode.LIGHT, Mode.DARK):
            _screens(app, out, folder, mode)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(list(out.glob('*.png')))} pictures in {out}")


def _papers(out: Path, folder: Path) -> None:
    database = open_office(folder / "papers.db", "沈青禾")
    load_demo(database, TODAY)
    with database.read() as session:
        held = consultations(session, TODAY)
    shown = {
        "coming": next(row.key for row in held if row.state is State.COMING and row.members),
        "record": next(row.key for row in held if row.state is State.DONE),
    }
    wanted = Parameters(date(2026, 1, 1), TODAY, TODAY, maker="沈青禾", reviewer="林一苇")
    for name, report in REPORTS.items():
        choices = [(key,) for key in range(60, 0, -1)] if Asks.CASES in report.asks else [()]
        if Asks.CONSULTATIONS in report.asks:
            choices = [(shown["coming" if name in {NOTICE, UNIT_NOTICE, SIGN_IN} else "record"],)]
        pdf = render_pdf(_first(database, name, [replace(wanted, ids=ids) for ids in choices]))
        file = folder / f"{name}.pdf"
        file.write_bytes(pdf.data)
        subprocess.run(
            ["pdftoppm", "-r", "110", "-l", "4", "-png", str(file), str(out / f"print-{name}")], check=True
        )
    database.close()


def _first(database: Database, name: str, choices: list[Parameters]) -> tuple[Document, ...]:
    """Return the paper of the first case that has what it asks for."""
    for wanted in choices[:-1]:
        with suppress(UserError):
            return make(database, name, wanted)
    return make(database, name, choices[-1])


def _screens(app: QApplication, out: Path, folder: Path, mode: Mode) -> None:
    (folder / mode.value).mkdir()
    database = open_office(folder / mode.value / "示例.db", "沈青禾")
    office = build_office(
        app, database, QSettings(str(folder / f"{mode.value}.ini"), QSettings.Format.IniFormat), TODAY
    )
    office.theme.apply(mode)
    office.window.resize(*SIZES["1440"])
    office.window.show()
    settle()
    office.window.go("roster")
    save(office.window, out / f"empty-{mode.value}.png")
    load_demo(database, TODAY)
    for key in ("workbench", "roster", "cases", "consultations", "agencies", "reports"):
        office.window.go(key)
        settle(900 if key == "reports" else 400)
        if key == "cases":
            office.window.stack.currentWidget().table.selectRow(4)
        if key == "roster":
            office.window.stack.currentWidget().table.selectRow(3)
        if key == "consultations":
            _choose_consultation(office.window.stack.currentWidget(), _has_dissent)
        settle()
        for size in SIZES if mode is Mode.LIGHT else ("1440", "1366"):
            office.window.resize(*SIZES[size])
            settle(500)
            save(office.window, out / f"{key}-{size}-{mode.value}.png")
        office.window.resize(*SIZES["1440"])
    show_dialogs(office, out, folder, mode)
    office.close()
    settle()


def show_dialogs(office: Office, out: Path, folder: Path, mode: Mode) -> None:
    """Open one dialog after the other over the demo bureau, and look at each."""
    window = office.window
    window.go("roster")
    roster = window.stack.currentWidget()

    def shoot(
        name: str, act: Callable[[], object], prepare: Callable[[QWidget], object] | None = None
    ) -> None:
        act()
        settle(600)
        for _ in range(20):  # what is read in a worker may be late on a busy PC
            if not any(w.isVisible() and w is not window for w in QApplication.topLevelWidgets()):
                settle()
        dialog = QApplication.activeModalWidget() or QApplication.activeWindow()
        if dialog is None or dialog is window:
            dialog = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not window)
        if prepare:
            prepare(dialog)
            settle(300)
        save(dialog, out / f"{name}-{mode.value}.png")
        dialog._is_dirty = False  # a picture is taken of it, nothing is lost
        dialog.close()
        for left in QApplication.topLevelWidgets():
            if left is not window and left.isVisible():
                left.hide()
                left.deleteLater()
        settle()

    _lawyer_editors(roster, shoot)
    sheet = folder / "名册.xlsx"
    from tests.sheets import messy_roster

    messy_roster(sheet, spoilt=True)
    shoot("import", lambda: roster.import_file(sheet))
    shoot("export", roster.export)
    _roster_acts(office, out, mode, shoot)
    _lawyer_panel(office, out, mode, shoot)
    window.go("cases")
    _case_forms(office, out, mode, shoot)
    _assignment(office, out, mode, shoot)
    _consultation_forms(office, out, mode, shoot)
    window.go("agencies")
    _coverage(office, out, mode, shoot)
    shoot("settings", lambda: window.run("show_settings"))
    shoot("settings-assigning", lambda: window.run("show_settings"), lambda d: d.tabs.setCurrentIndex(1))
    shoot("settings-coverage", lambda: window.run("show_settings"), lambda d: d.tabs.setCurrentIndex(2))
    shoot("history", lambda: window.run("show_history"))
    shoot("bin", lambda: window.run("show_bin"))
    shoot("keys", lambda: window.run("show_help"))
    _registry(office, shoot)
    window.go("workbench")
    settle()
    _desk_forms(office, shoot)
    window.go("workbench")
    settle()
    window.search.setFocus()
    window.search.setText("wx")
    settle(600)
    save(window, out / f"search-{mode.value}.png")
    window.search.clear()


def _services_and_changes(office: Office, page: QWidget, shoot: Callable[..., None]) -> None:
    """Show the grid with what is wrong in it, the log, a service, 机构改革, and the import of a log."""
    services, changes = ServiceDesk(office.context, page), AgencyChanges(office.context, page)
    with office.database.read() as session:
        agency = agency_keys(session, AgencyFilter(text="综合执法"), office.context.today())[0]
        entered = log_keys(session, LogFilter(source=Source.ENTERED))[0]
        service = log_rows(session, [entered])[entered].record_id

    def fill(grid: QWidget) -> None:
        grid.set_lines(
            [
                ("2026-10-12", "区综合执法局", "合法性审查", "凌千仞", "处罚决定法制审核", "已采纳", "1.5"),
                ("10.20", "区市场监管局", "合同", "示例外聘律师", "采购合同审查", "", ""),
                ("十月", "区示例局", "喝茶", "章以安", "某事项", "", "很久"),
            ]
        )
        grid.go_to_first()

    def merge(form: QWidget) -> None:
        form.successor.setEditText("衢州市柯城区市场监督管理局")
        form.mark_dirty()

    with tempfile.TemporaryDirectory() as folder:
        row = (1, "2026.3.2", "区综合执法局", "审查", "凌千仞", "处罚审核", "", 1)
        sheet = service_book(Path(folder), row)
        shoot("service-import", lambda: open_import(office.context, page, SERVICES, sheet))
    shoot("service-grid", services.enter, fill)
    shoot("service-log", services.show_log)
    shoot("service-edit", lambda: services.edit(service))
    shoot("agency-rename", lambda: changes.rename(agency))
    shoot("agency-merge", lambda: changes.end(agency), merge)


def _registry(office: Office, shoot: Callable[..., None]) -> None:
    """Show the roll of public lawyers and every form of the registry, one of them refused."""
    run = office.window.run
    with office.database.read() as session:
        people = {row.name: row.key for row in public_lawyers(session, office.context.today())}

    def refused(form: QWidget) -> None:
        form.agency_id.setEditText("区统计局")
        form.mark_dirty()
        form.is_right()

    def wrong(editor: QWidget) -> None:
        editor.licence.setText("13308201510123456")
        editor.id_number.setText("110105194912310021")
        editor.mark_dirty()
        editor.is_right()

    shoot("public-lawyers", lambda: run("show_public_lawyers", people["岑寂然"]))
    shoot("public-lawyer", lambda: run("act_on_registry", "open_public_lawyer", people["骆宾秋"]))
    shoot("public-lawyer-wrong", lambda: run("act_on_registry", "enter_public_lawyer", 9), wrong)
    shoot("public-lawyer-transfer", lambda: run("act_on_registry", "transfer", people["钟离秋"]))
    shoot("public-lawyer-renewal", lambda: run("act_on_registry", "issue_certificate", people["武定波"]))
    shoot("public-lawyer-end", lambda: run("act_on_registry", "end_certificate", people["牧长歌"]))
    shoot("public-lawyer-year", lambda: run("act_on_registry", "record_year", people["苏望舒"]))
    shoot("sharing-refused", lambda: run("act_on_registry", "lend", people["牧长歌"]), refused)
    shoot("sharing", lambda: run("act_on_registry", "open_sharing", 1))
    shoot("internal-adviser", lambda: run("act_on_registry", "open_adviser", 1))
    shoot("adviser-contract", lambda: run("act_on_registry", "open_contract", 3))
    shoot("adviser-contract-end", lambda: run("act_on_registry", "end_contract", 3))


def _coverage(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """The page of agencies on other days and narrowed, one agency, and what each gap and figure opens."""
    window = office.window
    page = window.stack.currentWidget()
    settle(600)
    for size in ("1366", "1440"):
        window.resize(*SIZES[size])
        page.gaps.list.setFocus()
        page.gaps.list.setCurrentIndex(page.gaps.list.gaps.index(1))
        settle(500)
        save(window, out / f"coverage-gap-{size}-{mode.value}.png")
    page.headline.cards["effective"].chosen.emit("effective")
    page.as_of.choose(date(2025, 6, 30))
    settle()
    save(window, out / f"coverage-past-{mode.value}.png")
    page.as_of.back_to_today()
    page.filters.drop.click()
    for at, row in enumerate((0, 4)):
        page.open_key(page.model.keys[row])
        settle()
        save(window, out / f"agency-{at}-{mode.value}.png")
        bar = page.panel.verticalScrollBar()
        bar.setValue(bar.maximum() // (2 - at))
        settle()
        save(window, out / f"agency-{at}-below-{mode.value}.png")
    page.close_detail()
    shoot("agency-editor", page.edit_current)
    _services_and_changes(office, page, shoot)
    shoot("figures", page.all_figures.click, lambda d: d.choose("街道", "有效覆盖率"))
    shoot("figure-records", page.headline.cards["effective"].records.click)
    for name in ("LEND", "SHARE", "CONTRACT", "SCHEDULE", "LETTER"):
        gap = next((gap for gap in page.view.gaps if gap.remedy.kind.name == name), None)
        if gap is not None:
            shoot(f"remedy-{name.lower()}", partial(page.gaps.list.acted.emit, gap.agency_key))
    shoot("urging", page.urge)
    shoot("urging-empty", page.urge, lambda d: (d.none.click(), d.save.click()))
    letter = next(t.rule.partition(":")[2] for t in _todos(office) if t.kind is TodoKind.ANSWER)
    shoot("urging-answer", lambda: page.answer_urging(letter), lambda d: d.save.click())
    shoot("urging-letter", lambda: page.desk.urging.show([int(letter)]), lambda _: settle(1500))
    shoot("staffing", page.print_out, lambda _: settle(2500))


def _todos(office: Office) -> tuple[Todo, ...]:
    with office.database.read() as session:
        return overview(session, TODAY).todos


def _has_dissent(detail: ConsultationDetail) -> bool:
    return detail.is_archived and bool(detail.row.stances.dissents) and len(detail.members) > 4


def _choose_consultation(page: QWidget, wanted: Callable[[ConsultationDetail], bool]) -> None:
    """Show the first consultation of the list that is as wanted."""
    for key in list(page.list.keys()):
        page.select(key)
        settle(400)
        if page.detail is not None and page.detail.row.key == key and wanted(page.detail):
            return


def _consultation_forms(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """The page on a narrow screen and at its end, the people, the record, a correction, what comes afterwards."""
    window = office.window
    window.go("consultations")
    page = window.stack.currentWidget()
    settle(600)

    def ask(what: str, key: int = 0) -> Callable[[], None]:
        return partial(page.acts.ask, what, key)

    _choose_consultation(page, lambda d: d.row.state is State.COMING and bool(d.members))
    window.resize(1180, 660)
    settle(400)
    save(window, out / f"consultations-narrow-{mode.value}.png")
    window.resize(*SIZES["1440"])
    shoot("consultation-convene", page.enter, lambda d: d.try_save())
    shoot("consultation-edit", ask("edit"))
    shoot("consultation-draw", ask("members"), lambda d: d.draw.draw())
    for at, name in ((1, "named"), (2, "guests")):
        shoot(f"consultation-{name}", ask("members"), lambda d, at=at: d.tabs.setCurrentIndex(at))
    shoot("consultation-cancel", ask("cancel"))
    _choose_consultation(page, lambda d: d.row.state is State.TO_WRITE)
    shoot("consultation-record", ask("record"))
    shoot("consultation-record-opinions", ask("record"), lambda d: d.sections.setCurrentRow(1))
    shoot("consultation-record-1366", ask("record"), lambda d: d.resize(1080, 688))
    shoot("consultation-archive", ask("archive"))
    _choose_consultation(page, _has_dissent)
    window.resize(*SIZES["1366"])
    page.record_area.verticalScrollBar().setValue(page.record_area.verticalScrollBar().maximum())
    settle(400)
    save(window, out / f"consultations-end-{mode.value}.png")
    window.resize(*SIZES["1440"])
    shoot("consultation-correct", ask("correct"))
    shoot("consultation-adopt", ask("adopt"))
    _choose_consultation(page, lambda d: bool(d.draws))
    shoot("consultation-draw-check", ask("draw", page.detail.draws[0].key))
    _choose_consultation(page, lambda d: len(d.versions) > 1)
    shoot("consultation-versions", ask("versions"))
    _choose_consultation(page, lambda d: d.is_archived and bool(d.row.open_follow_ups))
    task = next(t for t in page.detail.follow_ups if t.done_on is None)
    shoot("consultation-done", ask("done", task.key), lambda d: d.try_save())


def _desk_forms(office: Office, shoot: Callable[..., None]) -> None:
    """Show what the workbench opens: intake from text, days off, jurisdiction, proofs, the sheet of the week."""
    from gui.office.calendar import NoticeDialog
    from tests.db.intake.test_intake import CHAT, EVIDENCE
    from tests.db.intake.test_intake import NOTICE as TO_RESPOND
    from tests.gui.office.test_calendar import NOTICE_2027

    window = office.window
    workbench = window.stack.currentWidget()

    def paste(text: str) -> Callable[[], None]:
        def act() -> None:
            QApplication.clipboard().setText(text)
            window.run("enter_from_text")

        return act

    for name, text in (
        ("notice", TO_RESPOND),
        ("evidence", EVIDENCE),
        ("chat", CHAT),
        ("nothing", "三点开会"),
    ):
        shoot(f"intake-{name}", paste(text))
    shoot("intake-1366", paste(EVIDENCE), lambda d: d.resize(1180, 688))
    shoot("intake-wrong", paste("被告：示例办公室"), lambda d: d.try_save())
    shoot("calendar", lambda: window.run("show_calendar"))
    shoot("calendar-without", lambda: window.run("show_calendar"), lambda d: d.years.setCurrentRow(0))
    shoot("calendar-1366", lambda: window.run("show_calendar"), lambda d: d.resize(1060, 688))

    def enter_notice() -> None:
        dialog = NoticeDialog(office.context, lambda _year: (0, 0), window)
        dialog.open()

    shoot("calendar-notice", enter_notice, lambda d: d.text.setPlainText(NOTICE_2027))
    shoot("jurisdiction", lambda: window.run("show_jurisdiction"))
    duty = next(t for t in workbench._overview.todos if t.rule == "L02")
    workbench.choose(duty)
    shoot("done", lambda: workbench.todos.finished.emit(workbench.todos.current_id()))
    shoot("weekly-sheet", workbench.print_out, lambda _: settle(1500))
    shoot("bell", lambda: window.bell.menu().popup(window.bell.pos()))


def _assignment(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """The waiting cases, the assignment of one, how a total is reckoned, and the batch."""
    window = office.window
    cases = window.stack.currentWidget()
    cases.show_view(View.UNASSIGNED)
    settle()
    cases.table.selectRow(0)
    settle()

    def tick(dialog: QWidget) -> None:
        for candidate in dialog.offer.candidates[:3]:
            dialog.toggle(candidate.lawyer_id)

    def rest(dialog: QWidget) -> None:
        dialog.candidates.go_to(dialog.offer.candidates[1].lawyer_id)
        dialog.tip.show_candidate(dialog.offer.candidates[1], 160)

    shoot("assign", cases.assign_current, tick)
    shoot("assign-reckoning", cases.assign_current, rest)
    window.resize(*SIZES["1366"])
    settle()
    save(window, out / f"cases-waiting-{mode.value}.png")
    window.resize(*SIZES["1440"])
    shoot("batch", cases.batch_button.click, lambda _: settle(2500))


def _lawyer_panel(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """The tabs of one lawyer at the size of an office PC, and the dialogs that are opened from them."""
    window = office.window
    window.resize(*SIZES["1366"])
    roster = window.stack.currentWidget()
    roster.table.selectRow(3)
    settle(500)
    details = roster.details
    for at, name in enumerate(("overview", "cases", "services", "ratings", "history")):
        details.show_tab(at)
        settle()
        save(window, out / f"panel-{name}-{mode.value}.png")
    details.show_tab(0)

    def write(dialog: QWidget) -> None:
        dialog.matter.setText("示例：征收补偿方案会商")
        dialog.try_save_next()
        dialog.matter.setText("示例：违建拆除会商")
        dialog.hours.setText("一小时")
        dialog.try_save_next()
        dialog._is_dirty = False

    shoot("year", details.open_year)
    shoot("service", details.enter_services, write)
    shoot("declaration", details.declare, lambda dialog: dialog.try_save())
    details.show_tab(3)
    settle()
    rate = details.findChild(QPushButton, "rate")
    shoot("rating", rate.click)
    details.show_tab(0)
    window.resize(*SIZES["1440"])


def _lawyer_editors(roster: QWidget, shoot: Callable[..., None]) -> None:
    def wrong(dialog: QWidget) -> None:
        dialog.name.setText("洪映川")
        dialog.licence.setText("1330820191041235")
        dialog.term_from.setText("2026-12-01")
        dialog.term_to.setText("2026-11-30")
        dialog.firm.setEditText("示例信安湖律师事务所")
        dialog.lists["posts"].set_value([a_post(to_on=date(2012, 1, 1))])
        dialog.mark_dirty()
        dialog.try_save()

    def wrong_line(dialog: QWidget) -> None:
        wrong(dialog)
        settle(100)
        dialog.sections.setCurrentRow(3)

    def filled(section: int) -> Callable[[QWidget], object]:
        def fill(dialog: QWidget) -> None:
            dialog.fill(replace(dialog.draft(), **a_background()))
            dialog.sections.setCurrentRow(section)

        return fill

    def edit() -> None:
        roster.table.selectRow(3)
        roster.edit_current()

    shoot("lawyer-editor", roster.enter, wrong)
    shoot("lawyer-editor-line", roster.enter, wrong_line)
    for section in (0, 1, 3, 5):
        shoot(f"lawyer-editor-filled-{section}", edit, filled(section))


def _case_forms(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """Show the forms of a case, the forgotten ones, a chain, and what the timeline explains."""
    cases = office.window.stack.currentWidget()
    cases.show_view(View.FORGOTTEN)
    settle(500)
    save(office.window, out / f"cases-forgotten-{mode.value}.png")
    cases.show_view(View.OPEN)
    settle(500)

    def show(wanted: Callable[[CaseRow], bool]) -> None:
        rows = (cases.model.row(at) for at in range(cases.model.rowCount()))
        cases.table.show_key(next(r.key for r in rows if r is not None and wanted(r)))
        settle(500)

    def wrong(editor: QWidget) -> None:
        editor.number.setText(cases.model.row(0).number)
        editor.number.editingFinished.emit()
        editor.received_on.setText("2026-12-30")
        editor.mark_dirty()
        editor.try_save()

    def absent(form: QWidget) -> None:
        form.attends.set_value(Attends.NO)
        form.try_save()

    def lost(form: QWidget) -> None:
        form.outcome.set_value(Outcome.REVOKED)

    show(lambda r: r.stage == "答辩" and r.due is not None and not r.due.lapses)
    cases.details.timeline.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    save(office.window, out / f"cases-timeline-{mode.value}.png")
    shoot("case-editor", cases.edit_current)
    shoot("case-editor-parties", cases.edit_current, lambda d: d.sections.setCurrentRow(1))
    shoot("case-editor-wrong", cases.enter, wrong)
    shoot("event", cases.record_current)
    shoot("submit", cases.submit_current, lambda d: d.try_save())
    period = next(n for n in cases.details.timeline.nodes if n.key.startswith("period:"))
    for act in ("fix", "extend", "done"):
        shoot(f"period-{act}", partial(cases.acts.on_node, period.key, act))
    shoot("result", cases.acts.result, lost)
    shoot("ties", cases.acts.ties)
    show(lambda r: r.stage == "开庭" and r.hearing_on is not None and r.hearing_on > TODAY)
    hearing = cases.detail.hearings[0].event_id
    shoot("attendance", partial(cases.acts.attend, hearing))
    shoot("attendance-lawyers-alone", partial(cases.acts.attend, hearing), absent)
    cases.show_view(View.ALL)
    settle(500)
    show(lambda r: bool(r.series))
    save(office.window, out / f"cases-series-{mode.value}.png")
    rows = [cases.model.row(at) for at in range(cases.model.rowCount())]
    show(lambda r: sum(other.dispute_id == r.dispute_id for other in rows) > 1)
    office.window.resize(*SIZES["1920"])
    settle(500)
    save(office.window, out / f"cases-chain-{mode.value}.png")
    office.window.resize(*SIZES["1440"])


def a_post(**changes: object) -> PostDraft:
    """Return a judge's former post."""
    post = PostDraft(
        "示例区人民法院", UnitKind.COURT, "审判员", Rank.JUDGE, date(2012, 7, 1), date(2019, 6, 30)
    )
    return replace(post, leaving=Leaving.RESIGNED, **changes)


def a_background() -> dict[str, object]:
    """Return lists as a lawyer with a past has them; everybody in them is invented."""
    return {
        "former_firms": (FirmSpell("示例双港律师事务所", date(2019, 7, 15), date(2022, 2, 28)),),
        "checks": (CheckDraft(2024), CheckDraft(2025, CheckResult.BASIC)),
        "posts": (a_post(), a_post(unit="示例区监察委员会", unit_kind=UnitKind.AGENCY, rank=None)),
        "relatives": (RelativeDraft(Relation.SPOUSE, "示例某", "示例区交通运输局", UnitKind.AGENCY, "科员"),),
        "offices": (OfficeDraft(OfficeKind.CPPCC, "政协示例区委员会", date(2022, 1, 1)),),
        "contracts": (ContractDraft("示例区教育局", True, date(2026, 1, 1), date(2026, 12, 31)),),
        "disciplines": (
            DisciplineDraft(DisciplineKind.ASSOCIATION, date(2018, 5, 6), "示例市律师协会", "训诫"),
        ),
    }


def _roster_acts(office: Office, out: Path, mode: Mode, shoot: Callable[..., None]) -> None:
    """Show a past day, many at once, and a pasted block."""
    roster = office.window.stack.currentWidget()
    roster.as_of.choose(date(2025, 3, 1))
    settle()
    save(office.window, out / f"roster-past-{mode.value}.png")
    roster.as_of.back_to_today()
    settle()

    def change(dialog: QWidget) -> None:
        dialog.firm.setEditText("示例九华律师事务所")
        dialog.capacity.setEditText("8")
        dialog.mark_dirty()
        dialog._is_dirty = False

    roster.table.selectAll()
    shoot("renew", lambda: roster.run_act("renew"))
    shoot("bulk-edit", lambda: roster.run_act("bulk_edit"), change)
    roster.table.selectRow(3)
    for act in ("suspend", "dismiss", "certificates"):
        shoot(act, partial(roster.run_act, act))
    shoot("print-roster", roster.print_out)
    shoot("save-view", roster.views.ask_name)
    lines = (
        f"{name}\t示例双港律师事务所\t1330820151{at % 2}{200000 + at}\t1390000{1000 + at}\t信访、复议"
        for at, name in enumerate(("陆海波", "詹小妹", "邵建平", "缪建新"))
    )
    QApplication.clipboard().setText("\n".join(lines).replace("13900001002", "1390000"))
    shoot("paste", lambda: roster.run_act("paste"))


@dataclass
class Camera:
    """What looks at each window, and how long it waits before; whoever wants no pictures puts others here."""

    look: Callable[[QWidget, Path], object]
    wait: Callable[[int], object]


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _picture(widget: QWidget, path: Path) -> None:
    widget.grab().save(str(path))


CAMERA = Camera(_picture, _wait)


def settle(milliseconds: int = 250) -> None:
    """Let the program work for a while."""
    CAMERA.wait(milliseconds)


def save(widget: QWidget, path: Path) -> None:
    """Save a picture of a window, or do what the camera does instead."""
    CAMERA.look(widget, path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python -m tests.tour 输出文件夹")
    main(Path(sys.argv[1]))
