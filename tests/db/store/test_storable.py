"""What a field cannot hold is said the same on either engine, by its name, before anything is written."""

import math
from dataclasses import replace
from datetime import date

import pytest

import main
from db.base import Base
from db.catalogue.search import search
from db.errors import Invalid
from db.exchange.values import date_of
from db.formats.captions import CAPTIONS
from db.formats.numbers import as_searched
from db.formats.paper_numbers import parse_paper_number
from db.formats.storable import FIRST_YEAR, LAST_YEAR, TEXT, cleaned, text_trouble, whole_number, year_trouble
from db.formats.text import fold
from db.formats.written_dates import WrongYear, read_day
from db.models.agency import Agency
from db.models.lawyer import Lawyer
from db.models.service import Service
from db.office.acts.settings import save_settings
from db.office.acts.wording import keep_wording
from db.office.queries.settings import load_settings
from db.roster.acts.lawyers import save_lawyer
from db.services.rules.entry import hours_of
from db.storable import longest
from db.words.agency import AgencyKind
from tests.conftest import TODAY, a_lawyer, enter_someone

UNSTORABLE = ["汪\x00晓棠", "汪\ud83d晓棠", "汪晓棠\udc00", "汪\x01晓棠", "汪\uffff晓棠", "\x1b汪"]


def enter(database, **changes):
    with database.write("新增顾问") as session:
        return save_lawyer(session, a_lawyer(**changes), TODAY)


@pytest.mark.parametrize(
    "changes",
    [{"note": text} for text in UNSTORABLE]
    + [
        {"note": "长" * (TEXT + 1)},
        {"position": "长" * 201},
        {"email": f"{'a' * 200}@b.cn"},
        {"education": "长" * 2_000_000},
    ],
    ids=range(len(UNSTORABLE) + 4),
)
def test_a_text_that_no_column_holds_is_refused_at_its_field_and_nothing_is_written(database, changes):
    with pytest.raises(Invalid) as refused:
        enter(database, **changes)
    (name,) = changes
    assert name in {p.field for p in refused.value.problems}
    assert CAPTIONS[name] in str(refused.value) or "请核对是否粘贴了别的内容" in str(refused.value)
    with database.read() as session:
        assert session.query(Lawyer).count() == 0


@pytest.mark.parametrize("length", [199, 200])
def test_a_text_that_just_fits_is_kept_whole(database, length):
    name = "汪" + "一" * (length - 1)
    key = enter(database, note="行\v行\f行\t行\r\n𠮷" * 100)
    with database.write("新增单位") as session:
        session.add(Agency(name=name, short_name=name, kind=AgencyKind.SUBDISTRICT, has_enforcement=False))
    with database.read() as session:
        assert session.query(Agency).filter(Agency.name == name).count() == 1
        assert "𠮷" in session.get_one(Lawyer, key).note


def test_every_column_of_every_record_is_guarded(database):
    """Not through a form: whatever act writes it."""
    with database.write("新增顾问") as session:
        key = enter_someone(session)
    for value, column in (
        (("姓\x00名"), "name"),
        ("长" * 201, "phone"),
        (date(206, 11, 12), "first_licensed_on"),
        (2**31, "capacity"),
    ):
        with pytest.raises(Invalid) as refused, database.write("改动") as session:
            setattr(session.get_one(Lawyer, key), column, value)
        assert [p.field for p in refused.value.problems] == [column]
    for hours in (math.inf, -math.inf, math.nan):
        with pytest.raises(Invalid), database.write("登记") as session:
            session.add(Service(kind="培训", on_date=TODAY, hours=hours))


def test_what_is_too_long_on_record_already_forbids_no_other_change(office):
    """A file of an older program may hold it; SQLite took everything."""
    with office.write("新增顾问") as session:
        key = enter_someone(session)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE lawyer SET position = ?", ("长" * 300,))
    with office.write("改电话") as session:
        session.get_one(Lawyer, key).phone = "13900001111"
    with office.read() as session:
        lawyer = session.get_one(Lawyer, key)
        assert (lawyer.phone, lawyer.position) == ("13900001111", "长" * 300)


