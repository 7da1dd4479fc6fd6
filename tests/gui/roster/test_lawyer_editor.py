"""The lawyer's editor: the whole record by keyboard, every problem at its place, numbers that stay hidden."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.formats.recognise.people import FirmSpell
from db.roster.rules.background import (
    CheckDraft,
    ContractDraft,
    DisciplineDraft,
    OfficeDraft,
    PostDraft,
    RelativeDraft,
)
from db.roster.rules.lawyers import LawyerDraft
from db.words.lawyer import (
    CheckResult,
    DisciplineKind,
    Leaving,
    LicenceState,
    OfficeKind,
    Rank,
    Relation,
    UnitKind,
)
from gui.pages.roster.forms.editor import LawyerEditor, Offers
from tests.conftest import TODAY, a_lawyer
from tests.typed import type_in

FIRM = "示例信安湖律师事务所"
COURT = "示例区人民法院"
BUREAU = "示例区综合行政执法局"
ID = "11010519491231002X"  # the worked example of GB 11643
OFFERS = Offers(
    firms={FIRM: "示例区"},
    specialities=("劳动监察",),
    today=TODAY,
    colleagues={FIRM: ("汪晓棠", "何承安")},
    units=((BUREAU, 1, ("sqzhxzzfj", "slqzhxzzfj")), (COURT, 2, ())),
    capacity=6,
    min_years=5,
)


@pytest.fixture
def open_editor(qtbot):
    """Open an editor on a draft, as the page does."""

    def open_it(draft=None, key=None, offers=OFFERS):
        editor = LawyerEditor(draft or LawyerDraft(), key, offers)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(editor, before_close_func=_leave)
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        return editor

    return open_it


def _leave(editor) -> None:
    """Let an editor go without its question about what was typed, which would outlive the test."""
    editor._is_dirty = False


class Keys:
    """A clerk who has no mouse: presses keys in whatever has the focus."""

    def __init__(self, qtbot, window: QWidget) -> None:
        self.qtbot, self.window = qtbot, window

    @property
    def at(self) -> QWidget:
        return QApplication.focusWidget()

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
        QApplication.processEvents()
        popup = QApplication.activePopupWidget()
        QTest.keyClick(popup or self.at, key, modifier)
        QApplication.processEvents()
        if popup and not QApplication.activePopupWidget():  # the offscreen screen leaves a closed list active
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def tab(self) -> None:
        self.press(Qt.Key.Key_Tab)

    def back(self) -> None:
        self.press(Qt.Key.Key_Backtab)

    def write(self, text: str) -> None:
        """Type into the field with the focus, and go on to the next."""
        type_in(self.qtbot, self.at, text)
        self.tab()

    def choose(self, times: int) -> None:
        """Choose by the arrow key, and go on to the next."""
        for _ in range(times):
            self.press(Qt.Key.Key_Down)
        self.tab()

    def expect(self, name: str) -> None:
        assert self.at.objectName() == name, f"{self.at.objectName()} instead of {name}"

    def add_line(self, name: str) -> None:
        """Press the button on which the focus is; the first cell of the new line has it then."""
        self.expect("add_line")
        self.press(Qt.Key.Key_Space)
        self.expect(name)


def nth(kind, member):
    """Return how often the arrow key is pressed to choose from a list in which nothing is chosen."""
    return list(kind).index(member) + 1


def test_the_whole_record_is_entered_without_a_mouse(qtbot, open_editor):
    editor = open_editor()
    keys = Keys(qtbot, editor)
    # 基本信息
    keys.expect("name")
    keys.write("洪映川")
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_Right)
    keys.tab()
    keys.expect("phone")
    for text in ("13800002655", "hong@example.cn", ID, "群众", "硕士研究生", "合伙人"):
        keys.write(text)
    # 执业信息
    keys.expect("firm")
    keys.write(FIRM)
    keys.write("13308201511123456")
    keys.write("20200301")
    keys.write("2015.7.15")
    type_in(qtbot, keys.at, "劳动监察")
    keys.press(Qt.Key.Key_Return)
    keys.write("社会保障")
    keys.expect("licence_state")
    keys.choose(1)
    keys.expect("firm_area")  # a firm of the list says where it is
    keys.tab()
    keys.expect("firm_former")
    keys.write("示例旧港律师事务所")
    keys.add_line("former_firms_0_firm")
    for text in ("示例双港律师事务所", "20150715", "2020年2月29日"):
        keys.write(text)
    keys.tab()
    keys.add_line("checks_0_year")
    keys.write("2024")
    keys.choose(nth(CheckResult, CheckResult.COMPETENT))
    keys.back()
    keys.press(Qt.Key.Key_Return)  # Enter after the last line begins another
    keys.expect("checks_1_year")
    keys.write("2025")
    keys.choose(nth(CheckResult, CheckResult.BASIC))
    keys.tab()
    # 聘期与状态
    keys.expect("term_from")
    for text in ("20261201", "20281130", "柯司聘〔2026〕16号", "4"):
        keys.write(text)
    # 任职与回避
    keys.add_line("posts_0_unit")
    keys.write(COURT)
    assert keys.at.value() is UnitKind.COURT  # the unit's name says it
    keys.tab()
    keys.write("20080901")
    keys.write("20150630")
    keys.write("审判员")
    keys.write("示例区")
    keys.choose(nth(Rank, Rank.JUDGE))
    keys.choose(nth(Leaving, Leaving.RESIGNED))
    keys.tab()
    keys.add_line("relatives_0_relation")
    keys.choose(nth(Relation, Relation.SPOUSE))
    keys.write("林示例")
    keys.write("slqzh")  # initials alone mean the one agency that has them, and its name says its kind
    keys.tab()
    keys.write("科员")
    keys.tab()
    keys.add_line("offices_0_kind")
    keys.choose(nth(OfficeKind, OfficeKind.CPPCC))
    keys.write("政协示例区委员会")
    keys.write("20220101")
    keys.write("20261231")
    keys.tab()
    keys.add_line("contracts_0_client")
    keys.write(BUREAU)
    keys.press(Qt.Key.Key_Space)
    keys.tab()
    keys.write("20260101")
    keys.write("20261231")
    keys.tab()
    # 处罚处分
    keys.add_line("disciplines_0_kind")
    keys.choose(nth(DisciplineKind, DisciplineKind.ASSOCIATION))
    for text in ("示例市律师协会", "20180506", "", "训诫"):
        keys.write(text)
    keys.tab()
    # 备注
    keys.expect("note")
    type_in(qtbot, keys.at, "可承办民告官案件")
    assert editor.draft() == LawyerDraft(
        name="洪映川",
        sex="女",
        phone="13800002655",
        email="hong@example.cn",
        id_number=ID,
        firm=FIRM,
        licence="13308201511123456",
        first_licensed_on=date(2015, 7, 15),
        specialities=("劳动监察", "社会保障"),
        term_from=date(2026, 12, 1),
        term_to=date(2028, 11, 30),
        firm_since=date(2020, 3, 1),
        firm_area="示例区",
        firm_former="示例旧港律师事务所",
        licence_state=LicenceState.SUSPENDED,
        capacity=4,
        certificate="柯司聘〔2026〕16号",
        politics="群众",
        education="硕士研究生",
        position="合伙人",
        note="可承办民告官案件",
        former_firms=(FirmSpell("示例双港律师事务所", date(2015, 7, 15), date(2020, 2, 29)),),
        checks=(CheckDraft(2024, CheckResult.COMPETENT), CheckDraft(2025, CheckResult.BASIC)),
        posts=(
            PostDraft(
                COURT,
                UnitKind.COURT,
                "审判员",
                Rank.JUDGE,
                date(2008, 9, 1),
                date(2015, 6, 30),
                Leaving.RESIGNED,
                "示例区",
            ),
        ),
        relatives=(RelativeDraft(Relation.SPOUSE, "林示例", BUREAU, UnitKind.AGENCY, "科员"),),
        offices=(OfficeDraft(OfficeKind.CPPCC, "政协示例区委员会", date(2022, 1, 1), date(2026, 12, 31)),),
        contracts=(ContractDraft(BUREAU, True, date(2026, 1, 1), date(2026, 12, 31)),),
        disciplines=(
            DisciplineDraft(DisciplineKind.ASSOCIATION, date(2018, 5, 6), "示例市律师协会", "训诫"),
        ),
    )
    with qtbot.waitSignal(editor.submitted) as told:
        keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert told.args == [True]


def test_save_goes_to_the_very_cell_that_is_wrong_and_warnings_do_not_stop_it(qtbot, open_editor):
    posts = (
        PostDraft(COURT, UnitKind.COURT, from_on=date(2010, 1, 1)),
        PostDraft(BUREAU, UnitKind.AGENCY, from_on=date(2010, 1, 1), to_on=date(2009, 1, 1)),
    )
    editor = open_editor(a_lawyer(posts=posts))
    keys = Keys(qtbot, editor)
    lines = editor.lists["posts"].lines
    editor.try_save()
    keys.expect("posts_1_to_on")
    assert lines[1].said == [("应不早于起始日期 2010-01-01，现为 2009-01-01。", "error")]
    assert lines[0].said == [
        ("没有填写离任日期，分派时无法核对离任两年的限制（律师法第四十一条）。", "warning")
    ]
    assert "还有 1 处需要修改" in editor.trouble.text()
    assert [editor.sections.count_at(at) for at in range(6)] == [0, 0, 0, 1, 0, 0]
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, keys.at, "2012-13-1")
    assert lines[1].said == [("看不懂这个日期，应写成 2026-12-01 的样子，现为“2012-13-1”。", "error")]
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, keys.at, "20121201")
    assert lines[1].said == []
    assert not editor.trouble.isVisible()
    with qtbot.waitSignal(editor.submitted):
        editor.try_save()
    assert editor.draft().posts[1].to_on == date(2012, 12, 1)


def test_a_choice_in_a_line_is_asked_for_and_never_guessed(qtbot, open_editor):
    editor = open_editor(a_lawyer())
    keys = Keys(qtbot, editor)
    checks = editor.lists["checks"]
    checks.add_line()
    keys.write("2025")
    editor.try_save()
    assert checks.lines[0].said == [("请选择考核结果。", "error")]
    keys.expect("checks_0_result")


def test_lines_are_added_removed_and_brought_back_by_keys(qtbot, open_editor):
    spells = tuple(FirmSpell(f"示例{n}律师事务所", None, date(2020, 1, 1)) for n in "甲乙")
    editor = open_editor(a_lawyer(former_firms=spells), 7)
    keys = Keys(qtbot, editor)
    field = editor.lists["former_firms"]
    field.enter()
    keys.expect("former_firms_0_firm")
    keys.press(Qt.Key.Key_Insert, Qt.KeyboardModifier.ControlModifier)
    keys.expect("former_firms_1_firm")
    type_in(qtbot, keys.at, "示例丙律师事务所")
    assert [s.firm[2] for s in field.value()] == ["甲", "丙", "乙"]
    keys.back()
    keys.expect("former_firms_0_to_on")
    keys.press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert [s.firm[2] for s in field.value()] == ["丙", "乙"]
    field.restore.click()
    assert field.value()[0] == spells[0]
    field.add_line()
    field.add_line()
    assert len(field.value()) == 3
    assert editor.problems() == LawyerEditor.problems(editor)
    assert field.lines[4].cells["firm"].accessibleName() == "律所全称 第 5 行"


def test_hidden_numbers_are_shown_on_purpose_and_saved_as_they_were(qtbot, open_editor):
    editor = open_editor(a_lawyer(id_number=ID), 7)
    keys = Keys(qtbot, editor)
    assert (editor.phone.text(), editor.phone.placeholderText()) == ("", "138****1111")
    assert editor.id_number.placeholderText() == "110105********002X"
    assert (editor.draft().phone, editor.draft().id_number) == ("13800001111", ID)
    editor.phone.setFocus()
    keys.tab()
    keys.expect("reveal")
    with qtbot.waitSignal(editor.reveal_asked) as told:
        keys.press(Qt.Key.Key_Space)
    assert told.args == ["phone"]
    assert editor.phone.text() == ""
    editor.reveal("phone")
    assert editor.phone.text() == "13800001111"
    editor.id_number.setFocus()
    type_in(qtbot, keys.at, "1")
    assert editor.draft().id_number == "1"
    keys.press(Qt.Key.Key_Backspace)
    assert editor.draft().id_number == ID  # nothing typed is left: the old number is back
    keys.press(Qt.Key.Key_Backspace)
    assert editor.draft().id_number == ""


def test_a_wrong_hidden_number_is_not_read_out(open_editor):
    editor = open_editor(a_lawyer(phone="1380000111"), 7)
    editor.try_save()
    assert editor.boxes["phone"].message.text() == "联系电话与应有的格式不符，请点“显示”核对，或重新填写。"


def test_what_numbers_mean_is_said_while_they_are_typed(qtbot, open_editor):
    editor = open_editor()
    told = editor.boxes["licence"].message
    type_in(qtbot, editor.licence, "13308")
    assert told.text() == "浙江，衢州"
    type_in(qtbot, editor.licence, "2015101")
    assert told.text() == "浙江，衢州，2015 年首次执业，专职，男"
    type_in(qtbot, editor.licence, "23456")
    years = editor.boxes["first_licensed_on"].message
    assert years.text() == "按证号 2015 年首次执业，约 11 年；填写日期后自动计算。"
    type_in(qtbot, editor.first_licensed_on, "2019-07-15")
    assert years.text() == "执业年限 7 年，自动计算。"
    editor.firm.setEditText(FIRM)
    hint = editor.boxes["firm"].message
    assert hint.text() == "该所已有 2 名顾问（汪晓棠、何承安），分派时会核对同所回避。"
    assert hint.property("message") == "warning"
    editor.firm.setEditText("示例石梁律师事务所")
    assert hint.property("message") == "hint"


def test_the_section_list_follows_the_form_and_leads_it(qtbot, open_editor):
    editor = open_editor()
    keys = Keys(qtbot, editor)
    bar = editor._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert editor.sections.currentItem().text() == "备注"
    bar.setValue(0)
    assert editor.sections.currentItem().text() == "基本信息"
    editor.sections.setCurrentRow(4)
    assert (editor.sections.currentRow(), bar.value() > 0) == (4, True)
    editor.term_from.setFocus()
    qtbot.waitUntil(lambda: editor.sections.currentItem().text() == "聘期与状态")
    keys.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    keys.expect("add_line")
    assert editor.sections.currentItem().text() == "任职与回避"
    keys.press(Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    keys.expect("term_from")


def test_a_cap_that_is_no_number_is_answered_and_an_empty_one_is_the_offices(open_editor):
    editor = open_editor(a_lawyer())
    assert editor.boxes["capacity"].message.text() == "留空即按本局统一上限 6 件。"
    editor.capacity.setText("六件")
    editor.try_save()
    assert editor.boxes["capacity"].message.text() == "应填写整数，现为“六件”。"
    editor.capacity.setText("6 件")
    assert editor.draft().capacity == 6


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("示例市中级人民法院", UnitKind.COURT),
        ("示例区人民检察院", UnitKind.PROCURATORATE),
        ("示例区综合行政执法局", UnitKind.AGENCY),
        ("示例区人民政府", UnitKind.AGENCY),
        ("示例大学法学院", None),
    ],
)
def test_a_units_name_says_its_kind_and_a_choice_made_before_stays(qtbot, open_editor, unit, kind):
    editor = open_editor(a_lawyer())
    keys = Keys(qtbot, editor)
    relatives = editor.lists["relatives"]
    relatives.add_line()
    cells = relatives.lines[0].cells
    cells["unit"].setFocus()
    keys.write(unit)
    assert cells["unit_kind"].value() is kind
    cells["unit_kind"].set_value(UnitKind.OTHER)
    keys.back()
    keys.tab()
    assert cells["unit_kind"].value() is UnitKind.OTHER
