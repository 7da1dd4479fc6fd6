"""What a clerk mistypes, or an odd cell holds, is answered in a sentence where it stands, and costs nothing else."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from db.exchange.sheet import Action
from db.formats.numbers import mask_licence
from db.roster.queries.lawyers import lawyer_drafts
from db.roster.sheets.imported import ROSTER
from db.services.sheets.imported import SERVICES
from db.setup.opening import open_office
from main import main
from tests.conftest import LICENCE, TODAY
from tests.db.store.test_acts import enter_lawyer

TOO_LONG = "长" * 300


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office in a file of its own."""
    file = tmp_path / "顾问库.db"
    open_office(file).close()
    return file


@pytest.mark.parametrize(
    ("column", "text"), [("事项", TOO_LONG), ("服务人员", TOO_LONG), ("结果", "尾_x0001_字")]
)
def test_a_cell_that_cannot_be_kept_holds_up_its_row_alone(database, tmp_path, column, text):
    rows = [dict.fromkeys(("事项", "服务人员", "结果"), f"示例{at}") for at in (1, 2)]
    rows[1][column] = text
    book = Workbook()
    book.active.append(["日期", "服务种类", *rows[0]])
    for row in rows:
        book.active.append(["2026-09-01", "培训", *row.values()])
    book.save(tmp_path / "台账.xlsx")

    plan = SERVICES.examine(database, tmp_path / "台账.xlsx", None, TODAY)

    assert [row.action for row in plan.rows] == [Action.NEW, Action.MEND]
    assert any(p.row == 3 and p.column == column for p in plan.problems)
    assert "新增 1 条" in SERVICES.carry_out(database, plan, TODAY)


@pytest.mark.parametrize(
    "words",
    [
        ["export", "roster", "名" * 250 + ".xlsx"],
        ["report", "案件分派情况报表", "名" * 250 + ".pdf"],
        ["backup", "名" * 250 + ".db"],
        ["restore", "名" * 250 + ".db"],
    ],
    ids=lambda words: words[0],
)
def test_a_name_too_long_is_said(office, words, capsys):
    assert main(["--db", str(office), *words]) == 1
    assert "太长" in capsys.readouterr().err


def test_a_copy_goes_into_the_folder_one_stands_in(office, tmp_path, monkeypatch):
    there = tmp_path / "U盘"
    there.mkdir()
    monkeypatch.chdir(there)
    assert main(["--db", str(office), "backup", "."]) == 0
    assert len(list(there.glob("*.db"))) == 1


def test_restoring_moves_no_folder_aside(office, tmp_path, capsys):
    folder = tmp_path / "文档"
    folder.mkdir()
    for words in (["--dry-run"], []):
        assert main(["--db", str(folder), "restore", str(office), *words]) == 1
        assert "是文件夹" in capsys.readouterr().err
    assert folder.is_dir()


def test_a_word_that_the_server_does_not_know_is_said(capsys):
    assert main(["--db", "postgresql://u@127.0.0.1:1/x?foo=bar", "figures"]) == 1
    assert "设置不认识" in capsys.readouterr().err


def test_a_lawyer_whose_number_is_hidden_is_known_though_no_citizen_number_is_on_record(database, tmp_path):
    key = enter_lawyer(database, licence=LICENCE, id_number="")
    with database.read() as session:
        lawyer = lawyer_drafts(session, [key], TODAY)[key]
    book = Workbook()
    book.active.append(["姓名", "律师事务所", "执业证号", "身份证号", "备注"])
    book.active.append([lawyer.name, lawyer.firm, mask_licence(LICENCE), "330802********0011", "改过"])
    book.save(tmp_path / "名册.xlsx")

    (row,) = ROSTER.examine(database, tmp_path / "名册.xlsx", None, TODAY).rows

    assert (row.action, row.key, row.draft.note) == (Action.UPDATE, key, "改过")