def test_settings_and_wording_are_judged_alike(database):
    with database.read() as session:
        settings = load_settings(session)
    for wanted in (replace(settings, contact="长" * 201), replace(settings, pool_name="顾问\x00库")):
        with pytest.raises(Invalid), database.write("修改设置") as session:
            save_settings(session, wanted, settings)
    with pytest.raises(Invalid), database.write("修改设置") as session:
        save_settings(session, replace(settings, like_fields=["\ud800"]), settings)
    with pytest.raises(Invalid), database.write("修改用语") as session:
        keep_wording(session, "催办函", "长" * (TEXT + 1))


@pytest.mark.parametrize(
    "typed", [*UNSTORABLE, "9" * 5000, "（2026）浙0802行初" + "9" * 5000 + "号", "\x00", "\ud800"]
)
def test_whatever_is_looked_for_is_answered(database, typed):
    with database.write("新增顾问") as session:
        enter_someone(session)
    with database.read() as session:
        found = search(session, typed)
    assert bool(found) == (fold(typed) in {"汪晓棠", "汪"})
    as_searched(typed)


def test_a_field_knows_how_long_its_column_is():
    assert longest("position") == 200
    assert longest("licence") == 200
    assert longest("note") == TEXT  # a line in some records, long in others
    assert longest("no_such_column") == TEXT
    texts = {c.name for t in Base.metadata.tables.values() for c in t.c if longest(c.name) != TEXT}
    assert {"name", "phone", "venue"} <= texts


def test_what_is_wrong_with_a_text_is_said_with_its_place():
    assert "第 2 个字" in text_trouble("汪\x00晓棠")
    assert "“汪”之后" in text_trouble("汪\x00晓棠")
    assert "最多 3 个字，现有 4 个字" in text_trouble("汪晓棠某", 3)
    assert not text_trouble("行一\r\n行二\t\v\f")
    assert cleaned("汪\x00\ud800晓") == "汪晓"


@pytest.mark.parametrize("year", [1, 206, 1948, 2101, 2925, 9999])
def test_one_range_of_years_for_forms_sheets_and_the_command_line(year, capsys):
    day = date(year, 11, 12)
    assert f"{FIRST_YEAR} 至 {LAST_YEAR}" in year_trouble(day)
    for read in (read_day, date_of):
        with pytest.raises(WrongYear):
            read(f"{year:04}-11-12")
    with pytest.raises(WrongYear):
        date_of(day)
    for line in (
        ["coverage", "--as-of", f"{year:04}-11-12"],
        ["periods", "--procedure", "litigation", "--event", f"收到起诉状副本={year:04}-11-12"],
        ["report", "年度履职档案", "x.pdf", "--year", str(year)],
        ["report", "年度履职档案", "x.pdf", "--year", "9" * 5000],
        ["report", "催办函", "x.pdf", "--id", "9" * 5000],
        ["report", "催办函", "x.pdf", "--id", str(2**64)],
    ):
        with pytest.raises(SystemExit) as left:
            main.main(line)
        assert left.value.code == 2
        said = capsys.readouterr().err
        assert "Traceback" not in said
        assert len(said) < 3000


def test_years_at_the_ends_of_the_range_are_taken():
    assert read_day("1949-10-01") == date(1949, 10, 1)
    assert read_day("2100-12-31") == date(2100, 12, 31)


@pytest.mark.parametrize("typed", ["9" * 5000, "1e999", "nan", "inf", "-inf", "１" * 11, "--3"])
def test_numbers_without_end_or_sense_are_no_numbers(typed):
    assert whole_number(typed) is None
    assert hours_of(typed)[0] is None
    assert parse_paper_number(f"柯司顾荐〔2026〕{'9' * 5000}号") is None


def test_numbers_as_they_are_typed_are_taken():
    assert [whole_number(t) for t in ("0", "007", "123456789", "３")] == [0, 7, 123_456_789, 3]
