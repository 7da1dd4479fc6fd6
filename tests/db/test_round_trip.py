"""What the program writes to a sheet it reads again: nothing on record changes, hidden numbers least of all."""

import pytest
from sqlalchemy import select

from db.acts.agencies import save_agency
from db.base import Base
from db.exchange.importers import IMPORTERS
from db.exchange.lists import export_list
from db.exchange.sheet import Action
from db.queries.agencies import AgencyFilter, agency_draft, agency_keys
from tests.conftest import TODAY

NO_RECORDS = {"journal", "gesture", "alembic_version"}


def everything(database):
    """Return all rows of all tables but the journal and the remembered mappings."""
    with database.read() as session:
        return {
            (table.name, *row)
            for table in Base.metadata.sorted_tables
            if table.name not in NO_RECORDS
            for row in (tuple(map(str, values)) for values in session.execute(select(table)))
            if not (table.name == "setting" and any("mapping:" in value for value in row))
        }


def read_back(database, what, path):
    """Read an exported list as the command line does; return the plan."""
    importer = IMPORTERS[what]
    plan = importer.examine(database, path, None, TODAY)
    if plan.ready:
        importer.carry_out(database, plan, TODAY)
    return plan


@pytest.mark.parametrize("what", IMPORTERS)
@pytest.mark.parametrize("masked", [True, False])
def test_a_list_read_back_changes_nothing_in_the_demo(demo_office, tmp_path, what, masked):
    with demo_office.write("联系电话") as session:
        for at, key in enumerate(agency_keys(session, AgencyFilter(), TODAY)):
            draft = agency_draft(session, key)
            save_agency(session, _with(draft, phone=f"1395700{at:04}", contact=f"示例{at}"), TODAY, key)
    before = everything(demo_office)
    export_list(demo_office, what, tmp_path / "表.xlsx", TODAY, masked=masked)
    plan = read_back(demo_office, what, tmp_path / "表.xlsx")
    assert [row.action for row in plan.rows if row.action is not Action.SKIP] == []
    assert everything(demo_office) ^ before == set()


def _with(draft, **changes):
    from dataclasses import replace

    return replace(draft, **changes)
