"""Random histories of cases: what may happen to a party in some proceedings, on days of 2021 to 2026."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.simulator import LINES, TRIED, Fact

FIRST, LAST = date(2021, 1, 1), date(2026, 11, 20)
PLACES = ("一审", "一审", "一审", "二审", "再审", "行政复议", "行政复议", "非诉执行")
RULINGS = [
    "不予立案",
    "驳回起诉",
    "管辖异议",
    "终结诉讼",
    "中止诉讼",
    "移送或者指定管辖",
    "停止执行或者驳回停止执行申请",
    "财产保全",
    "先予执行",
    "准许撤诉或者按撤诉处理",
    "不准许撤诉",
    "补正笔误",
    "中止或者终结执行",
    "提审、指令再审或者发回重审",
    "准许或者不准许执行行政行为",
    "其他裁定",
]
UNITS = ("日", "工", "月")


@dataclass
class History:
    """What happened, in the order in which somebody wrote it down, and what was marked by hand."""

    where: str
    simplified: bool
    facts: list[Fact]
    fixed: dict[str, date] = field(default_factory=dict)
    longer: dict[str, tuple[int, str]] = field(default_factory=dict)


def words_of(where: str) -> tuple[list[str], set[str]]:
    """Return the steps that mean something in these proceedings, and which of them come more than once."""
    steps, often = (
        {"裁判生效", "结案", "其他"},
        {"提交答辩状和证据", "提起上诉", "回复司法建议", "回复检察建议"},
    )
    for line in LINES:
        if where in line.where:
            steps |= {line.begins, *line.ends} - {TRIED}
            if TRIED in line.ends:
                steps |= {"判决书送达", "裁定书送达", "结案"}
            if "每次" in line.remarks:
                often.add(line.begins)
    return sorted(steps), often


def a_history(random: Random) -> History:
    """Make one up; every third starts close to the end of a year or a month, where counting goes wrong."""
    where = random.choice(PLACES)
    steps, often = words_of(where)
    if where not in {"行政复议", "非诉执行"} and random.random() < 0.6:
        steps = [step for step in steps if step in USUAL]
    day = FIRST + timedelta(random.randrange((LAST - FIRST).days - 200))
    if random.random() < 0.3:
        ends = [day.replace(day=28), date(day.year, 12, 27), date(day.year, 9, 16)]
        day = random.choice([end for end in ends if end <= LAST])
    facts: list[Fact] = []
    for _ in range(random.randint(2, 14)):
        step = random.choice(steps)
        if step not in often and any(f.what == step for f in facts):
            continue
        kind = random.choice([None, "管辖异议", *RULINGS]) if step == "裁定书送达" else None
        facts.append(Fact(day, step, kind))
        day = min(LAST, day + timedelta(random.choice((0, 1, 2, 5, 9, 10, 14, 15, 16, 30, 61, 180))))
    made = History(where, random.random() < 0.3 and where in {"一审", "行政复议"}, facts)
    if random.random() < 0.3:
        _mix_days(random, made)
    _mark(random, made, often)
    random.shuffle(made.facts)
    return made


def _mix_days(random: Random, made: History) -> None:
    """Nothing comes in the order in which it should."""
    days = [fact.on for fact in made.facts]
    random.shuffle(days)
    made.facts = [Fact(day, fact.what, fact.ruling) for day, fact in zip(days, made.facts, strict=True)]


def _mark(random: Random, made: History, often: set[str]) -> None:
    """Let the court fix a date or grant more time here and there."""
    for line in LINES:
        if made.where not in line.where or random.random() > 0.06:
            continue
        if random.random() < 0.5 and line.begins not in often:
            made.fixed[line.number] = FIRST + timedelta(random.randrange(2100))
        elif line.lengths[0][0] not in "前另":
            made.longer[line.number] = (random.randint(1, 30), random.choice(UNITS))


USUAL = frozenset(
    [
        "立案",
        "收到起诉状副本",
        "收到上诉状副本",
        "收到再审申请书副本",
        "提交答辩状和证据",
        "提出管辖异议",
        "开庭",
        "判决书送达",
        "裁定书送达",
        "提起上诉",
        "裁判生效",
        "结案",
        "申请再审",
        "申请执行",
        "履行完毕",
    ]
)
