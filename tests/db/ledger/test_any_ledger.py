"""Any ledger, by its declaration alone: entered, refused at the field, changed, undone, found, due, counted, printed, out and in."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import event, func, select

from db.documents.model import Table
from db.engine import Database
from db.errors import Conflict, Invalid, UserError
from db.exchange.sheet import Action, SheetPlan
from db.ledger import acts, queries, search, sheets
from db.ledger.declare import Book, Choice, Day, Draft, Lines, Link, Links, Number, Spec, Tick, fields_of
from db.ledger.figures import due_items, figures
from db.ledger.papers import ledger_paper, list_of
from db.ledger.queries import Wanted
from db.models.agency import Agency
from db.models.derived import SearchKey
from db.office.acts.attachments import attach_files
from db.office.queries.search import matching
from db.setup.opening import open_office
from tests.conftest import TODAY, enter_someone, served_database
from tests.db.ledger import visits
from tests.db.ledger.visits import OWN, VISITS, PointDraft, Stage, Way

BOOKS = [visits.BOOK]
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request, tmp_path_factory) -> Iterator[Database]:
    """Lend one office on each engine to all tests here, with the tables of the made-up ledger."""
    with ExitStack() as stack:
        place = tmp_path_factory.mktemp("ledger") / "顾问库.db"
        if request.param == "sqlite":
            shutil.copy(request.getfixturevalue("template"), place)
        else:
            served = request.getfixturevalue("served_template")
            server = request.getfixturevalue("server")
            place = stack.enter_context(served_database(server, f"ledger_{os.getpid()}", served))
        database = open_office(place, "沈青禾")
        OWN.create_all(database.engine)
        database.reviews.append(lambda session, touched: search.refresh(session, visits.BOOK, touched))
        yield database
        database.close()


@pytest.fixture
def office(shared) -> Database:
    """Return it with nothing in the ledger."""
    with shared.engine.begin() as connection:
        for table in reversed(OWN.sorted_tables):
            connection.execute(table.delete())
        connection.execute(SearchKey.table().delete().where(SearchKey.table_name == "visit"))
    shared.clerk = "沈青禾"
    return shared


def linked(session, spec: Link | Links, book: Book) -> list[int]:
    """Return keys that a link may lead to; who is not there yet is entered."""
    if not (found := sorted(queries.captions(session, book, spec.to))) and spec.to == "lawyer":
        found = [enter_someone(session)]
    return found


def a_value(session, book: Book, spec: Spec, number: int = 0):
    """Return a valid value of any kind of field."""
    values = {
        Link: lambda: linked(session, spec, book)[number % 3],
        Links: lambda: tuple(linked(session, spec, book)[:1]),
        Lines: lambda: (a_draft(session, book, spec.record),),
        Day: lambda: YESTERDAY - timedelta(days=number % 300),
        Number: lambda: spec.least + 1,
        Tick: lambda: True,
        Choice: lambda: next(iter(spec.of)),
    }
    if made := values.get(type(spec)):
        return made()
    return f"{spec.title}甲{number}"[: spec.longest]


def a_draft(session, book: Book, kind: type[Draft] | None = None, number: int = 0) -> Draft:
    """Return a full draft of a ledger, or of the lines in it."""
    kind = kind or book.ledger.draft
    specs = [spec for spec in fields_of(kind) if not spec.by_steps]
    return kind(**{spec.name: a_value(session, book, spec, number) for spec in specs})


def entered(office: Database, book: Book, number: int = 0, **changes) -> int:
    with office.write("登记") as session:
        return acts.save(
            session, book.ledger, replace(a_draft(session, book, number=number), **changes), TODAY
        )


def kept(office: Database, book: Book, key: int) -> Draft | None:
    with office.read() as session:
        return queries.draft_of(session, book.ledger, key)


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.ledger.name)
class TestAny:
    def test_draft_and_model_agree(self, book, office):
        columns = book.ledger.model.table().c
        for spec in book.ledger.fields:
            if not spec.is_single:
                assert spec.name in book.ledger.kept_in
                continue
            column = columns[spec.name]
            assert isinstance(spec, Link) == bool(column.foreign_keys), spec.name
            if isinstance(spec, Link):
                target = book.resolve(spec.to).model.table()
                assert {key.column.table for key in column.foreign_keys} == {target}
            if isinstance(spec, Choice):
                assert list(column.type.enums) == [one.value for one in spec.of]
            can_be_none = getattr(book.ledger.draft(), spec.name) is None and not spec.required
            assert column.nullable == can_be_none, spec.name
            if (length := getattr(column.type, "length", None)) and hasattr(spec, "longest"):
                assert spec.longest <= length
        assert {s.name for s in book.ledger.fields if not s.is_single} == set(book.ledger.kept_in)

    def test_it_is_refused_at_each_required_field(self, book, office):
        required = [spec.name for spec in book.ledger.fields if spec.required]
        with office.write("登记") as session, pytest.raises(Invalid) as refused:
            acts.save(session, book.ledger, book.ledger.draft(), TODAY)
        assert [p.field for p in refused.value.problems if p.severity == "错误"] == required

    def test_it_is_saved_changed_undone_redone_removed_and_restored(self, book, office):
        key = entered(office, book)
        first = kept(office, book, key)
        assert first is not None
        with office.read() as session:
            assert replace(first, version=0) == a_draft(session, book)
        with office.write("修改") as session:
            other = replace(a_draft(session, book, number=1), version=first.version)
            acts.save(session, book.ledger, other, TODAY, key)
        second = kept(office, book, key)
        assert replace(second, version=0) == replace(other, version=0) != replace(first, version=0)
        office.undo()
        assert replace(kept(office, book, key), version=0) == replace(first, version=0)
        office.redo()
        assert replace(kept(office, book, key), version=0) == replace(second, version=0)
        with office.write("移入回收站") as session:
            acts.remove(session, book.ledger, [key])
        assert kept(office, book, key) is None
        with office.read() as session:
            assert queries.keys(session, book, Wanted(), TODAY) == []
            assert [r.id for r in session.scalars(queries.removed(book.ledger))] == [key]
        with office.write("恢复") as session:
            acts.restore(session, book.ledger, key)
        assert replace(kept(office, book, key), version=0) == replace(second, version=0)

    def test_the_second_of_two_clerks_gets_a_conflict(self, book, office):
        key = entered(office, book)
        draft = kept(office, book, key)
        with office.write("修改") as session:
            acts.save(session, book.ledger, draft_with_another_text(book, draft, "先改的"), TODAY, key)
        with office.write("修改") as session, pytest.raises(Conflict, match="已由沈青禾于"):
            acts.save(session, book.ledger, draft_with_another_text(book, draft, "后改的"), TODAY, key)

    def test_rows_that_hang_on_it_count_as_a_change_of_it(self, book, office):
        lists = [spec for spec in book.ledger.fields if not spec.is_single]
        key = entered(office, book)
        for spec in lists:
            draft = kept(office, book, key)
            with office.write("修改") as session:
                acts.save(session, book.ledger, replace(draft, **{spec.name: ()}), TODAY, key)
            with office.write("修改") as session, pytest.raises(Conflict):
                acts.save(session, book.ledger, draft, TODAY, key)

    def test_it_is_found_by_what_it_says_and_by_pinyin(self, book, office):
        key = entered(office, book)
        with office.read() as session:
            row = queries.rows(session, book, [key], TODAY)[key]
            for spec in book.ledger.fields:
                if spec.searched:
                    word = row.names[spec.name][0] if spec.name in row.names else row.value(spec.name)
                    assert list(session.scalars(matching(book.ledger.table, word))) == [key]
            keys = search.keys_of(session, book, [key])
            assert any(k.isascii() and k.isalpha() for _, k in keys)
            assert search.differences(session, book) == []
        office.undo()
        with office.read() as session:
            assert list(session.scalars(matching(book.ledger.table, word))) == []

    def test_twice_the_rows_take_the_same_number_of_statements(self, book, office):
        def statements() -> int:
            seen = []
            note = lambda *given: seen.append(given[2])  # noqa: E731
            event.listen(office.engine, "before_cursor_execute", note)
            with office.read() as session:
                wanted = queries.keys(session, book, Wanted(), TODAY)
                assert len(queries.rows(session, book, wanted, TODAY)) == len(wanted)
                list_of(session, book, TODAY, None, masked=True)
                due_items(session, book, TODAY)
                figures(session, book, date(2026, 1, 1), TODAY)
            event.remove(office.engine, "before_cursor_execute", note)
            return len(seen)

        with office.write("登记") as session:
            acts.save_many(session, book.ledger, [a_draft(session, book, number=n) for n in range(3)], TODAY)
        few = statements()
        with office.write("登记") as session:
            acts.save_many(
                session, book.ledger, [a_draft(session, book, number=n) for n in range(3, 9)], TODAY
            )
        assert statements() == few

    def test_it_goes_out_and_comes_in_as_it_was(self, book, office, tmp_path):
        keys = [entered(office, book, number) for number in range(3)]
        importer = sheets.LedgerImporter(book)
        for masked in (True, False):
            file = tmp_path / f"清单{masked}.xlsx"
            sheets.export(office, book, file, TODAY, masked=masked)
            plan = importer.examine(office, file, None, TODAY)
            said = [p.text for row in plan.rows for p in row.problems if "完全一致，跳过" in p.text]
            assert [row.action for row in plan.rows] == [Action.SKIP] * len(keys), plan.problems
            assert len(said) == len(keys)

    def test_an_empty_sheet_is_filled_in_and_comes_in_and_changes_what_is_there(self, book, office, tmp_path):
        file = tmp_path / "模板.xlsx"
        sheets.template(book, file)
        key = entered(office, book)
        with office.read() as session:
            _, table = list_of(session, book, TODAY, None, masked=True)
        cells = dict(zip([c.title for c in table.columns], table.rows[0], strict=True))
        work = load_workbook(file)
        top = next(row for row in work.active.iter_rows() if row[0].value == "序号")
        for cell in top[1:]:
            work.active.cell(cell.row + 1, cell.column).value = cells[cell.value]
        work.save(file)
        with office.write("移入回收站") as session:
            acts.remove(session, book.ledger, [key])
        importer = sheets.LedgerImporter(book)
        plan = importer.examine(office, file, None, TODAY)
        assert [row.action for row in plan.rows] == [Action.NEW], plan.problems
        bring_in(office, importer, plan)
        assert [row.action for row in importer.examine(office, file, None, TODAY).rows] == [Action.SKIP]

    def test_it_is_printed_in_groups_with_who_signs(self, book, office):
        for number in range(4):
            entered(office, book, number)
        with office.read() as session:
            paper = ledger_paper(session, book, TODAY, "示例司法局")
        table = next(block for block in paper.blocks if isinstance(block, Table))
        assert paper.title == book.ledger.paper.title
        assert len(table.rows) == 4 == sum(group.length for group in table.groups)
        assert [label for label, _ in paper.signatures] == list(book.ledger.paper.signers)


def draft_with_another_text(book: Book, draft: Draft, text: str) -> Draft:
    name = next(
        s.name
        for s in book.ledger.fields
        if s.required and isinstance(getattr(draft, s.name), str) and hasattr(s, "longest")
    )
    return replace(draft, **{name: text})


def bring_in(office: Database, importer: sheets.LedgerImporter, plan: SheetPlan) -> None:
    """Import what is ready. A server is copied by the tables of the program, so there the copy before it is left out."""
    if office.file:
        importer.carry_out(office, plan, TODAY)
        return
    with office.write(importer.verb) as session:
        importer.enter(session, plan.ready, TODAY)


# -- what the made-up ledger says of itself ------------------------------------------------------


def states(office: Database, key: int, day: date = TODAY) -> str:
    with office.read() as session:
        return queries.states_of(session, VISITS, [key], day)[key]


def step(database: Database, key: int, name: str, **given) -> None:
    draft = kept(database, visits.BOOK, key)
    with database.write(VISITS.step(name).title) as session:
        acts.take_step(session, VISITS, name, key, replace(draft, **given), TODAY)


def test_states_follow_the_day_and_list_filter_counts_agree(office):
    key = entered(office, visits.BOOK, due_on=TODAY)
    assert states(office, key) == "办理中"  # the last day of a time still counts
    assert states(office, key, TODAY + timedelta(days=1)) == "逾期"
    late = TODAY + timedelta(days=1)
    with office.read() as session:
        assert queries.counts(session, VISITS, Wanted(), late) == {
            "已销号": 0,
            "待销号": 0,
            "逾期": 1,
            "办理中": 0,
        }
        assert queries.keys(session, visits.BOOK, Wanted(states=("逾期",)), late) == [key]
        assert queries.keys(session, visits.BOOK, Wanted(states=("办理中",)), late) == []


def test_a_step_moves_a_stored_state_signs_and_is_refused_by_its_rule(office, tmp_path):
    key = entered(office, visits.BOOK, due_on=TODAY)
    with pytest.raises(UserError, match="不能销号"):
        step(office, key, "close")
    with pytest.raises(Invalid) as refused:
        step(office, key, "report", people=None)
    assert [p.field for p in refused.value.problems] == ["people"]
    step(office, key, "report", people=12, found="已整改", way=Way.PHONE)
    draft = kept(office, visits.BOOK, key)
    assert (draft.stage, draft.reporter, draft.found, draft.way) == (
        Stage.REPORTED,
        "沈青禾",
        "已整改",
        Way.CALL,
    )
    with pytest.raises(Invalid, match="不能自己核对销号.*请先添加佐证材料"):
        step(office, key, "close")
    file = tmp_path / "整改报告.txt"
    file.write_text("已整改", encoding="utf-8")
    attach_files(office, "visit", key, [file], TODAY, "佐证材料")
    office.clerk = "林一苇"
    step(office, key, "close")
    assert states(office, key) == "已销号"
    office.undo()
    assert states(office, key) == "待销号"


def test_what_is_due_takes_its_lead_from_the_settings(office):
    soon = entered(office, visits.BOOK, due_on=TODAY + timedelta(days=30))
    entered(office, visits.BOOK, number=1, due_on=TODAY + timedelta(days=31))
    with office.read() as session:
        [item] = due_items(session, visits.BOOK, TODAY)
    assert (item.key, item.word, item.due_on, item.step) == (
        soon,
        "走访",
        TODAY + timedelta(days=30),
        "report",
    )
    assert item.title.endswith("：发现问题甲0")


def test_a_rate_names_whom_it_counts_of_all_and_by_agency(office):
    keys = [
        entered(office, visits.BOOK, number, stage=stage)
        for number, stage in enumerate((Stage.DONE, Stage.OPEN, Stage.DONE, Stage.OPEN))
    ]
    entered(office, visits.BOOK, 5, on=date(2025, 12, 31), stage=Stage.DONE)
    with office.read() as session:
        whole, *parts = figures(session, visits.BOOK, date(2026, 1, 1), TODAY)
        names = dict(session.execute(select(Agency.id, Agency.short_name)).all())
        agency = {key: queries.draft_of(session, VISITS, key).agency_id for key in keys}
    assert (whole.counted, whole.base, whole.rate) == ((keys[0], keys[2]), tuple(keys), 0.5)
    by_title = {part.title: part.base for part in parts}
    assert by_title == {
        f"销号率：{names[one]}": tuple(k for k in keys if agency[k] == one) for one in set(agency.values())
    }


def test_a_number_that_is_masked_leaves_what_is_kept_alone(office, tmp_path):
    key = entered(office, visits.BOOK, phone="138 1234 5678")
    file = tmp_path / "走访.xlsx"
    sheets.export(office, visits.BOOK, file, TODAY, masked=True)
    work = load_workbook(file)
    assert any("138****5678" in str(cell.value) for row in work.active.iter_rows() for cell in row)
    for row in work.active.iter_rows():
        for cell in row:
            if cell.value == "接待人甲0":
                cell.value = "接待人乙"
    work.save(file)
    importer = sheets.LedgerImporter(visits.BOOK)
    plan = importer.examine(office, file, None, TODAY)
    assert [row.changes for row in plan.rows] == [(("接待人", "接待人甲0", "接待人乙"),)]
    bring_in(office, importer, plan)
    draft = kept(office, visits.BOOK, key)
    assert (draft.phone, draft.met, len(draft.points)) == ("13812345678", "接待人乙", 1)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        (
            {"on": TODAY + timedelta(days=1), "due_on": None},
            "on",
            "应不晚于今天 2026-11-24，现为 2026-11-25。",
        ),
        ({"due_on": date(2026, 1, 1)}, "due_on", "应不早于走访日期 2026-11-23，现为 2026-01-01。"),
        ({"people": 501}, "people", "参加人数应为 0 至 500 人，现为 501。"),
        ({"found": "长" * 301}, "found", "最多 300 个字，现为 301 个。"),
        ({"points": (PointDraft(hours=1.0),)}, "points.0.text", "请填写要点。"),
        (
            {"points": (PointDraft(text="一", hours=1.25),)},
            "points.0.hours",
            "用时最多 1 位小数，现为 1.25。",
        ),
        ({"lawyers": (99999,)}, "lawyers", "所选同行顾问已不存在或在回收站中。请重新选择。"),
        ({"agency_id": 99999}, "agency_id", "所选走访单位已不存在或在回收站中。请重新选择。"),
    ],
)
def test_each_kind_of_field_is_refused_in_its_words(office, changes, field, said):
    with pytest.raises(Invalid) as refused:
        entered(office, visits.BOOK, **changes)
    assert [(p.field, p.text) for p in refused.value.problems if p.severity == "错误"] == [(field, said)]
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(visits.Visit)) == 0
