"""Who may not be recommended: each rule with a case that triggers it and the nearest that does not."""

import pytest

from db.rules.conflicts import CaseFacts, LawyerFacts, OpposingAgent, Severity, findings
from db.rules.lawyers import Standing

FREE = LawyerFacts("汪晓棠", "示例双港律师事务所", Standing.SERVING, "2025-06-01 至 2027-05-31", 2, 6)
ALONE = CaseFacts(("周建国",), ())


def found(lawyer=FREE, case=ALONE):
    return [(f.rule, f.severity) for f in findings(lawyer, case)]


def against(name, firm, side="原告"):
    return CaseFacts(("周建国",), (OpposingAgent(name, firm, "周建国", side),))


def changed(**changes):
    from dataclasses import replace

    return replace(FREE, **changes)


def test_nothing_speaks_against_a_free_lawyer():
    assert found() == []


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (against("汪晓棠", "示例双港律师事务所"), [("C01", Severity.BLOCK)]),
        (against("汪晓棠", ""), [("C01", Severity.WARN)]),
        (against("汪晓棠", "示例江畔律师事务所"), []),
    ],
)
def test_nobody_acts_for_both_sides_律师法第三十九条(case, expected):
    assert found(case=case) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (against("徐立", "示例双港律师事务所"), [("C02", Severity.BLOCK)]),
        (against("徐立", "示例双港律所"), [("C02", Severity.BLOCK)]),
        (against("徐立", "示例双港律师事务所", "第三人"), [("C02", Severity.WARN)]),
        (against("徐立", "示例江畔律师事务所"), []),
        (CaseFacts(("示例双港律师事务所",), ()), [("C02", Severity.BLOCK)]),
    ],
)
def test_no_colleague_acts_for_the_other_side_律师执业行为规范(case, expected):
    assert found(case=case) == expected


def test_a_party_of_the_same_name_only_warns():
    assert found(case=CaseFacts(("汪晓棠",), ())) == [("C03", Severity.WARN)]


@pytest.mark.parametrize("standing", [s for s in Standing if s is not Standing.SERVING])
def test_nobody_outside_his_term_is_offered(standing):
    assert found(changed(standing=standing)) == [("C26", Severity.BLOCK)]


def test_a_full_load_warns_and_one_below_does_not():
    assert found(changed(running=6)) == [("C26", Severity.WARN)]
    assert found(changed(running=5)) == []


def test_who_acts_already_is_not_offered_again_行政诉讼法第三十一条():
    assert found(changed(acts_already=True)) == [("C24", Severity.BLOCK)]
