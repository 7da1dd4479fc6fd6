"""The registry of public lawyers, on both engines: entered, decoded, moved, ended, and never in the pool as well."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select

from db.assignment.acts.assignments import assign
from db.assignment.queries.candidates import candidates
from db.assignment.queries.standing_conflicts import standing_conflicts
from db.assignment.rules.assignments import AssignmentDraft, Choice
from db.cases.acts.cases import save_case
from db.catalogue.reports import PUBLIC_LAWYERS, Parameters, make
from db.catalogue.search import search
from db.coverage.queries.coverage import load_coverage
from db.documents.model import Table
from db.errors import Conflict, Invalid, Severity
from db.formats.numbers import mask_licence
from db.models.agency import Agency
from db.models.case import Party
from db.office.queries.history import recent_acts, recycle_bin
from db.registry.acts.advisers import end_contract, save_contract
from db.registry.acts.public_lawyers import (
    end_certificate,
    issue_certificate,
    record_year,
    remove_public_lawyers,
    restore_public_lawyer,
    reveal_public_lawyer,
    save_public_lawyer,
    transfer,
)
from db.registry.queries.public_lawyers import (
    PublicLawyerFilter,
    public_lawyer_detail,
    public_lawyer_draft,
    public_lawyer_rows,
    public_lawyers,
)
from db.registry.rules.advisers import AgencyContractDraft
from db.registry.rules.public_lawyers import (
    CertificateDraft,
    CertificateEndDraft,
    CertificateIssueDraft,
    CertificateState,
    PostingDraft,
    PublicLawyerDraft,
    TransferDraft,
    YearDraft,
    YearResultDraft,
    public_lawyer_problems,
    state_on,
)
from db.registry.rules.sharing import EndDraft
from db.roster.acts.lawyers import remove_lawyers, restore_lawyer, save_lawyer
from db.roster.queries.roster import standings
from db.roster.sheets.imported import ROSTER
from db.services.acts.services import record_services
from db.services.rules.services import ServiceDraft
from db.setup import derived
from db.words.assignment import Role
from db.words.case import Side
from db.words.public_lawyer import AnnualResult, CertificateEnd
from db.words.service import ServiceKind
from tests.conftest import TODAY, a_lawyer
from tests.db.store.test_acts import a_case
from tests.sheets import licence, messy_roster

LICENCE = "13308202160123456"
ID_NUMBER = "11010519491231002X"


def agency(database, name: str) -> int:
    with database.read() as session:
        return session.scalars(select(Agency.id).where(Agency.short_name == name)).one()


def a_public_lawyer(agency_id: int | None, **changes) -> PublicLawyerDraft:
    given = {
        "name": "苏望舒",
        "sex": "男",
        "licence": LICENCE,
        "phone": "13800001111",
        "qualification": "A20123308020001（示例）",
        "postings": (
            PostingDraft(agency_id=agency_id, department="法规科", post="科长", from_on=date(2020, 1, 1)),
        ),
        "certificates": (
            CertificateDraft(from_on=date(2021, 3, 1), to_on=date(2027, 2, 28), issuer="浙江省司法厅"),
        ),
    }
    return PublicLawyerDraft(**given | changes)


def enter(database, draft: PublicLawyerDraft) -> int:
    with database.write(f"新增公职律师 {draft.name}") as session:
        return save_public_lawyer(session, draft, TODAY)


def texts(problems, field: str) -> str:
    return "".join(p.text for p in problems if p.field == field)


def test_a_public_lawyer_is_entered_found_and_read_back(database):
    finance = agency(database, "区财政局")
    draft = a_public_lawyer(finance, specialities=("政府采购", "国有资产"), id_number=ID_NUMBER)
    key = enter(database, draft)
    with database.read() as session:
        row = public_lawyers(session, TODAY)[0]
        assert (row.name, row.agency, row.post, row.licence) == ("苏望舒", "区财政局", "科长", LICENCE)
        assert row.state is CertificateState.VALID
        assert row.is_in_force
        read = public_lawyer_draft(session, key)
        assert replace(read, version=0) == draft
        for typed in ("苏望舒", "sws", "suwang", LICENCE[-6:]):
            hit = search(session, typed)[0]
            assert (hit.table, hit.key, hit.caption) == ("public_lawyer", key, "区财政局")
        assert derived.differences(session) == []
        detail = public_lawyer_detail(session, key, TODAY)
        assert [p.agency for p in detail.postings] == ["区财政局"]
        assert [act.label for act in detail.acts] == ["新增公职律师 苏望舒"]


def test_the_number_is_decoded_and_another_category_is_named():
    wrong = public_lawyer_problems(a_public_lawyer(1, licence="13308201510123456"), TODAY)
    assert "第 10 位为 1，表示专职律师，公职律师证应为 6" in texts(wrong, "licence")
    assert [p.severity for p in wrong] == [Severity.WARNING]
    short = public_lawyer_problems(a_public_lawyer(1, licence="1330820"), TODAY)
    assert texts(short, "licence") == "公职律师证号应为 17 位数字，现为 7 位。"
    checked = public_lawyer_problems(a_public_lawyer(1, id_number="110105194912310021"), TODAY)
    assert "末位校验码" in texts(checked, "id_number")


def test_a_number_without_a_time_is_said_at_saving_and_named_in_the_list(database):
    bare = a_public_lawyer(agency(database, "区财政局"), certificates=())
    assert "没有登记有效期" in texts(public_lawyer_problems(bare, TODAY), "certificates")
    assert not texts(public_lawyer_problems(replace(bare, licence=""), TODAY), "certificates")
    key = enter(database, bare)
    with database.read() as session:
        assert public_lawyer_rows(session, [key], TODAY)[key].state_text == "待核"


def test_times_that_meet_are_refused_at_their_lines():
    draft = a_public_lawyer(
        1,
        postings=(
            PostingDraft(agency_id=1, from_on=date(2020, 1, 1)),
            PostingDraft(agency_id=2, from_on=date(2024, 1, 1), to_on=date(2023, 1, 1)),
            PostingDraft(agency_id=None, from_on=date(2025, 1, 1)),
        ),
        certificates=(
            CertificateDraft(from_on=date(2024, 1, 1), to_on=date(2026, 12, 31)),
            CertificateDraft(from_on=date(2020, 1, 1), to_on=date(2024, 1, 1)),
            CertificateDraft(from_on=date(2027, 1, 1), end_kind=CertificateEnd.WITHDRAWN),
        ),
        years=(YearDraft(2024), YearDraft(2024), YearDraft(2027)),
    )
    found = public_lawyer_problems(draft, TODAY)
    assert "应不早于起始日期" in texts(found, "postings.1.to_on")
    assert "请从列表选择单位" in texts(found, "postings.2.agency_id")
    assert "重叠" in texts(found, "postings.2.from_on")
    assert "重叠" in texts(found, "certificates.0.from_on")  # the later one, though it stands first
    assert texts(found, "certificates.2.ended_on") == "已选收回，请填写终止日期。"
    assert "填写了 2 次" in texts(found, "years.0.year")
    assert "2002 至 2026" in texts(found, "years.2.year")
    assert "请选择所在单位" in texts(
        public_lawyer_problems(PublicLawyerDraft(name="某"), TODAY), "postings.0.agency_id"
    )


def test_where_one_stands_on_any_day():
    held = [
        CertificateDraft(from_on=date(2020, 1, 1), to_on=date(2022, 12, 31)),
        CertificateDraft(
            from_on=date(2024, 1, 1),
            to_on=date(2026, 12, 31),
            ended_on=date(2026, 6, 1),
            end_kind=CertificateEnd.LEFT,
        ),
    ]
    works = [PostingDraft(agency_id=1, from_on=date(2019, 1, 1), to_on=date(2025, 12, 31))]
    wanted = {
        date(2019, 12, 31): CertificateState.COMING,
        date(2020, 1, 1): CertificateState.VALID,
        date(2022, 12, 15): CertificateState.SOON,
        date(2023, 1, 1): CertificateState.EXPIRED,
        date(2024, 1, 1): CertificateState.VALID,
        date(2026, 5, 31): CertificateState.AWAY,
        date(2026, 6, 1): CertificateState.ENDED,
    }
    assert {day: state_on(held, works, day) for day in wanted} == wanted


def test_a_transfer_ends_the_old_posting_the_day_before(database):
    finance, justice = agency(database, "区财政局"), agency(database, "区司法局")
    key = enter(database, a_public_lawyer(finance))
    move = TransferDraft(key, justice, "复议科", "科员", date(2026, 9, 1), version=1)
    with database.read() as session:
        version = public_lawyer_draft(session, key).version
    with database.write("调动") as session:
        transfer(session, replace(move, version=version))
    with database.read() as session:
        assert public_lawyers(session, date(2026, 8, 31))[0].agency == "区财政局"
        assert public_lawyers(session, date(2026, 9, 1))[0].agency == "区司法局"
        last = public_lawyer_draft(session, key)
        assert last.postings[0].to_on == date(2026, 8, 31)
    with pytest.raises(Conflict), database.write("调动") as session:
        transfer(session, replace(move, on=date(2026, 10, 1), version=version))
    with pytest.raises(Invalid, match="已在区司法局任职"), database.write("调动") as session:
        transfer(session, replace(move, on=date(2026, 10, 1), version=last.version))
    with pytest.raises(Invalid, match="已登记自 2026-09-01 起的任职"), database.write("调动") as session:
        transfer(session, replace(move, agency_id=finance, on=date(2026, 8, 1), version=last.version))
        said = public_lawyer_detail(session, key, TODAY)
        (moved,) = said.changes.values()
        assert moved == (
            "任职：区财政局 法规科 科长 2020-01-01 → 区财政局 法规科 科长 2020-01-01 至 2026-08-31；区司法局 复议科 科员 2026-09-01",
        )
    database.undo()
    with database.read() as session:
        assert public_lawyers(session, TODAY)[0].agency == "区财政局"


def test_a_certificate_is_renewed_and_ended_with_a_reason(database):
    key = enter(database, a_public_lawyer(agency(database, "区财政局")))

    def version() -> int:
        with database.read() as session:
            return public_lawyer_draft(session, key).version

    renewed = CertificateIssueDraft(key, date(2027, 2, 28), date(2030, 2, 28), "浙江省司法厅")
    with pytest.raises(Invalid, match="重叠"), database.write("续期") as session:
        issue_certificate(session, replace(renewed, version=version()), TODAY)
    with database.write("续期") as session:
        issue_certificate(session, replace(renewed, from_on=date(2027, 3, 1), version=version()), TODAY)
    with database.read() as session:
        row = public_lawyers(session, date(2027, 2, 20))[0]
        assert (row.state, row.valid_to) == (
            CertificateState.VALID,
            date(2027, 2, 28),
        )  # renewed without a gap
        assert row.days_left == (date(2030, 2, 28) - date(2027, 2, 20)).days
    ending = CertificateEndDraft(key, CertificateEnd.WITHDRAWN, date(2026, 11, 20), "")
    with pytest.raises(Invalid, match="请写明原因"), database.write("收回") as session:
        end_certificate(session, replace(ending, version=version()))
    with pytest.raises(Invalid, match="没有有效的公职律师证"), database.write("收回") as session:
        end_certificate(session, replace(ending, on=date(2020, 1, 1), reason="错", version=version()))
    with database.write("收回") as session:
        end_certificate(session, replace(ending, reason="连续两年不称职（示例）", version=version()))
    with database.read() as session:
        before, after = (public_lawyers(session, day)[0] for day in (date(2026, 11, 19), date(2026, 11, 20)))
        assert (before.state, after.state) == (CertificateState.SOON, CertificateState.ENDED)
        assert after.state_text == "收回"
        assert public_lawyers(session, date(2027, 4, 1))[0].state_text == "收回"  # what was to come ended too


def test_two_years_of_failure_ask_for_the_certificate(database):
    key = enter(
        database,
        a_public_lawyer(agency(database, "区财政局"), years=(YearDraft(2024, AnnualResult.INCOMPETENT),)),
    )
    with database.read() as session:
        draft = public_lawyer_draft(session, key)
    result = YearResultDraft(key, 2025, AnnualResult.INCOMPETENT, version=draft.version)
    with database.write("年度考核") as session:
        assert record_year(session, result, TODAY)
    with database.read() as session:
        row = public_lawyers(session, TODAY)[0]
        assert (row.result, row.is_to_be_withdrawn) == ("2025 不称职", True)
        found = public_lawyer_problems(public_lawyer_draft(session, key), TODAY)
        assert "2024、2025 连续两年不称职，应报请收回公职律师证" in texts(found, "years.0.result")
    database.undo()
    with database.read() as session:
        assert not public_lawyers(session, TODAY)[0].is_to_be_withdrawn


def test_the_list_is_filtered_and_needs_no_more_queries_with_more_people(database):
    finance, justice = agency(database, "区财政局"), agency(database, "区司法局")
    enter(database, a_public_lawyer(finance))
    over = (CertificateDraft(from_on=date(2020, 1, 1), to_on=date(2026, 11, 1)),)
    enter(
        database,
        a_public_lawyer(justice, name="顾临溪", licence="13308202061000002", phone="", certificates=over),
    )

    def count() -> int:
        said = []
        with database.read() as session:
            hook = lambda *a: said.append(a[2])  # noqa: E731 - removed again two lines below
            event.listen(database.engine, "before_cursor_execute", hook)
            public_lawyers(session, TODAY)
            event.remove(database.engine, "before_cursor_execute", hook)
        return len(said)

    with database.read() as session:

        def names(**wanted) -> list[str]:
            return [r.name for r in public_lawyers(session, TODAY, PublicLawyerFilter(**wanted))]

        assert names() == ["顾临溪", "苏望舒"]
        assert names(agency_id=finance) == ["苏望舒"]
        assert names(states=frozenset({CertificateState.EXPIRED})) == ["顾临溪"]
        assert names(expiring_only=True) == ["顾临溪"]
        assert names(lendable_only=True) == ["苏望舒"]
        assert names(text="glx") == ["顾临溪"]
    two = count()
    for at in range(6):
        enter(
            database, a_public_lawyer(finance, name=f"示例{at}", licence=f"133082021600001{at:02d}", phone="")
        )
    assert count() == two


def test_the_twelve_months_are_those_of_coverage_also_over_a_leap_day(database):
    finance = agency(database, "区财政局")
    key = enter(database, a_public_lawyer(finance))
    with database.write("登记履职") as session:
        for day in (date(2023, 11, 26), date(2023, 11, 27), date(2024, 11, 26), date(2024, 11, 27)):
            record_services(
                session,
                [
                    ServiceDraft(
                        ServiceKind.OPINION, day, public_lawyer_id=key, agency_id=finance, matter="示例"
                    )
                ],
                TODAY,
            )
    day = date(2024, 11, 26)
    with database.read() as session:
        assert public_lawyers(session, day)[0].services == 2
        row = load_coverage(session, TODAY).on(day).row(finance)
    assert row.total == 2


def test_nobody_is_in_the_pool_and_in_the_registry_at_once(database):
    with database.write("新增顾问") as session:
        save_lawyer(session, a_lawyer(name="汪晓棠", id_number=ID_NUMBER, phone="13800002211"), TODAY)
    finance = agency(database, "区财政局")
    with pytest.raises(Invalid, match="律师法第十一条第一款") as refused:
        enter(database, a_public_lawyer(finance, id_number=ID_NUMBER, sex=""))
    assert [p.field for p in refused.value.problems] == ["id_number"]
    key = enter(database, a_public_lawyer(finance, name="汪晓棠", phone="13800002211"))  # only warned of
    with database.read() as session:
        assert any("姓名、电话都相同" in text for text in public_lawyer_detail(session, key, TODAY).warnings)
    enter(
        database,
        a_public_lawyer(
            finance, licence="13308202061000002", name="顾临溪", id_number="440524188001010014", phone=""
        ),
    )
    with (
        pytest.raises(Invalid, match="不能聘入顾问库") as refused,
        database.write("新增顾问") as session,
    ):
        save_lawyer(
            session,
            a_lawyer(name="顾临溪", licence="13308201510999999", id_number="440524188001010014", sex=""),
            TODAY,
        )
    assert [p.field for p in refused.value.problems] == ["id_number"]


def test_a_roster_with_a_public_lawyer_in_it_comes_in_but_for_his_row(office, tmp_path):
    enter(office, a_public_lawyer(agency(office, "区财政局"), licence=licence(0), sex=""))
    plan = ROSTER.examine(office, messy_roster(tmp_path / "名册.xlsx"), None, TODAY)
    (said,) = (p.sentence() for p in plan.problems if "公职律师" in p.sentence())
    assert "与已登记的区财政局的公职律师苏望舒证号相同" in said
    ROSTER.carry_out(office, plan, TODAY)
    with office.read() as session:
        assert len(standings(session, TODAY)) == 14


def test_who_has_left_public_service_may_join_the_pool(database):
    left = CertificateDraft(
        from_on=date(2018, 1, 1), to_on=None, ended_on=date(2023, 1, 1), end_kind=CertificateEnd.LEFT
    )
    enter(database, a_public_lawyer(agency(database, "区财政局"), id_number=ID_NUMBER, certificates=(left,)))
    with database.write("新增顾问") as session:
        assert save_lawyer(session, a_lawyer(id_number=ID_NUMBER), TODAY)


def test_a_public_lawyer_is_barred_where_the_pool_is_assigned_from(database):
    """The one was in the pool first, without an id number; it is added to the registry's entry later."""
    finance = agency(database, "区财政局")
    with database.write("新增顾问") as session:
        lawyer = save_lawyer(session, a_lawyer(name="汪晓棠", phone="13800002211"), TODAY)
        case = save_case(session, a_case(finance), TODAY)
    key = enter(database, a_public_lawyer(finance, name="汪晓棠", phone="13800002211"))
    with database.read() as session:
        party = session.scalars(select(Party.id).where(Party.side == Side.DEFENDANT)).one()
        found = candidates(session, case, party, TODAY)[0].findings
        assert [(f.rule, f.severity.value) for f in found if f.rule == "C14"] == [("C14", "提示")]
    with database.write("移入回收站") as session:
        remove_public_lawyers(session, [key], TODAY)
    with database.read() as session:
        assert not [f for f in candidates(session, case, party, TODAY)[0].findings if f.rule == "C14"]
        assert [line.kind for line in recycle_bin(session)] == ["公职律师"]
    assert lawyer


