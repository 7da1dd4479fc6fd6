"""The panel of one lawyer: head, and tabs that are read when they are first shown."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QScrollArea, QTabWidget, QWidget

from db.assignment.queries.ratings import rating_lines
from db.consultations.queries.consulted import consulted
from db.office.queries.history import acts_on
from db.performance.queries.figures import year_record
from db.performance.queries.lines import consultation_lines, service_lines
from db.roster.queries.changes import lawyer_changes
from db.roster.queries.lawyers import LawyerDetail, lawyer_detail
from db.roster.rules.lawyers import Standing
from gui.context import Context
from gui.forms.attachments import AttachmentList
from gui.pages.roster.panel.acts import PanelActs
from gui.pages.roster.panel.overview import Overview
from gui.pages.roster.panel.tabs import CasesTab, HistoryTab, RatingsTab, ServicesTab
from gui.widgets.basics import badge, button, clear, column, label, row, stretch
from gui.widgets.panels import order_tabs
from gui.widgets.scrolling import TallArea

OVERVIEW, CASES, SERVICES, RATINGS, HISTORY = range(5)
ACTS = {"renew": "续聘…", "suspend": "暂停承办…", "reinstate": "恢复承办…", "dismiss": "解聘出库…"}
PAPER_KINDS = ("照片", "执业证", "身份证", "学历证书", "声明", "选聘材料", "其他")
BADGES = {Standing.SERVING: "ok", Standing.COMING: "ac"}


class LawyerPanel(QWidget):
    """Shows a lawyer; what is recorded from here is done here, the rest is asked for by signals."""

    edit_asked = Signal()
    act_asked = Signal(str)  # renew, suspend, reinstate, dismiss or remove
    case_asked = Signal(int)
    consultation_asked = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("pane", "subtle")
        self.name = label("", "person")
        self.standing = row(spacing=6)
        self.firm = label("", "second", wraps=True)
        self.pause = label("", "caption", wraps=True)
        self.edit = button("编辑", "panel_edit", icon_name="pencil")
        self.more = button("", "panel_more", icon_name="ellipsis", tip="续聘、暂停、登记服务等")
        self.menu = QMenu(self.more)
        self.tabs = QTabWidget()
        self.acts = PanelActs(context, self)
        self.papers = AttachmentList(context, "lawyer", PAPER_KINDS)
        self.overview = Overview(self.papers)
        self.cases, self.services = CasesTab(), ServicesTab()
        self.ratings, self.history = RatingsTab(), HistoryTab()
        self.detail: LawyerDetail | None = None
        self._day = context.today()
        self._year = self._day.year
        self._unread: set[int] = set()
        self._build()
        self._connect()

    def show_key(self, key: int | None, day: date) -> bool:
        """Show the lawyer with this key as of ``day``; return whether there is one."""
        before = self.detail.row.key if self.detail else None
        self.detail = None
        if key is not None:
            with self.context.database.read() as session:
                self.detail = lawyer_detail(session, key, day)
        if self.detail is None:
            return False
        if key != before or day != self._day:
            self._day, self._year = day, day.year
        focused = self._focused_name()
        self._show_head(self.detail)
        self._unread = {OVERVIEW, CASES, SERVICES, RATINGS, HISTORY}
        self._read(self.tabs.currentIndex())
        if key != before:
            self._to_top()
        elif focused:
            self._focus_again(focused)
        return True

    def show_tab(self, at: int) -> None:
        """Show one of the tabs."""
        self.tabs.setCurrentIndex(at)

    # -- reading ---------------------------------------------------------------------------

    def _read(self, at: int) -> None:
        detail = self.detail
        if detail is None or at not in self._unread:
            return
        self._unread.discard(at)
        key, today = detail.row.key, self._day
        self._fill(at, detail, key, today)
        page = self.tabs.widget(at)
        if isinstance(page, QScrollArea) and (inside := page.widget()):
            order_tabs(self.tabs.tabBar(), inside)

    def _fill(self, at: int, detail: LawyerDetail, key: int, today: date) -> None:
        if at == CASES:
            self.cases.show_cases(detail.running_cases, today)
            return
        with self.context.database.read() as session:
            if at == OVERVIEW:
                record = year_record(session, key, self._year, today)
                self.overview.show_lawyer(detail, record, today)
                self.papers.show_record(key)
            elif at == SERVICES:
                share = consulted(session, key, date.min, today)
                self.services.show_services(
                    consultation_lines(session, key), service_lines(session, key), share
                )
            elif at == RATINGS:
                self.ratings.show_ratings(rating_lines(session, key))
            else:
                acts = acts_on(session, "lawyer", key)
                self.history.show_acts(acts, lawyer_changes(session, key, [act.gesture for act in acts]))

    def _show_head(self, detail: LawyerDetail) -> None:
        lawyer = detail.row
        self.name.setText(lawyer.name)
        self.firm.setText(lawyer.firm)
        clear(self.standing)
        self.standing.addWidget(badge(lawyer.standing.value, BADGES.get(lawyer.standing, "wn")))
        self.pause.setText(lawyer.pause)
        self.pause.setVisible(bool(lawyer.pause))
        self.tabs.setTabText(CASES, f"在办案件 {lawyer.running}")
        self.tabs.setTabText(SERVICES, f"会商 {lawyer.consultations}")
        self.tabs.setTabText(RATINGS, f"评价 {lawyer.ratings}")
        is_paused = lawyer.standing is Standing.SUSPENDED
        serves = is_paused or lawyer.standing is Standing.SERVING
        self._terms["renew"].setText("续聘…" if detail.terms else "聘任…")
        self._terms["suspend"].setVisible(lawyer.standing is Standing.SERVING)
        self._terms["reinstate"].setVisible(is_paused)
        self._terms["dismiss"].setVisible(serves or lawyer.standing is Standing.COMING)

    # -- building --------------------------------------------------------------------------

    def _build(self) -> None:
        for made in (self.edit, self.more):
            made.setProperty("small", True)
        self.more.setAccessibleName("更多操作")
        self._build_menu()
        self.tabs.setDocumentMode(True)
        self.tabs.setObjectName("panel_tabs")
        self.tabs.setAccessibleName("顾问详情")
        for title, page in (
            ("概况", self.overview),
            ("在办案件", self.cases),
            ("会商", self.services),
            ("评价", self.ratings),
            ("变更记录", self.history),
        ):
            self.tabs.addTab(_scrolled(page), title)
        head = column(
            row(self.name, self.standing, None, self.edit, self.more, spacing=8),
            self.firm,
            self.pause,
            spacing=4,
            margins=(20, 16, 20, 8),
        )
        self.setLayout(column(head, self.tabs, spacing=0))
        stretch(self, 1, 1)

    def _build_menu(self) -> None:
        self.menu.setObjectName("panel_menu")
        self._terms = {name: self.menu.addAction(text) for name, text in ACTS.items()}
        self.menu.addSeparator()
        self._service = self.menu.addAction("登记服务…")
        self._declare = self.menu.addAction("登记声明…")
        self._sheet = self.menu.addAction("年度履职…")
        self.menu.addSeparator()
        self._terms["remove"] = self.menu.addAction("移入回收站…")
        for name, action in self._terms.items():
            action.setData(name)
        self.more.setMenu(self.menu)
        self.more.setProperty("hasMenu", "bare")

    def _connect(self) -> None:
        self.edit.clicked.connect(self.edit_asked)
        self.menu.triggered.connect(self._on_act)
        self._service.triggered.connect(self.enter_services)
        self._declare.triggered.connect(self.declare)
        self._sheet.triggered.connect(self.open_year)
        self.tabs.currentChanged.connect(self._read)
        for tab in (self.cases, self.services, self.ratings, self.history):
            tab.case_asked.connect(self.case_asked)
        self.overview.case_asked.connect(self.case_asked)
        self.overview.cases_asked.connect(self._on_all_cases)
        self.overview.declare_asked.connect(self.declare)
        self.overview.reveal_asked.connect(self._on_reveal)
        self.overview.year.year_changed.connect(self._on_year)
        self.overview.year.figure_asked.connect(self._on_figure)
        self.overview.year.sheet_asked.connect(self.open_year)
        self.services.enter_asked.connect(self.enter_services)
        self.services.consultation_asked.connect(self.consultation_asked)
        self.services.edit_asked.connect(self.acts.edit_service)
        self.services.remove_asked.connect(self.acts.remove_service)
        self.ratings.rate_asked.connect(self._on_rate)
        self.acts.revealed.connect(self.overview.reveal)
        self.acts.case_asked.connect(self.case_asked)
        self.acts.consultation_asked.connect(self.consultation_asked)

    # -- what is recorded from here ----------------------------------------------------------

    def enter_services(self) -> None:
        """Enter one or several services of the lawyer shown."""
        if self.detail:
            self.acts.enter_services(self.detail.row)

    def declare(self) -> None:
        """Enter a signed declaration of the lawyer shown."""
        if self.detail:
            self.acts.declare(self.detail.row)

    def open_year(self) -> None:
        """Show all figures of the year, and assess it."""
        if self.detail:
            self.acts.open_year(self.detail.row, self._year)

    def _on_act(self, action: QAction) -> None:
        if action.data():
            self.act_asked.emit(str(action.data()))

    def _on_figure(self, figure: str) -> None:
        if self.detail:
            self.acts.open_year(self.detail.row, self._year, figure)

    def _on_year(self, year: int) -> None:
        self._year = year
        self._unread.add(OVERVIEW)
        self._read(OVERVIEW)

    def _on_reveal(self, what: str) -> None:
        if self.detail:
            self.acts.reveal(self.detail.row, what)

    def _on_rate(self, assignment_id: int) -> None:
        if self.detail:
            self.acts.rate(self.detail.row, assignment_id)

    def _on_all_cases(self) -> None:
        self.show_tab(CASES)

    # -- focus -----------------------------------------------------------------------------

    def _focused_name(self) -> str:
        widget = self.window().focusWidget()
        return widget.objectName() if widget is not None and self.isAncestorOf(widget) else ""

    def _focus_again(self, name: str) -> None:
        """Bring the focus back to what was built anew under it."""
        page = self.tabs.currentWidget()
        again = page.findChild(QWidget, name) or self.findChild(QWidget, name)
        if again is not None:
            again.setFocus()

    def _to_top(self) -> None:
        for at in range(self.tabs.count()):
            page = self.tabs.widget(at)
            if isinstance(page, QScrollArea):
                page.verticalScrollBar().setValue(0)


def _scrolled(page: QWidget) -> QScrollArea:
    page.setProperty("scroll", True)
    return TallArea(page)
