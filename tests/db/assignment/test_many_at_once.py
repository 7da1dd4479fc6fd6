"""Many lawyers at once: changed alike through the rules, appointed anew, or pasted from a sheet."""

from dataclasses import replace
from datetime import date

import pytest

from db.errors import Conflict, Invalid, UserError
from db.exchange.pasted import cells_of, guess_by_content, table_of
from db.roster.acts.appointments import appoint
from db.roster.acts.bulk import bulk_edit
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_detail, lawyer_draft
from db.roster.queries.new_terms import term_facts, unnumbered_terms
from db.roster.queries.roster import roster
from db.roster.rules.appointments import AppointDraft
from db.roster.rules.bulk import BulkChange, applied, bulk_line, bulk_problems
from db.roster.rules.new_terms import likely_end, new_terms
from db.roster.sheets.rows import FORM
from db.words.lawyer import LicenceState
from tests.conftest import TODAY, a_lawyer


@pytest.fixture
def pool(database):
    """Return the database and the keys of three lawyers, in the order of their names."""
    with database.write("登记") as session:
        keys = [
            save_lawyer(
                session, a_lawyer(name=name, licence=f"1330820151010000{at}", specialities=("信访",)), TODAY
            )
            for at, name in enumerate(("陈景行", "方以宁", "何承安"))
        ]
    return database, keys


def versions(database, keys):
    with database.read() as session:
        return {key: lawyer_draft(session, key, TODAY).version for key in keys}


def test_a_change_of_many_is_one_act_and_one_undo(pool):
    database, keys = pool
    change = BulkChange(
        firm="示例九华律师事务所",
        firm_since=date(2026, 11, 1),
        add=("行政协议",),
        take=("信访",),
        note="随所转入",
    )
    with database.write("批量修改") as session:
        assert bulk_edit(session, change, versions(database, keys), TODAY) == 3
    with database.read() as session:
        rows = roster(session, TODAY)
        detail = lawyer_detail(session, keys[0], TODAY)
    assert {(r.firm, r.specialities, r.note) for r in rows} == {
        ("示例九华律师事务所", ("行政协议",), "随所转入")
    }
    assert ("示例双港律师事务所", None, date(2026, 11, 1)) in detail.firm_history
    assert database.undo() == "批量修改"
    with database.read() as session:
        assert {(r.firm, r.specialities) for r in roster(session, TODAY)} == {
            ("示例双港律师事务所", ("信访",))
        }


def test_whoever_it_does_not_suit_is_named_and_nobody_is_changed(pool):
    database, keys = pool
    full = tuple(f"领域{n}" for n in range(5))
    with database.write("改") as session:
        draft = lawyer_draft(session, keys[1], TODAY)
        save_lawyer(session, replace(draft, specialities=full), TODAY, keys[1])
    with (
        pytest.raises(Invalid, match="方以宁：专业领域最多 5 项，现有 6 项"),
        database.write("批量修改") as session,
    ):
        bulk_edit(session, BulkChange(add=("行政协议",)), versions(database, keys), TODAY)
    with database.read() as session:
        assert [r.specialities for r in roster(session, TODAY)] == [("信访",), full, ("信访",)]


def test_a_lawyer_who_was_changed_meanwhile_stops_the_whole_change(pool):
    database, keys = pool
    seen = versions(database, keys)
    with database.write("其他人的修改") as session:
        save_lawyer(session, lawyer_draft(session, keys[2], TODAY), TODAY, keys[2])
    with pytest.raises(Conflict, match="顾问“何承安”"), database.write("批量修改") as session:
        bulk_edit(session, BulkChange(capacity=3), seen, TODAY)
    with database.read() as session:
        assert not [r for r in roster(session, TODAY) if r.capacity == 3]


def test_the_preview_says_only_what_the_change_brings():
    draft = a_lawyer(capacity=4)
    line = bulk_line(1, draft, BulkChange(to_office_cap=True), min_years=5)
    assert line.changes == (("在办上限", "4 件", "按本局上限"),)
    assert line.problems == ()
    paused = bulk_line(1, draft, BulkChange(licence_state=LicenceState.SUSPENDED), min_years=5)
    assert [p.field for p in paused.problems] == ["licence"]
    assert bulk_line(1, draft, BulkChange(firm=draft.firm), min_years=5).changes == ()
    assert applied(draft, BulkChange(note="新")).note == "新"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (BulkChange(), ""),
        (BulkChange(firm_since=TODAY), "firm"),
        (BulkChange(capacity=100), "capacity"),
        (BulkChange(add=("信访",), take=("信访",)), "take"),
    ],
)
def test_a_change_that_means_nothing_is_said_to(change, field):
    assert [p.field for p in bulk_problems(change)] == [field]


def test_the_preview_of_new_terms_is_what_they_become(pool):
    database, keys = pool
    with database.read() as session:
        facts = term_facts(session, keys, TODAY)
    draft = AppointDraft(tuple(keys), to_on=likely_end(facts, TODAY))
    shown = new_terms(draft, facts, TODAY)
    assert [(t.name, t.from_on, t.to_on) for t in shown] == [
        (name, date(2027, 6, 1), date(2029, 5, 31)) for name in ("陈景行", "方以宁", "何承安")
    ]
    with database.write("续聘") as session:
        appoint(session, draft, TODAY)
        session.flush()
        terms = {key: lawyer_detail(session, key, TODAY).terms[-1] for key in keys}
    assert [(t.from_on, t.to_on, t.certificate) for t in terms.values()] == [
        (t.from_on, t.to_on, t.certificate) for t in shown
    ]
    with database.read() as session:
        assert unnumbered_terms(session, keys, TODAY) == {}


def test_cells_are_read_as_excel_writes_them():
    text = '姓名\t备注\r\n张三\t"第一行\n第二行"\r\n李四\t"他说""好"""\r\n王五\t5" 屏\r\n赵六\t\r\n'
    assert cells_of(text).rows == (
        ("姓名", "备注"),
        ("张三", "第一行\n第二行"),
        ("李四", '他说"好"'),
        ("王五", '5" 屏'),
        ("赵六", None),
    )
    with pytest.raises(UserError, match="剪贴板里没有表格内容"):
        cells_of("\t\r\n\t")


def test_columns_without_a_header_are_known_by_what_stands_in_them():
    text = (
        "1\t张三\t男\t示例双港律师事务所（衢州）\t13308201510123456\t138-0000-1111\t330802198001010011"
        "\t中共党员\t法学硕士\ta@b.cn\t信访、复议\t2015年7月\t2026.1.1\t2027.12.31\t主任"
    )
    table = table_of(cells_of(text), FORM)
    assert table.last_header == 0
    assert guess_by_content(table) == {
        1: "name", 2: "sex", 3: "firm", 4: "licence", 5: "phone", 6: "id_number", 7: "politics", 8: "education",
        9: "email", 10: "specialities", 11: "first_licensed_on", 12: "term_from", 13: "term_to", 14: "position",
    }  # fmt: skip


def test_a_term_in_one_cell_and_a_header_below_a_title_are_understood():
    table = table_of(cells_of("张三\t2026年1月1日至2027年12月31日"), FORM)
    assert guess_by_content(table) == {0: "name", 1: "term"}
    titled = table_of(cells_of("顾问名册\n序号\t姓名\t律所\n1\t张三\t示例双港律所"), FORM)
    assert (titled.last_header, [row.number for row in titled.rows]) == (2, [3])