def test_a_contract_of_an_agency_bars_a_lawyer_who_turns_against_it(database):
    """C18 by the agency's own record: nobody had to declare it; the running assignment is marked, and freed again."""
    finance = agency(database, "区财政局")
    with database.write("新增顾问") as session:
        save_lawyer(session, a_lawyer(name="汪晓棠", firm="示例水亭律师事务所"), TODAY)
        against = a_case(finance)
        plaintiff = against.parties[0]
        agent = replace(plaintiff.agents[0], firm_name="示例水亭律师事务所")
        rival = replace(against, parties=(replace(plaintiff, agents=(agent,)), against.parties[1]))
        save_case(session, rival, TODAY)
        other = save_case(
            session,
            a_case(
                finance,
                number="(2026)浙0825行初88号",
                parties=(replace(plaintiff, name="吴桂香", agents=()), against.parties[1]),
            ),
            TODAY,
        )
    contract = AgencyContractDraft(
        finance,
        "示例合〔2026〕1号",
        "示例水亭律所",
        "汪晓棠",
        None,
        "常年法律顾问",
        30000.0,
        date(2026, 1, 1),
        date(2027, 12, 31),
    )

    def rules() -> set[str]:
        with database.read() as session:
            party = session.scalars(
                select(Party.id).where(Party.case_id == other, Party.side == Side.DEFENDANT)
            ).one()
            return {f.rule for f in candidates(session, other, party, TODAY)[0].findings}

    assert "C18" not in rules()
    with database.write("登记合同") as session:
        key = save_contract(session, contract, TODAY)
    assert "C18" in rules()
    with database.write("终止合同") as session:
        end_contract(session, key, EndDraft(date(2026, 6, 1), "协商解除（示例）", version=1))
    assert "C18" not in rules()


