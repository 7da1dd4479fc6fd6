"""Two clerks at two PCs: what one of them changed stays, whatever form the other had open meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.acts.jurisdiction import save_court_rules
from db.acts.settings import save_settings
from db.acts.wording import keep_wording
from db.engine import Database
from db.errors import Conflict, Invalid
from db.queries.jurisdiction import court_rules
from db.queries.settings import load_settings
from db.queries.wording import wording
from db.rules.merging import merge, rebased, value_of
from db.rules.settings import CAPTIONS, Settings


@contextmanager
def another(database: Database, clerk: str = "林一苇") -> Iterator[Database]:
    """Lend a second PC's database over the same data."""
    other = Database(database.url, clerk)
    yield other
    other.close()


def read(database: Database) -> Settings:
    with database.read() as session:
        return load_settings(session)


def keep(database: Database, wanted: Settings, begun_with: Settings) -> None:
    with database.write("修改设置") as session:
        save_settings(session, wanted, begun_with)


def test_a_form_that_stood_open_writes_only_what_was_changed_in_it(database):
    form = read(database)
    with another(database) as other:
        keep(other, replace(read(other), capacity=9, local_rules={"C19": "回避"}), read(other))
    keep(database, replace(form, office_name="示例区司法局", local_rules={"C20": "提示"}), form)
    now = read(database)
    assert (now.capacity, now.office_name) == (9, "示例区司法局")
    assert now.local_rules == {"C19": "回避", "C20": "提示"}


@pytest.mark.parametrize(
    ("theirs", "mine", "field", "word"),
    [
        ({"capacity": 9}, {"capacity": 8}, "capacity", "9"),
        ({"letter_series": "示例荐"}, {"letter_series": "示例函"}, "letter_series", "示例荐"),
        ({"local_rules": {"C19": "回避"}}, {"local_rules": {"C19": "提示"}}, "local_rules.C19", "回避"),
        ({"formal_modes": ["外聘"]}, {"formal_modes": ["统筹"]}, "formal_modes", "外聘"),
        (
            {"service_thresholds": {"街道": 4}},
            {"service_thresholds": {"街道": 5}},
            "service_thresholds.街道",
            "4",
        ),
        ({"like_fields": ["甲、乙"]}, {"like_fields": ["丙、丁"]}, "like_fields", "甲、乙"),
    ],
)
def test_a_value_that_both_changed_is_refused_with_who_and_when(database, theirs, mine, field, word):
    form = read(database)
    with another(database) as other:
        keep(other, replace(form, **theirs), form)
    wanted = replace(form, pool_name="示例库", **mine)
    with pytest.raises(Conflict, match=rf"林一苇于 \d{{4}}-\d\d-\d\d \d\d:\d\d 改为“{word}”") as refused:
        keep(database, wanted, form)
    assert [p.field for p in refused.value.problems] == [field]
    assert value_of(read(database), field) == value_of(replace(form, **theirs), field)
    assert read(database).pool_name == form.pool_name, "the act keeps all or nothing"
    seen = rebased(form, read(database), [field])
    keep(database, wanted, seen)
    now = read(database)
    assert value_of(now, field) == value_of(wanted, field)
    assert now.pool_name == "示例库"


def test_what_does_not_work_together_is_refused_though_each_half_would(database):
    form = read(database)
    nothing = dict.fromkeys(["weight_load", "weight_experience", "weight_turn", "weight_rating"], 0)
    with another(database) as other:
        keep(other, replace(form, **nothing), form)
    with pytest.raises(Invalid, match="五项权重不能都为 0"):
        keep(database, replace(form, weight_match=0), form)


def test_the_wording_that_somebody_else_has_written_is_not_lost(database):
    with database.read() as session:
        shipped = wording(session, "催办函")
    with another(database) as other, other.write("修改催办函用语") as session:
        keep_wording(session, "催办函", f"{shipped}\n请按期反馈。", shipped)
    with pytest.raises(Conflict, match="催办函用语已由林一苇于"), database.write("修改催办函用语") as session:
        keep_wording(session, "催办函", f"{shipped}\n特此函告。", shipped)
    with database.read() as session:
        present = wording(session, "催办函")
    assert present.endswith("请按期反馈。")
    with database.write("修改催办函用语") as session:
        keep_wording(session, "催办函", f"{shipped}\n特此函告。", present)


def test_rules_of_jurisdiction_that_somebody_else_has_changed_are_not_lost(database):
    with database.read() as session:
        rules = court_rules(session)
    with another(database) as other, other.write("修改管辖规则") as session:
        save_court_rules(session, [*rules[:-1], replace(rules[-1], note="以新通知为准")], rules)
    with pytest.raises(Conflict, match="管辖规则已由林一苇于"), database.write("修改管辖规则") as session:
        save_court_rules(session, [*rules, replace(rules[0], note="另加一条")], rules)
    with database.read() as session:
        assert court_rules(session)[-1].note == "以新通知为准"


VALUES = st.fixed_dictionaries(
    {
        "capacity": st.integers(1, 3),
        "contact": st.sampled_from(["", "甲", "乙"]),
        "local_rules": st.dictionaries(st.sampled_from(["C19", "C20"]), st.sampled_from(["回避", "提示"])),
    }
).map(lambda values: Settings(**values))


@given(VALUES, VALUES, VALUES)
def test_putting_changes_together_loses_none(before, mine, theirs):
    merged, clashes = merge(before, mine, theirs)
    names = ["capacity", "contact", "local_rules.C19", "local_rules.C20"]
    for name in names:
        old, new, now = (value_of(side, name) for side in (before, mine, theirs))
        changed = {now} if new == old else {new} if now == old else {new, now}
        assert value_of(merged, name) in changed
        assert (name in clashes) == (len(changed) > 1)
    assert set(clashes) <= set(names)
    again, none = merge(rebased(before, theirs, clashes), mine, theirs)
    assert not none
    assert all(value_of(again, name) == value_of(mine, name) for name in clashes)


def test_every_setting_that_can_clash_has_a_name_on_the_screen():
    assert set(CAPTIONS) <= set(Settings.__dataclass_fields__)
