"""One definition of each figure: whoever prints how cases ended says the same number, by the office's own settings."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from sqlalchemy import select

import main
from db.assignment.papers.assignments import ASSIGNMENTS
from db.cases.acts.cases import record_result
from db.cases.acts.chains import link_previous
from db.cases.papers.disputes import DISPUTES
from db.cases.queries.disputes import dispute_statistics, disputes
from db.cases.rules.cases import PartyDraft, ResultDraft
from db.catalogue.reports import make
from db.documents.parameters import Parameters
from db.law.disputes import Standing
from db.law.outcomes import LostPolicy
from db.models.assignment import Assignment
from db.models.case import Case, Event, Party
from db.models.lawyer import Lawyer
from db.office.acts.settings import save_settings
from db.office.queries.settings import load_settings
from db.performance.queries.figures import year_record
from db.roster.acts.lawyers import save_lawyer
from db.words.assignment import EndKind, Mandate, Role
from db.words.case import (
    DefendantRole,
    Denominator,
    EventKind,
    LossCause,
    Outcome,
    PartyKind,
    Procedure,
    Side,
)
from tests.conftest import TODAY, a_lawyer
from tests.db.cases.test_case_record import agency, detail, do, enter, step
from tests.db.setup.test_command_line import run
from tests.db.store.test_acts import assign_all

YEAR = Parameters(date(2026, 1, 1), date(2026, 12, 31), TODAY)


def columns(office, wanted=YEAR):
    """Return the sums of 驳回, 撤诉调解, 败诉, 其他 in the first table of 案件分派情况报表."""
    (report,) = make(office, ASSIGNMENTS, wanted)
    table = report.tables[0]
    titles = [c.title for c in table.columns]
    at = [titles.index(title) for title in ("驳回", "撤诉调解", "败诉", "其他")]
    return tuple(sum(row[n] for row in table.rows) for n in at)


def year_results(office, lawyer, year=2026):
    with office.read() as session:
        record = year_record(session, lawyer, year, TODAY)
    return tuple(record.figure(f"result:{word}").count for word in ("驳回", "撤诉调解", "败诉", "其他"))


def served(office, outcome, **changes):
    """Enter a case with a lawyer and close it with a result; return the case and the lawyer."""
    key = enter(office, **changes)
    lawyer = do(office, save_lawyer, a_lawyer(), TODAY)
    assign_all(office, key, lawyer)
    step(office, key, EventKind.CLOSED, TODAY, outcome=outcome)
    return key, lawyer


@pytest.mark.parametrize(
    ("outcome", "switch", "off", "on"),
    [
        (Outcome.CONTRACT_INDEMNITY, "lost_indemnity", (0, 0, 0, 1), (0, 0, 1, 0)),
        (Outcome.UNLAWFUL_MINOR, "lost_minor_defect", (0, 0, 0, 1), (0, 0, 1, 0)),
    ],
)
def test_what_the_office_counts_as_lost_reaches_every_paper(office, outcome, switch, off, on):
    _, lawyer = served(office, outcome)
    for value, expected in ((False, off), (True, on)):
        with office.read() as session:
            settings = load_settings(session)
        do(office, save_settings, replace(settings, **{switch: value}), settings)
        assert columns(office) == year_results(office, lawyer) == expected


def test_the_loss_goes_to_who_took_over_and_not_to_who_was_replaced(office):
    key = enter(office)
    first = do(office, save_lawyer, a_lawyer(), TODAY)
    second = do(
        office, save_lawyer, a_lawyer(name="林知遥", licence="13308201510123457", phone="13800001112"), TODAY
    )
    assign_all(office, key, first)
    with office.write("更换") as session:
        assignment = session.scalars(select(Assignment)).one()
        assignment.ended_on, assignment.end_kind = TODAY, EndKind.REPLACED
    assign_all(office, key, second)
    step(office, key, EventKind.CLOSED, TODAY, outcome=Outcome.REVOKED)
    assert columns(office) == (0, 0, 1, 1)
    assert year_results(office, first) == (0, 0, 0, 0)
    assert year_results(office, second) == (0, 0, 1, 0)


def test_a_loss_that_the_second_instance_upheld_is_a_loss(office):
    first = enter(
        office, number="（2025）浙0825行初9号", filed_on=date(2025, 3, 3), received_on=date(2025, 3, 5)
    )
    step(office, first, EventKind.CLOSED, date(2025, 9, 1), outcome=Outcome.REVOKED)
    second, lawyer = served(
        office, Outcome.UPHELD_ON_APPEAL, number="（2026）浙08行终3号", procedure=Procedure.SECOND_INSTANCE
    )
    do(office, link_previous, second, first, detail(office, second).version)
    assert columns(office) == year_results(office, lawyer) == (0, 0, 1, 0)


def test_a_revoked_decision_on_reconsideration_is_lost_by_the_reviewer_alone_适用解释第一百三十六条(office):
    parties = (
        PartyDraft(Side.PLAINTIFF, "周建国"),
        PartyDraft(
            Side.DEFENDANT,
            kind=PartyKind.AGENCY,
            agency_id=agency(office, "综合执法"),
            role=DefendantRole.ORIGINAL,
        ),
        PartyDraft(
            Side.DEFENDANT,
            kind=PartyKind.AGENCY,
            agency_id=agency(office, "柯城区政府"),
            role=DefendantRole.REVIEWER,
        ),
    )
    _, lawyer = served(
        office, Outcome.REVIEW_REVOKED, parties=parties
    )  # for the first one, the original agency
    assert columns(office) == year_results(office, lawyer) == (1, 0, 0, 0)


@pytest.mark.parametrize("appeal", [EventKind.APPEALED, EventKind.RECEIVED_APPEAL])
def test_what_is_appealed_is_not_final_though_the_second_instance_is_not_registered_yet(database, appeal):
    key = enter(database)
    step(database, key, EventKind.JUDGMENT_SERVED, date(2026, 11, 10))
    step(database, key, EventKind.CLOSED, date(2026, 11, 12), outcome=Outcome.REVOKED)

    def standing():
        with database.read() as session:
            made = dispute_statistics(session, YEAR.from_on, YEAR.to_on)
            return disputes(session)[0].standing, len(made.counted)

    assert standing() == (Standing.LOST, 1)
    step(database, key, appeal, date(2026, 11, 20))
    assert standing() == (Standing.OPEN, 0)
    version = detail(database, key).version  # the appeal was withdrawn before it came to anything
    do(
        database,
        record_result,
        key,
        ResultDraft(Outcome.REVOKED, TODAY, loss_cause=LossCause.FACTS),
        version,
        TODAY,
    )
    assert standing() == (Standing.LOST, 1)


@pytest.mark.parametrize(
    ("steps", "decided_on", "year"),
    [
        (((EventKind.CLOSED, "2026-01-08"),), None, 2026),
        (((EventKind.JUDGMENT_SERVED, "2025-12-30"), (EventKind.CLOSED, "2026-01-08")), None, 2025),
        (((EventKind.PRONOUNCED, "2025-12-30"), (EventKind.JUDGMENT_SERVED, "2026-01-05")), None, 2025),
        (((EventKind.JUDGMENT_SERVED, "2026-01-05"), (EventKind.CLOSED, "2026-01-08")), "2025-12-29", 2025),
    ],
)
def test_a_dispute_belongs_to_the_year_in_which_it_was_decided_not_closed(office, steps, decided_on, year):
    key = enter(office, filed_on=date(2025, 9, 1), received_on=date(2025, 9, 3))
    for kind, on in steps:
        outcome = Outcome.REVOKED if kind is EventKind.CLOSED else None
        step(office, key, kind, date.fromisoformat(on), outcome=outcome)
    on = date.fromisoformat(decided_on) if decided_on else None
    result = ResultDraft(Outcome.REVOKED, loss_cause=LossCause.FACTS, decided_on=on)
    do(office, record_result, key, result, detail(office, key).version, TODAY)
    with office.read() as session:
        counts = {
            y: len(dispute_statistics(session, date(y, 1, 1), date(y, 12, 31)).counted) for y in (2025, 2026)
        }
    assert counts == {2025: int(year == 2025), 2026: int(year == 2026)}


# -- random data sets ----------------------------------------------------------------------

FIRST = [
    o for o in Outcome if o.value.startswith(("判决", "确认", "准许撤诉", "裁定驳回", "行政调解", "责令"))
]
SECOND = [Outcome.UPHELD_ON_APPEAL, Outcome.WON_ON_APPEAL, Outcome.LOST_ON_APPEAL, Outcome.REMANDED, None]
LOST_WORDS = [
    "判决撤销",
    "判决撤销并责令重作",
    "判决部分撤销",
    "判决履行法定职责",
    "判决履行给付义务",
    "确认违法",
    "确认无效",
    "责令采取补救措施",
    "判决变更",
    "判决履行协议、补救或赔偿",
    "判决履行协议或补偿",
    "判决赔偿",
    "二审改判（支持原告请求）",
    "确认违法（重大损害，不撤销）",
]


def strew(office, random):
    """Enter some disputes of one or two instances at random; return them as plain tuples, for a recount by hand."""
    told = []
    with office.write("随机案件") as session:
        lawyer = session.scalars(select(Lawyer)).first()
        sued = agency_ids[random.randrange(len(agency_ids))] if (agency_ids := AGENCIES) else None
        for n in range(random.randint(3, 9)):
            judged = date(2025, 6, 1) + timedelta(random.randrange(530))
            outcome = random.choice([*FIRST, None])
            appealed, effective = random.random() < 0.3, random.random() < 0.5
            second = random.choice(SECOND) if appealed and random.random() < 0.7 else "none"
            end = random.choice([EndKind.SERVED, EndKind.SERVED, EndKind.REPLACED])
            assigned = judged - timedelta(random.randrange(200))
            effective_on = judged + timedelta(16) if effective and not appealed else None
            first = instance(session, Procedure.FIRST_INSTANCE, outcome, judged, sued, effective_on)
            if appealed:
                session.add(Event(case_id=first.id, kind=EventKind.APPEALED, on_date=judged + timedelta(10)))
            if second != "none":
                later = judged + timedelta(80)
                instance(session, Procedure.SECOND_INSTANCE, second, later, sued, None, first.id)
            session.add(
                Assignment(
                    case_id=first.id, party_id=session.info["party"][first.id], lawyer_id=lawyer.id, role=Role.LEAD, mandate=Mandate.GENERAL,
                    assigned_on=assigned, ended_on=judged, end_kind=end,
                )
            )  # fmt: skip
            told.append((outcome, judged, appealed, second, effective_on, assigned, end, n))
    return told


def instance(session, procedure, outcome, judged, sued, effective_on, previous=None):
    case = Case(procedure=procedure, outcome=outcome, previous_id=previous, effective_on=effective_on)
    session.add(case)
    session.flush()
    party = Party(
        case_id=case.id, side=Side.DEFENDANT, place=0, kind=PartyKind.AGENCY, name="示例局", agency_id=sued
    )
    session.add_all([party, Event(case_id=case.id, kind=EventKind.FILED, on_date=judged - timedelta(60))])
    session.flush()
    session.info.setdefault("party", {})[case.id] = party.id
    if outcome is not None:
        session.add(Event(case_id=case.id, kind=EventKind.JUDGMENT_SERVED, on_date=judged))
        session.add(Event(case_id=case.id, kind=EventKind.CLOSED, on_date=judged + timedelta(30)))
    return case


def is_lost(word, minor, indemnity):
    if word == "确认违法（程序轻微违法，不撤销）":
        return minor
    return indemnity if word == "判决给予补偿" else word in LOST_WORDS


def final(one, minor, indemnity):
    """Return (won, settled, lost, other or open), the day and whether on record as effective, said anew."""
    outcome, judged, appealed, second, effective_on, *_ = one
    if second not in {"none", None}:
        day = judged + timedelta(80)
        if second is Outcome.REMANDED or (outcome is None and second is Outcome.UPHELD_ON_APPEAL):
            return ("open", None, None)
        if second is not Outcome.UPHELD_ON_APPEAL:
            return ("lost" if second is Outcome.LOST_ON_APPEAL else "won", day, day)
        effective_on = judged = day
    elif second is None or appealed or outcome is None:
        return ("open", None, None)
    if is_lost(outcome.value, minor, indemnity):
        return ("lost", judged, effective_on)
    if outcome.value in {"判决驳回诉讼请求", "判决驳回赔偿请求", "裁定驳回起诉"}:
        return ("won", judged, effective_on)
    settled = {"准许撤诉", "行政调解书"}
    return ("settled" if outcome.value in settled else "other", judged, effective_on)


AGENCIES: list[int] = []
ROUNDS = 20
"""Of the 200 that ``python -m tests.hard.rates`` runs, which reads window, paper and sheet besides."""


def recount(office, random, told=None, also=None):
    """Compare every paper and command with a recount over one random data set, for each setting of the switches.

    ``told`` holds what an earlier data set has left there and is added to; ``also`` is called with (lost, counted) of
    each setting.
    """
    told = [] if told is None else told
    told += strew(office, random)
    days = (date(2026, 1, 1), date(2026, 12, 31))
    for minor, indemnity in ((True, False), (True, True), (False, False), (False, True)):
        basis = random.choice([Denominator.CONCLUDED, Denominator.EFFECTIVE])
        with office.read() as session:
            now = load_settings(session)
        wanted = replace(now, lost_minor_defect=minor, lost_indemnity=indemnity, rate_denominator=basis)
        do(office, save_settings, wanted, now)
        ends = [final(one, minor, indemnity) for one in told]
        at = 2 if basis is Denominator.EFFECTIVE else 1
        counted = [e for e in ends if e[0] != "open" and e[at] and days[0] <= e[at] <= days[1]]
        lost = sum(e[0] == "lost" for e in counted)
        with office.read() as session:
            made = dispute_statistics(session, *days)
        (report,) = make(office, DISPUTES, YEAR)
        line = report.tables[0].rows[-1]
        assert (len(made.lost), len(made.counted)) == (lost, len(counted)) == (line[2], line[1]), told
        by_word = {"won": 0, "settled": 1, "lost": 2}
        expected = [0, 0, 0, 0]
        for one, (word, *_) in zip(told, ends, strict=True):
            if days[0] <= one[5] <= days[1]:
                expected[3 if one[6] is EndKind.REPLACED else by_word.get(word, 3)] += 1
        assert columns(office) == tuple(expected), told
        if also is not None:
            also(lost, len(counted))
    return lost, len(counted)


def stated(office):
    """Return (lost, counted) as the command line states them, asked within this process."""
    said = io.StringIO()
    with redirect_stdout(said):
        asked = ["--db", str(office.file), "figures", "--from", "2026-01-01", "--to", "2026-12-31", "--json"]
        assert main.main(asked) == 0
    (rate,) = [rate for rate in json.loads(said.getvalue()) if rate["key"] == "lost"]
    return rate["numerator"], rate["denominator"]


@pytest.fixture
def district(office):
    with office.write("顾问") as session:
        save_lawyer(session, a_lawyer(), TODAY)
    AGENCIES[:] = [agency(office, "综合执法")]
    return office


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_papers_agree_with_a_recount_by_hand_whatever_the_switches(district, seed):
    assert recount(district, Random(seed)) == stated(district)


def test_the_command_line_says_the_same_number(district):
    lost, counted = recount(district, Random(7))
    done = run("--db", district.file, "figures", "--from", "2026-01-01", "--to", "2026-12-31", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    rates = {rate["key"]: rate for rate in json.loads(done.stdout)}
    assert (rates["lost"]["numerator"], rates["lost"]["denominator"]) == (lost, counted)
    assert rates["lost"]["definition"].startswith("统计期间 2026-01-01 至 2026-12-31")
    assert LostPolicy(minor_defect=False, indemnity=True).in_words() in rates["lost"]["definition"]
