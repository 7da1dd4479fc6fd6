"""Consultations count as service of the lawyer: each figure equals a slow recount, and opens exactly its records."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from db.cases.acts.results import conclude
from db.cases.queries.detail import case_draft
from db.cases.queries.disputes import disputes
from db.cases.rules.cases import ResultDraft
from db.consultations.acts.consultations import adopt, cancel, remove_consultations
from db.consultations.acts.records import archive, save_record
from db.consultations.queries.consultations import consultations
from db.consultations.rules.consultations import AdoptionDraft, CancelDraft
from db.law.disputes import Standing
from db.performance.queries.figures import year_record
from db.performance.queries.lines import consultation_lines, figure_records
from db.performance.queries.renewals import renewals
from db.roster.queries.roster import roster
from db.services.acts.services import record_services
from db.services.rules.services import ServiceDraft
from db.words.case import LossCause, Outcome
from db.words.consultation import Adoption, InvitationAnswer, Risk, Stance
from db.words.service import ServiceKind
from tests.conftest import TODAY
from tests.db.consultations.stories import a_record, archived, convened, do, enter_pool, see
from tests.db.store.test_acts import enter_case

WON, LOST = ResultDraft(Outcome.DISMISSED), ResultDraft(Outcome.REVOKED, loss_cause=LossCause.FACTS)


def end(database, case, result):
    with database.read() as session:
        version = case_draft(session, case).version
    do(database, conclude, case, result, TODAY, version, TODAY)


def some_years_work(office, pool, seed):
    """Hold consultations of every sort; return their keys."""
    by = Random(seed)
    cases = [enter_case(office, number=f"（2026）浙0825行初{60 + n}号") for n in range(6)]
    keys = []
    for n in range(12):
        held_on = date(by.choice((2025, 2026)), by.randint(1, 11), by.randint(1, 20))
        about = tuple(by.sample(cases, by.randint(0, 2)))
        members = by.sample(list(pool.values()), by.randint(1, 3))
        key = convened(office, drawn=0, named=members, topic=f"示例会商 {n}", held_on=held_on, case_ids=about)
        keys.append(key)
        found = see(office, key)
        record = a_record(found, *[by.choice(list(Stance)) for _ in found.speakers])
        opinions = tuple(
            replace(o, risk=by.choice([None, *Risk])) for o in record.opinions if by.random() < 0.8
        )
        signs = tuple(
            replace(s, arrived_at="", answer=by.choice([None, *InvitationAnswer]), answer_reason="开庭")
            if by.random() < 0.4
            else s
            for s in record.sign_ins
        )
        tasks = tuple(replace(t, due_on=held_on + timedelta(days=9)) for t in record.follow_ups)
        signs = tuple(replace(s, signed_on=held_on) for s in signs)
        record = replace(record, opinions=opinions, sign_ins=signs, follow_ups=tasks)
        do(office, save_record, key, record, TODAY)
        if n == 3:
            do(office, cancel, key, CancelDraft("撤诉", TODAY, see(office, key).version), TODAY)
        elif n == 4:
            do(office, remove_consultations, [key])
        elif any(m.attended for m in see(office, key).members):
            do(office, archive, key, see(office, key).version, TODAY)
            given = tuple((m.key, by.choice([None, *Adoption])) for m in see(office, key).members)
            adoption = AdoptionDraft(Adoption.PART, TODAY, "部分可行", given, see(office, key).version)
            do(office, adopt, key, adoption, TODAY)
    for case in cases[:4]:
        end(office, case, by.choice((WON, LOST)))
    typed = [
        ServiceDraft(ServiceKind.CONSULTATION, date(2026, 3, 5), lawyer_id=lawyer, matter="补录会商")
        for lawyer in pool.values()
    ]
    do(office, record_services, typed, TODAY)
    return keys


def recount(office, lawyer, year):
    """Count again, the slow way, over everything that the pages of the consultations show."""
    with office.read() as session:
        shown = [row.key for row in consultations(session, TODAY) if row.state.value != "已取消"]
        results = {key: d.standing for d in disputes(session) for key in d.keys}
    found = {name: [] for name in ("attended", "opinions", "agreed", "disagreed", *Adoption)}
    for key in shown:
        detail = see(office, key)
        for m in detail.members:
            if m.lawyer_id != lawyer or detail.row.held_on.year != year:
                continue
            if m.attended:
                found["attended"].append(m.key)
            found["opinions"] += [o.key for o in m.opinions]
            if m.adoption and m.opinions:
                found[m.adoption].append(m.key)
            standings = {results[c.key] for c in detail.cases}
            is_lost = Standing.LOST in standings
            is_judged = is_lost or (standings and Standing.OPEN not in standings)
            if is_judged and m.risk in {Risk.HIGH, Risk.LOW}:
                right = (m.risk is Risk.HIGH) == is_lost
                found["agreed" if right else "disagreed"].append(m.key)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_of_a_lawyer_equals_a_slow_recount_and_the_list_behind_it(office, seed):
    pool = enter_pool(office, names=("毛文澜", "祝明远", "周默言"), term_from=date(2024, 6, 1))
    some_years_work(office, pool, seed)
    judged = 0
    for lawyer in pool.values():
        for year in (2025, 2026):
            slow = recount(office, lawyer, year)
            with office.read() as session:
                record = year_record(session, lawyer, year, TODAY)
                held = record.figure("service:会商研判")
                assert sorted(held.members) == sorted(slow["attended"])
                assert len(held.keys) == (year == 2026)
                for name, own in slow.items():
                    if name != "attended":
                        figure = record.figure(f"adopted:{name.value}" if name in set(Adoption) else name)
                        assert sorted(figure.keys) == sorted(own), name
                for figure in record.figures:
                    lines = figure_records(session, figure)
                    assert len(lines) == figure.count
                    assert sorted(x.key for x in lines if x.table == figure.table) == sorted(
                        (*figure.keys, *(figure.members if figure.table == "consultation_member" else ()))
                    )
            judged += len(slow["agreed"]) + len(slow["disagreed"])
        with office.read() as session:
            (row,) = [r for r in roster(session, TODAY) if r.key == lawyer]
            this_year = year_record(session, lawyer, 2026, TODAY).figure("service:会商研判").count
            assert row.consultations == this_year
            lines = consultation_lines(session, lawyer)
        both = this_year + len(recount(office, lawyer, 2025)["attended"])
        assert len(lines) == both
        assert [x.on for x in lines] == sorted((x.on for x in lines), reverse=True)
    assert judged, "the seed made nothing to judge"


def test_the_result_judges_what_was_foreseen_and_an_appeal_judges_again(database):
    pool = enter_pool(database, names=("毛文澜",))
    lawyer = pool["毛文澜"]
    case = enter_case(database)
    archived(database, Stance.DISSENTS, drawn=0, named=[lawyer], case_ids=(case,), risk=Risk.HIGH)

    def figures():
        with database.read() as session:
            record = year_record(session, lawyer, 2026, TODAY)
            return record.figure("agreed").count, record.figure("disagreed").count

    assert figures() == (0, 0)
    end(database, case, LOST)
    assert figures() == (1, 0)
    database.undo()
    end(database, case, WON)
    assert figures() == (0, 1)


def test_a_term_that_ends_counts_the_consultations_held_in_it(database):
    pool = enter_pool(database, names=("毛文澜",), term_to=TODAY + timedelta(days=20))
    archived(database, drawn=1)
    with database.read() as session:
        (row,) = renewals(session, TODAY)
    assert (row.row.key, row.consultations) == (pool["毛文澜"], 1)