def test_a_running_assignment_is_marked_when_the_lawyer_turns_out_to_be_a_public_lawyer(database):
    finance = agency(database, "区财政局")
    with database.write("新增顾问") as session:
        lawyer = save_lawyer(session, a_lawyer(name="汪晓棠", firm="示例水亭律师事务所"), TODAY)
        case = save_case(session, a_case(finance), TODAY)
    with database.write("分派") as session:
        party = session.scalars(select(Party.id).where(Party.side == Side.DEFENDANT)).one()
        assign(
            session,
            AssignmentDraft(
                case, party, (Choice(lawyer, Role.LEAD),), assigned_on=TODAY, reason="熟悉", version=1
            ),
            TODAY,
        )
    with database.write("解聘") as session:  # the term is over, the case still runs
        from db.models.appointment import Appointment

        session.scalars(select(Appointment)).one().to_on = TODAY - timedelta(days=1)
    draft = a_public_lawyer(finance, name="汪晓棠", licence=a_lawyer().licence, sex="")
    enter(database, draft)
    with database.read() as session:
        marks = [c for c in standing_conflicts(session) if c.rule == "C14"]
        assert "已登记为区财政局公职律师" in marks[0].sentence
    database.undo()
    with database.read() as session:
        assert not [c for c in standing_conflicts(session) if c.rule == "C14"]


