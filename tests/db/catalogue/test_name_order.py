"""Lists stand in the order in which surnames are read, also those that an older program put elsewhere."""

import pytest
from sqlalchemy import select, text

from db.catalogue.search import keys_of, search
from db.formats import pinyin
from db.models.agency import Agency
from db.models.lawyer import Lawyer
from db.models.public_lawyer import InternalAdviser, PublicLawyer
from db.setup import derived
from db.setup.check import check_all
from db.setup.opening import open_office
from tests.db.store.test_migrate import make_at_revision

MISREAD = ("曾示例", "查示例", "仇示例", "单示例", "解示例", "区示例", "朴示例", "尉迟示例", "华示例")


@pytest.mark.parametrize("kind", ["lawyer", "public_lawyer", "internal_adviser"])
def test_persons_are_ordered_by_the_reading_of_the_surname(database, kind):
    model = {m.__tablename__: m for m in (Lawyer, PublicLawyer, InternalAdviser)}[kind]
    with database.write("登记人员") as session:
        agency = session.scalars(select(Agency.id)).first()
        more = {"agency_id": agency} if model is InternalAdviser else {}
        session.add_all(model(name=name, **more) for name in MISREAD)
    with database.read() as session:
        stored = session.scalars(select(model.name).order_by(model.sort_key)).all()
    assert stored == sorted(MISREAD, key=lambda name: pinyin.sort_key(name, person=True))
    assert stored.index("查示例") > stored.index("曾示例") > stored.index("单示例") > stored.index("仇示例")


def test_undo_of_another_name_takes_the_old_place_again(database):
    with database.write("登记") as session:
        session.add(Lawyer(name="曾示例"))
    with database.write("改名") as session:
        session.scalars(select(Lawyer)).one().name = "安示例"
    database.undo()
    with database.read() as session:
        assert session.scalars(select(Lawyer.sort_key)).one().startswith("zeng1")


def test_what_an_older_program_misread_is_put_right_by_the_upgrade(tmp_path):
    present, old = tmp_path / "今.db", tmp_path / "旧库.db"
    database = open_office(present)
    with database.write("登记") as session:
        session.add(Lawyer(name="曾示例"))
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE lawyer SET sort_key = 'ceng2 shi4 li4 曾示例'"))
    with database.read() as session:
        assert any("曾示例" in line for line in derived.differences(session))
    database.close()
    make_at_revision(old, "0011", filled_from=present)
    again = open_office(old)
    try:
        with again.read() as session:
            assert session.scalars(select(Lawyer.sort_key)).one().startswith("zeng1")
        assert all(line.is_ok for line in check_all(again))
    finally:
        again.close()


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("zhzf", "区综合执法局"),
        ("rsj", "区人力社保局"),
        ("人社局", "区人力社保局"),
        ("区人社局", "区人力社保局"),
        ("hyjdb", "花园街道"),
    ],
)
def test_an_agency_is_found_by_what_it_is_cut_to(database, typed, short):
    with database.read() as session:
        found = {hit.title for hit in search(session, typed)}
        keys = keys_of(session, "agency")
        key = session.scalars(select(Agency.id).where(Agency.short_name == short)).first()
    assert short in found
    assert any(typed in word for word in keys[key])
