"""机构改革: an agency is renamed, merged, abolished; what was before stays under the name of then."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.agencies.acts.agencies import remove_agencies, save_agency
from db.agencies.acts.changes import end_agency, rename_agency, resume_agency
from db.agencies.queries.agencies import AgencyFilter, agency_choices, agency_draft, agency_keys, agency_rows
from db.agencies.queries.in_time import defendant_notes, end_note, history, names_of, ties
from db.agencies.rules.agencies import (
    AgencyDraft,
    AgencyEnd,
    EndDraft,
    Move,
    RenameDraft,
    Tie,
    agency_problems,
)
from db.cases.queries.cases import CaseFilter, View, case_keys, case_rows
from db.cases.queries.detail import case_detail
from db.catalogue.search import search
from db.coverage.queries.coverage import load_coverage
from db.errors import Invalid, UserError
from db.models.public_lawyer import (
    AgencyContract,
    Certificate,
    InternalAdviser,
    Posting,
    PublicLawyer,
    Sharing,
)
from db.services.acts.services import record_services
from db.services.queries.log import LogFilter, log_keys, log_rows
from db.services.rules.services import ServiceDraft
from db.setup import derived
from db.setup.check import check_all
from tests.conftest import TODAY
from tests.db.store.test_acts import enter_case

RENAMED = date(2026, 11, 20)
DAYS = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 11, 20))
PAPER = "柯委编〔2026〕8号"


def key_of(database, text):
    with database.read() as session:
        return agency_keys(session, AgencyFilter(text=text), TODAY)[0]


def version_of(database, key):
    with database.read() as session:
        return agency_draft(session, key).version


def rename(database, key, **changes):
    given = {
        "name": "示例综合行政执法指导局",
        "short_name": "区综合指导局",
        "from_on": RENAMED,
        "paper": PAPER,
        "version": version_of(database, key),
    }
    with database.write("更名") as session:
        rename_agency(session, key, RenameDraft(**(given | changes)), TODAY)


def end(database, key, **changes):
    given = {"ended_on": RENAMED, "paper": PAPER, "version": version_of(database, key)}
    with database.write("合并") as session:
        end_agency(session, key, EndDraft(**(given | changes)), TODAY)


def people_at(database, agency):
    """Enter one public lawyer, one lent to the agency, a staff adviser and a contract there."""
    with database.write("登记人员") as session:
        own, lent = (PublicLawyer(name=name, sort_key=name, licence=None) for name in ("毛青", "徐远"))
        session.add_all([own, lent])
        session.flush()
        session.add_all(
            [
                Posting(public_lawyer_id=own.id, agency_id=agency, post="法规科长", from_on=date(2024, 1, 1)),
                Certificate(public_lawyer_id=own.id, from_on=date(2024, 1, 1)),
                Sharing(
                    public_lawyer_id=lent.id,
                    agency_id=agency,
                    paper="柯司〔2026〕3号",
                    from_on=date(2026, 1, 1),
                    to_on=date(2027, 12, 31),
                ),
                InternalAdviser(agency_id=agency, name="严安", sort_key="yanan", from_on=date(2025, 1, 1)),
                AgencyContract(
                    agency_id=agency,
                    provider="示例双港律师事务所",
                    from_on=date(2026, 1, 1),
                    to_on=date(2026, 12, 31),
                ),
            ]
        )
        return own.id, lent.id


def test_a_renamed_agency_bears_its_old_name_until_the_day_before(database):
    case = enter_case(database)  # received 2026-11-12, before the renaming
    agency = key_of(database, "综合执法")
    with database.read() as session:
        old = names_of(session, [agency]).on(agency, None)
    rename(database, agency)
    with database.read() as session:
        names = names_of(session)
        assert names.short(agency, RENAMED - timedelta(days=1)) == old.short_name == "区综合执法局"
        assert names.short(agency, RENAMED) == "区综合指导局" == names.short(agency, TODAY)
        assert names.full(agency, date(2020, 1, 1)) == old.name
        assert case_rows(session, [case], TODAY)[case].defendants == "区综合执法局"
        assert agency_rows(session, [agency], TODAY)[agency].short_name == "区综合指导局"
        assert [(s.on, s.text, s.paper) for s in history(session, agency)] == [
            (RENAMED, "由区综合执法局更名为区综合指导局", PAPER)
        ]
    later = enter_case(
        database,
        number="(2026)浙0825行初 99号",
        filed_on=RENAMED,
        received_on=RENAMED + timedelta(days=2),
    )
    with database.read() as session:
        assert case_rows(session, [later], TODAY)[later].defendants == "区综合指导局"
        assert not derived.differences(session)


def test_search_finds_the_agency_and_its_cases_under_both_names(office):
    case, agency = enter_case(office), key_of(office, "综合执法")
    rename(office, agency)
    with office.read() as session:
        for typed in ("综合执法局", "quzonghezhifaju", "qzhzfj", "综合指导局", "qzhzdj"):
            hits = {(h.table, h.key) for h in search(session, typed)}
            assert ("agency", agency) in hits, typed
            assert case in case_keys(session, CaseFilter(View.ALL, text=typed), TODAY), typed
        hit = next(h for h in search(session, "综合执法局") if h.table == "agency")
        assert hit.title == "区综合指导局"
        assert "曾用名 区综合执法局" in hit.caption
        assert agency_keys(session, AgencyFilter(text="综合执法局"), TODAY) == [agency]


def test_a_second_renaming_keeps_all_three_names_and_must_be_later(office):
    agency = key_of(office, "综合执法")
    rename(office, agency, from_on=date(2026, 3, 1))
    with pytest.raises(Invalid, match="应晚于上次更名的日期 2026-03-01"):
        rename(office, agency, name="示例第三局", short_name="区第三局", from_on=date(2026, 2, 1))
    rename(office, agency, name="示例第三局", short_name="区第三局", from_on=date(2026, 9, 1))
    with office.read() as session:
        shorts = [
            names_of(session, [agency]).short(agency, day)
            for day in (
                date(2026, 2, 28),
                date(2026, 3, 1),
                date(2026, 8, 31),
                date(2026, 9, 1),
            )
        ]
    assert shorts == ["区综合执法局", "区综合指导局", "区综合指导局", "区第三局"]


def test_a_renaming_is_taken_back_and_done_again(office):
    case, agency = enter_case(office), key_of(office, "综合执法")
    rename(office, agency, from_on=date(2026, 11, 1))  # before the case came in
    with office.read() as session:
        assert case_rows(session, [case], TODAY)[case].defendants == "区综合指导局"
    office.undo()
    with office.read() as session:
        assert case_rows(session, [case], TODAY)[case].defendants == "区综合执法局"
        assert not search(session, "综合指导局")
        assert not derived.differences(session)
    office.redo()
    with office.read() as session:
        assert case_rows(session, [case], TODAY)[case].defendants == "区综合指导局"
    assert all(line.is_ok for line in check_all(office))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "请填写新的全称"),
        ({"from_on": TODAY + timedelta(days=1)}, "2026-11-25 还没有到"),
    ],
)
def test_a_renaming_that_cannot_be_is_refused_and_keeps_nothing(office, changes, said):
    agency = key_of(office, "综合执法")
    with pytest.raises(Invalid, match=said):
        rename(office, agency, **changes)
    with office.read() as session:
        assert not history(session, agency)


def test_a_merged_agency_is_there_until_the_day_before_with_its_people(office):
    agency, into = key_of(office, "综合执法"), key_of(office, "市场监管")
    own, lent = people_at(office, agency)
    with office.read() as session:
        rows = ties(session, agency, RENAMED, into)
    assert [(r.tie, r.who) for r in rows] == [
        (Tie.POSTING, "毛青"),
        (Tie.SHARING, "徐远"),
        (Tie.ADVISER, "严安"),
        (Tie.CONTRACT, "示例双港律师事务所"),
    ]
    moves = tuple(Move(r.tie, r.key, goes_on=r.tie is not Tie.CONTRACT) for r in rows)
    end(office, agency, successor_id=into, moves=moves)
    with office.read() as session:
        before, after = RENAMED - timedelta(days=1), RENAMED
        assert agency in {key for key, *_ in agency_choices(session, before)}
        assert agency not in {key for key, *_ in agency_choices(session, after)}
        old, new = session.scalars(select(Posting).order_by(Posting.id)).all()
        assert (old.agency_id, old.to_on) == (agency, before)
        assert (new.agency_id, new.from_on, new.to_on, new.post) == (into, after, None, "法规科长")
        gone, going = session.scalars(select(Sharing).order_by(Sharing.id)).all()
        assert (gone.agency_id, gone.ended_on, gone.end_reason) == (agency, after, PAPER)
        assert (going.agency_id, going.from_on, going.to_on) == (into, after, date(2027, 12, 31))
        advisers = session.scalars(select(InternalAdviser).order_by(InternalAdviser.id)).all()
        assert [(a.agency_id, a.from_on, a.to_on) for a in advisers] == [
            (agency, date(2025, 1, 1), before),
            (into, after, None),
        ]
        (contract,) = session.scalars(select(AgencyContract)).all()
        assert (contract.agency_id, contract.ended_on) == (agency, after)
        assert "并入区市场监管局" in end_note(session, agency)
        assert [step.text for step in history(session, into)] == ["区综合执法局并入"]
        assert {own, lent} == {p.public_lawyer_id for p in (new, going)}


def test_one_undo_takes_a_whole_merger_back(database):
    agency, into = key_of(database, "综合执法"), key_of(database, "市场监管")
    people_at(database, agency)
    with database.read() as session:
        moves = tuple(Move(r.tie, r.key, goes_on=True) for r in ties(session, agency, RENAMED, into))
    end(database, agency, successor_id=into, moves=moves)
    database.undo()
    with database.read() as session:
        assert end_note(session, agency) == ""
        assert [(p.agency_id, p.to_on) for p in session.scalars(select(Posting))] == [(agency, None)]
        assert [s.ended_on for s in session.scalars(select(Sharing))] == [None]
        assert len(ties(session, agency, TODAY)) == 4
    database.redo()
    with database.read() as session:
        assert len(ties(session, into, TODAY)) == 4
    assert all(line.is_ok for line in check_all(database))


def test_who_works_at_the_successor_already_is_not_bound_to_it_twice(office):
    agency, into = key_of(office, "综合执法"), key_of(office, "市场监管")
    own, _lent = people_at(office, agency)
    with office.write("统筹到承接单位") as session:
        session.add(Sharing(public_lawyer_id=own, agency_id=into, from_on=date(2026, 1, 1)))
    with office.read() as session:
        rows = ties(session, agency, RENAMED, into)
    end(office, agency, successor_id=into, moves=tuple(Move(r.tie, r.key, goes_on=True) for r in rows))
    with office.read() as session:
        own_at = [(r.tie, r.who) for r in ties(session, into, RENAMED) if r.who == "毛青"]
    assert own_at == [(Tie.POSTING, "毛青")]  # he works there now, so nobody lends him any more


def test_an_open_case_keeps_its_defendant_and_says_who_goes_on_行政诉讼法第二十六条第六款(office):
    case = enter_case(office)
    agency, into = key_of(office, "综合执法"), key_of(office, "市场监管")
    end(office, agency, successor_id=into)
    with office.read() as session:
        detail = case_detail(session, case, TODAY)
        assert detail.row.defendants == "区综合执法局"
        (note,) = detail.notes
        assert note.startswith("区综合执法局自 2026-11-20 起并入区市场监管局，由区市场监管局继续行使其职权")
        assert note.endswith("（行政诉讼法第二十六条第六款）")
        assert not defendant_notes(session, [agency], RENAMED - timedelta(days=1))


def test_an_agency_is_abolished_with_a_reason_and_comes_back_when_that_was_a_mistake(office):
    agency = key_of(office, "综合执法")
    people_at(office, agency)
    with pytest.raises(Invalid, match="请写明撤销的原因"):
        end(office, agency, kind=AgencyEnd.ABOLISHED)
    end(office, agency, kind=AgencyEnd.ABOLISHED, reason="职能划归各镇街")
    with office.read() as session:
        assert end_note(session, agency) == "区综合执法局自 2026-11-20 起不再存在（职能划归各镇街）"
        assert not ties(session, agency, RENAMED)
    with office.write("恢复") as session:
        resume_agency(session, agency, agency_draft(session, agency).version)
    with office.read() as session:
        assert agency in {key for key, *_ in agency_choices(session, TODAY)}


@pytest.mark.parametrize("whom", ["itself", "nobody", "one that is gone"])
def test_an_agency_goes_only_into_another_that_is_there(office, whom):
    agency, other = key_of(office, "综合执法"), key_of(office, "市场监管")
    if whom == "one that is gone":
        end(office, other, kind=AgencyEnd.ABOLISHED, reason="示例", ended_on=date(2026, 6, 1))
    successor = {"itself": agency, "nobody": None, "one that is gone": other}[whom]
    with pytest.raises(Invalid) as refused:
        end(office, agency, successor_id=successor)
    assert [p.field for p in refused.value.problems] == ["successor_id"]


def test_a_new_agency_is_there_from_its_first_day(office):
    with office.write("新增单位") as session:
        draft = AgencyDraft(name="示例数据局", short_name="区数据局", founded_on=RENAMED)
        key = save_agency(session, draft, TODAY)
    with office.read() as session:
        assert key not in {k for k, *_ in agency_choices(session, RENAMED - timedelta(days=1))}
        assert key in {k for k, *_ in agency_choices(session, RENAMED)}


def test_agencies_without_a_filed_liaison_officer_are_listed(database):
    agency = key_of(database, "综合执法")
    wanted = AgencyFilter(without_liaison=True)
    with database.read() as session:
        assert len(agency_keys(session, wanted, TODAY)) == 49
        draft = agency_draft(session, agency)
    filed = replace(
        draft,
        contact="叶宁",
        liaison_post="法规科科员",
        phone="13800002222",
        liaison_filed_on=date(2026, 3, 2),
        staff_count=120,
        qualified_count=9,
        field="城市管理",
    )
    with database.write("修改单位") as session:
        save_agency(session, filed, TODAY, agency)
    with database.read() as session:
        assert agency not in agency_keys(session, wanted, TODAY)
        assert replace(agency_draft(session, agency), version=0) == replace(filed, version=0)


def test_what_is_wrong_with_an_agency_is_said_at_the_field():
    draft = AgencyDraft(
        name="示例局", staff_count=5, qualified_count=9, liaison_filed_on=TODAY + timedelta(days=3)
    )
    said = {p.field: p.text for p in agency_problems(draft, TODAY)}
    assert said == {
        "qualified_count": "不应多于在编人数 5，现为 9。",
        "liaison_filed_on": "报备日期 2026-11-27 还没有到，请核对。",
        "contact": "填了报备日期，请填写报备的联络员是谁。",
    }


def test_coverage_of_an_earlier_day_shows_the_agency_as_it_was_and_its_people_after_the_merger(office):
    """Acceptance: renaming or merging keeps an agency's history under the old name before that date."""
    agency, into = key_of(office, "综合执法"), key_of(office, "市场监管")
    people_at(office, agency)
    with office.write("履职") as session:
        record_services(
            session,
            [ServiceDraft(on_date=date(2026, 6, 1), agency_id=agency, matter="审查", person="毛青")],
            TODAY,
        )
    rename(office, agency, from_on=date(2026, 9, 1))
    with office.read() as session:
        moves = tuple(Move(t.tie, t.key, goes_on=True) for t in ties(session, agency, RENAMED, into))
    end(office, agency, successor_id=into, moves=moves)
    with office.read() as session:
        coverage = load_coverage(session, TODAY)
    shown = {day: {row.key: row for row in coverage.on(day).rows} for day in DAYS}
    old, renamed, merged = DAYS
    assert shown[old][agency].short_name == "区综合执法局"
    assert shown[renamed][agency].short_name == "区综合指导局"
    assert shown[renamed][agency].counted == 1
    assert names_in(shown[renamed][agency]) == ["毛青", "严安", "示例双港律师事务所"]
    assert names_in(shown[renamed][into]) == []
    assert agency not in shown[merged]
    assert names_in(shown[merged][into]) == ["毛青", "严安", "示例双港律师事务所"]
    with office.read() as session:
        keys = log_keys(session, LogFilter(agency_id=agency))
        (line,) = log_rows(session, keys).values()
    assert line.agency == "区综合执法局"  # its name of that day


def names_in(row):
    """Return who serves an agency in one line of coverage."""
    return [one.name for one in (*row.own, *row.internal, *row.external)]


def test_an_agency_with_people_is_merged_or_ended_not_thrown_away(office):
    agency = key_of(office, "综合执法")
    people_at(office, agency)
    with (
        pytest.raises(UserError, match="公职律师任职 1 项.*请改用“撤并”"),
        office.write("移入回收站") as session,
    ):
        remove_agencies(session, [agency], TODAY)
    with office.write("移入回收站") as session:
        remove_agencies(session, [key_of(office, "市场监管")], TODAY)


def test_check_finds_who_is_bound_to_an_agency_that_is_gone(office):
    agency = key_of(office, "综合执法")
    end(office, agency, kind=AgencyEnd.ABOLISHED, reason="示例")
    assert all(line.is_ok for line in check_all(office))
    people_at(office, agency)
    found = next(line for line in check_all(office) if line.what == "单位沿革")
    assert (
        found.found
        == "区综合执法局 2026-11-20 起已不存在，仍有公职律师任职 1 项、统筹共享 1 项、内部法律顾问 1 项、外聘合同 1 项"
    )