def test_removed_restored_and_shown_in_full(database):
    key = enter(database, a_public_lawyer(agency(database, "区财政局"), id_number=ID_NUMBER))
    with database.write("移入回收站") as session:
        remove_public_lawyers(session, [key], TODAY)
    with database.write("新增顾问") as session:
        save_lawyer(session, a_lawyer(id_number=ID_NUMBER), TODAY)
    with pytest.raises(Invalid, match="请先解聘出库"), database.write("恢复") as session:
        restore_public_lawyer(session, key)
    with database.read() as session:
        (lawyer,) = (row.key for row in standings(session, TODAY))
    with database.write("移入回收站") as session:
        remove_lawyers(session, [lawyer])
    with database.write("恢复") as session:
        restore_public_lawyer(session, key)
    with pytest.raises(Invalid, match="不能聘入顾问库"), database.write("恢复") as session:
        restore_lawyer(session, lawyer)
    with database.write("显示 苏望舒 的身份证号", undoable=False) as session:
        assert reveal_public_lawyer(session, key, "id_number") == ID_NUMBER
    with database.read() as session:
        assert public_lawyers(session, TODAY)[0].name == "苏望舒"
        assert recent_acts(session)[0].label == "显示 苏望舒 的身份证号"


def test_who_was_entered_anew_meanwhile_does_not_come_back_beside_himself(database):
    finance = agency(database, "区财政局")
    first = enter(database, a_public_lawyer(finance, licence="", id_number=ID_NUMBER))
    second = enter(database, a_public_lawyer(finance, name="顾临溪", phone=""))
    with database.write("移入回收站") as session:
        remove_public_lawyers(session, [first, second], TODAY)
    enter(database, a_public_lawyer(finance, id_number=ID_NUMBER))
    for key, said in (
        (first, "该身份证号已登记在公职律师“苏望舒”名下"),
        (second, "该证号已登记在公职律师“苏望舒”名下"),
    ):
        with pytest.raises(Invalid, match=said), database.write("恢复") as session:
            restore_public_lawyer(session, key)
    with database.read() as session:
        assert [row.name for row in public_lawyers(session, TODAY)] == ["苏望舒"]


def test_the_roll_is_printed_with_numbers_masked(database):
    enter(database, a_public_lawyer(agency(database, "区财政局"), years=(YearDraft(2025),)))
    wanted = Parameters(from_on=date(2026, 1, 1), to_on=TODAY, today=TODAY, maker="沈青禾")
    (paper,) = make(database, PUBLIC_LAWYERS, wanted)
    table = next(block for block in paper.blocks if isinstance(block, Table))
    assert table.rows[0][1:9] == (
        "苏望舒",
        "男",
        "区财政局",
        "法规科 科长",
        mask_licence(LICENCE),
        date(2027, 2, 28),
        "",
        "138****1111",
    )
    assert "持有效公职律师证 1 人，分布在 1 个单位" in table.notes[0]
