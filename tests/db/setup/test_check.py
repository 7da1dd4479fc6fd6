"""``check`` finds what was changed behind the program's back, reports every fault, and writes nothing."""

import sqlite3
from contextlib import closing

import pytest

from db import migrate
from db.base import Base
from db.formats.record_names import RECORD_NAMES
from db.setup.check import check_all
from db.setup.checking import check_office
from tests import tampering
from tests.damaging import bytes_of
from tests.db.store.test_acts import enter_lawyer
from tests.db.store.test_migrate import make_at_revision


def faults(lines) -> dict[str, str]:
    return {line.what: "；".join(line.faults) or line.found for line in lines if not line.is_ok}


def test_every_table_has_a_name_for_clerks():
    assert RECORD_NAMES.keys() == Base.metadata.tables.keys()


def test_whatever_was_changed_without_an_act_is_found(tmp_path):
    whole = tmp_path / "示例.db"
    tampering.make(whole)
    assert tampering.run(whole, tmp_path, tampering.COUNT // 10) == []


def test_every_fault_is_reported_and_none_stops_the_others(demo_office):
    enter_lawyer(demo_office)
    demo_office.close()
    file = demo_office.file
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE lawyer SET id_number = '1' WHERE id = 3")
        connection.execute(
            "UPDATE case_record SET outcome = '没有这个结果', received_on = '昨天' WHERE id = 5"
        )
        connection.execute("UPDATE consultation_draw SET pool = '{'")
        connection.execute("UPDATE setting SET value = '[' WHERE id = 1")
        connection.execute("DELETE FROM letter WHERE id = 1")
        connection.execute("DELETE FROM deadline WHERE id = 2")
        connection.execute(
            "UPDATE search_key SET key = CAST(x'ff' AS TEXT) WHERE id = (SELECT max(id) FROM search_key)"
        )
        connection.execute("DROP INDEX uq_letter_number")
        connection.execute("CREATE TRIGGER foreign_hand AFTER INSERT ON lawyer BEGIN SELECT 1; END")
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = bytes_of(file)
    found = faults(check_office(file))
    assert "顾问 3" in found["记录与操作记录"]
    assert "函件 1 不见了" in found["记录与操作记录"]
    assert "案件 5 的 outcome、received_on 读不出来" in found["存储内容"].replace(
        "received_on、outcome", "outcome、received_on"
    )
    assert "会商抽取 1 的 pool 读不出来" in found["存储内容"]
    assert "的 key 读不出来" in found["存储内容"]
    assert "uq_letter_number" in found["表、索引与约束"]
    assert "触发器 foreign_hand" in found["表、索引与约束"]
    assert bytes_of(file) == before


@pytest.mark.parametrize("version", sorted(migrate.revisions() - {migrate.head()}))
def test_a_file_of_a_version_before_is_checked_without_upgrading_it(demo_office, tmp_path, version):
    enter_lawyer(demo_office)
    old = tmp_path / "上一版.db"
    make_at_revision(old, version, filled_from=demo_office.file)
    before = bytes_of(old)
    lines = check_office(old)
    assert faults(lines) == {}
    assert f"版本 {version}" in lines[0].found
    assert bytes_of(old) == before
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE lawyer SET name = '改名' WHERE id = 2")
        connection.commit()
    assert "顾问 2（改名）的 name" in faults(check_office(old))["记录与操作记录"]


def test_both_engines_tell_a_changed_row_a_missing_one_and_one_too_many(database):
    enter_lawyer(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lawyer SET note = '改过'")
        connection.exec_driver_sql("DELETE FROM holiday WHERE id = 3")
        connection.exec_driver_sql(
            "INSERT INTO firm (name, short_name, sort_key, uscc, phone, note, version) VALUES ('外来', '', '', '', '', '', 1)"
        )
        connection.exec_driver_sql("UPDATE gesture SET undone = true WHERE id = 1")
    found = faults(check_all(database))
    said = found["记录与操作记录"]
    assert "顾问 1（汪晓棠）的 note 与操作记录不符" in said
    assert "节假日 3 不见了" in said
    assert "（外来）不在操作记录中" in said
    assert "第 1 号操作标为已撤销" in found["操作记录"]
