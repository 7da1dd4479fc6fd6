"""The same random histories entered by the clerk's acts: what is read back is what stands on the calendar on the wall.

``python -m tests.hard.recorded 10000`` enters more of them than a suite has time for. Each defendant has a board of its
own: what was served on all, or done for all, stands on every board, what was served on one takes its place there
(行政诉讼法第八十五条: 自判决书送达之日起, 各自计算). So with dates fixed, time granted and notes that a thing is done.
"""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from db.cases.acts.cases import record_event, save_case
from db.cases.acts.marks import clear_mark, extend_period, fix_period, mark_done
from db.cases.queries.detail import case_detail
from db.cases.rules.cases import CaseDraft, EventDraft, PartyDraft
from db.cases.rules.marks import DoneDraft, ExtendDraft, FixDraft, MarkKind
from db.engine import Database
from db.errors import Invalid
from db.law.periods import BY_ID
from db.law.rulings import Ruling
from db.models.case import Case
from db.setup.opening import open_office
from db.words.case import EventKind, Outcome, Procedure, SendMethod, Side, Track
from db.workbench.agenda import agenda
from tests.conftest import TODAY
from tests.hard.histories import UNITS, WALL
from tests.histories import FIRST, LAST, History, a_history, words_of
from tests.histories import UNITS as SPANS
from tests.simulator import LINES, Board, Fact

SERVED = frozenset(
    ["判决书送达", "裁定书送达", "复议决定送达", "收到起诉状副本", "收到上诉状副本", "收到再审申请书副本"]
)
SERVED |= {"收到复议申请书副本"}
"""What a court or authority sends to each party by itself."""

HANDED_IN = frozenset(
    [
        "提交答辩状和证据",
        "提起上诉",
        "申请延期举证",
        "提出管辖异议",
        "提交补充证据",
        "申请再审",
        "申请检察监督",
        "申请执行",
        "申请强制执行",
        "回复司法建议",
        "回复检察建议",
        "回复附带审查",
        "报送纠正情况",
        "履行完毕",
    ]
)
"""What a party does for itself."""

Lines = set[tuple[str, date | None, date, date | None]]


@dataclass(frozen=True)
class Note:
    """What is noted by hand of a period: a date, a length, or nothing more (``value`` is ``None``); ``of`` all or one."""

    kind: MarkKind
    rule: str
    value: Any
    of: int | None


@dataclass
class Told:
    """A history of one or two defendants; ``whose`` says of each fact which of them it was, ``None`` for all."""

    made: History
    whose: list[int | None]
    defendants: int
    notes: list[Note] = field(default_factory=list)
    parties: list[int] = field(default_factory=list)
    case: int = 0


def a_tale(random: Random) -> Told:
    """Make one up: a history in which two defendants may each get and do things by themselves."""
    made, defendants = a_history(random), random.choice((1, 2, 2))
    facts, whose = [], list[int | None]()
    for fact in made.facts:
        of_one = defendants > 1 and fact.what in SERVED | HANDED_IN and random.random() < 0.6
        whose.append(random.randrange(2) if of_one else None)
        facts.append(fact)
        if of_one and random.random() < 0.5:  # the other one too, that day or later
            facts.append(
                Fact(min(LAST, fact.on + timedelta(random.choice((0, 3, 9)))), fact.what, fact.ruling)
            )
            whose.append(1 - whose[-1])
    made.facts = facts
    return Told(made, whose, defendants, list(_notes(random, made, defendants)))


def _notes(random: Random, made: History, defendants: int) -> Iterator[Note]:
    """Note dates, lengths and ends of periods for all or for one, and take some of it back for all or for one."""
    noted = [Note(MarkKind.FIXED, rule, on, None) for rule, on in made.fixed.items()]
    noted += [Note(MarkKind.EXTENDED, rule, more, None) for rule, more in made.longer.items()]
    often = words_of(made.where)[1]
    for line in (line for line in LINES if made.where in line.where):
        if random.random() < 0.12:
            some_day, of = FIRST + timedelta(random.randrange(2100)), random.choice((None, 0, defendants - 1))
            noted.append(Note(MarkKind.DONE, line.number, some_day, of))
        if random.random() < 0.05 and line.begins not in often:
            some_day = FIRST + timedelta(random.randrange(2100))
            noted.append(Note(MarkKind.FIXED, line.number, some_day, random.randrange(defendants)))
        if random.random() < 0.05 and line.lengths[0][0] not in "前另":
            more = (random.randint(1, 30), random.choice(SPANS))
            noted.append(Note(MarkKind.EXTENDED, line.number, more, random.randrange(defendants)))
    yield from noted
    for note in noted:
        if random.random() < 0.2:
            yield Note(note.kind, note.rule, None, random.choice((None, 0, defendants - 1)))


def noted_of(told: Told, party: int, kind: MarkKind) -> dict[str, Any]:
    """Return what stands noted of one defendant in the end, by the number of the rule."""
    sheets: list[dict[str, Any]] = [{} for _ in range(told.defendants)]
    general: dict[str, Any] = {}
    for note in (n for n in told.notes if n.kind is kind):
        alone = told.defendants == 1
        if note.value is not None and note.of is None and not alone:
            general[note.rule] = note.value
        elif note.value is not None:
            sheets[note.of or 0][note.rule] = note.value
        elif note.of is None and not alone:
            general.pop(note.rule, None)
        else:  # what was noted of all stays for the others
            if note.rule in general:
                for sheet in sheets:
                    sheet.setdefault(note.rule, general[note.rule])
                del general[note.rule]
            sheets[note.of or 0].pop(note.rule, None)
    return general | sheets[party]


def on_its_board(told: Told, party: int) -> Lines:
    """Return (rule, first day, last day, day of its end) for one defendant as the clerk at the wall has them."""
    mine = list(zip(told.made.facts, told.whose, strict=True))
    own = {(f.what, f.ruling) for f, who in mine if who == party}
    seen = [
        fact
        for fact, who in mine
        if who == party or (who is None and not (fact.what in SERVED and (fact.what, fact.ruling) in own))
    ]
    made = told.made
    fixed, longer, met = (
        noted_of(told, party, k) for k in (MarkKind.FIXED, MarkKind.EXTENDED, MarkKind.DONE)
    )
    slips = Board(made.where, WALL, made.simplified, fixed, longer, met).follow(seen)
    shown = fixed.keys() | longer.keys() | met.keys()
    return {
        (s.line.number, None if s.line.number in fixed else s.since, s.until, s.over_on)
        for s in slips
        if BY_ID[s.line.number].on_timeline or s.line.number in shown
    }


def enter(session: Session, told: Told, number: int, random: Random) -> None:
    """Enter a history as a clerk would: the case, its steps in the order in which he heard of them, marks by hand."""
    made = told.made
    sides = [PartyDraft(Side.PLAINTIFF, "周建国")]
    sides += [PartyDraft(Side.DEFENDANT, f"示例第{n + 1}局") for n in range(told.defendants)]
    filed = next((f for f in made.facts if f.what == "立案" and made.where != "非诉执行"), None)
    told.case = save_case(
        session,
        CaseDraft(
            f"（2026）浙0825行初{number}号",
            Procedure(made.where),
            parties=tuple(sides),
            filed_on=filed.on if filed else None,
            track=Track.SIMPLIFIED if made.simplified else Track.ORDINARY,
        ),
        TODAY,
    )
    case = session.get_one(Case, told.case)
    session.refresh(case)
    told.parties = [p.id for p in case.parties if p.side is Side.DEFENDANT]
    late = [n for n in told.notes if random.random() < 0.5]
    early = [n for n in told.notes if n not in late]
    told.notes = [note for note in early if _note(session, case, told, note)]
    for fact, who in zip(made.facts, told.whose, strict=True):
        if fact is not filed:
            record_event(session, case.id, _step(fact, who, told, random), case.version, TODAY)
    told.notes += [note for note in late if _note(session, case, told, note)]


def _note(session: Session, case: Case, told: Told, note: Note) -> bool:
    """Enter a note by the clerk's acts; return whether it was taken: an end before its beginning is refused."""
    where = (session, case.id, note.rule)
    of = () if note.of is None else (told.parties[note.of],)
    if note.value is None:
        clear_mark(*where, note.kind, case.version, of)
    elif note.kind is MarkKind.FIXED:
        fix_period(*where, FixDraft(note.value, "人民法院指定"), case.version, of)
    elif note.kind is MarkKind.EXTENDED:
        length, unit = note.value
        extend_period(*where, ExtendDraft(length, UNITS[unit], "批准"), case.version, of)
    else:
        with suppress(Invalid):
            mark_done(*where, DoneDraft(note.value, "回执"), case.version, TODAY, of)
            return True
        return False
    return True


def _step(fact: Fact, who: int | None, told: Told, random: Random) -> EventDraft:
    by_post = fact.what in HANDED_IN and random.random() < 0.3
    return EventDraft(
        EventKind(fact.what),
        min(LAST, fact.on + timedelta(4)) if by_post else fact.on,
        outcome=Outcome.DISMISSED if fact.what == "结案" else None,
        sent_on=fact.on if by_post else None,  # 适用解释第四十八条第四款: the postmark counts
        send_method=SendMethod.POST if by_post else None,
        evidence="1234567890123" if fact.what in HANDED_IN else "",
        party_id=None if who is None else told.parties[who],
        ruling=Ruling(fact.ruling) if fact.ruling else None,
    )


def read_back(session: Session, told: Told) -> Iterator[Lines]:
    """Return the same for each defendant as the case's page shows it."""
    found = case_detail(session, told.case, TODAY)
    assert found is not None
    for party in told.parties:
        yield {
            (p.rule.id, None if p.fixed else p.started_on, p.due, p.done_on)
            for p in found.periods
            if not p.parties or party in p.parties
        }


def compare_recorded(database: Database, number: int, seed: int = 20261201) -> int:
    """Enter ``number`` histories and compare page and agenda; return how many periods agreed."""
    random, agreed = Random(seed), 0
    for first in range(1, number + 1, 25):
        numbers = range(first, min(first + 25, number + 1))
        tales = [a_tale(random) for _ in numbers]
        with database.write("登记案件") as session:
            for n, told in zip(numbers, tales, strict=True):
                enter(session, told, n, random)
        with database.read() as session:
            for told in tales:
                agreed += _compare_pages(session, told)
            _compare_agenda(session, tales)
    return agreed


def _compare_pages(session: Session, told: Told) -> int:
    agreed = 0
    for party, program in enumerate(read_back(session, told)):
        board = on_its_board(told, party)
        if board != program:
            happened = "\n".join(
                f"  {f.on} {f.what} {f.ruling or ''} {who}"
                for f, who in sorted(zip(told.made.facts, told.whose, strict=True), key=lambda x: x[0].on)
            )
            made = told.made
            raise AssertionError(
                f"{made.where} 当事人{party} 简易={made.simplified} 标注={told.notes}\n{happened}\n"
                f"历: {_shown(board - program)}\n程: {_shown(program - board)}"
            )
        agreed += len(board)
    return agreed


def _compare_agenda(session: Session, tales: list[Told]) -> None:
    """The workbench's list: what runs still, a lapsed right of somebody no longer."""
    listed = defaultdict(set)
    for line in agenda(session, TODAY, date(2060, 1, 1), TODAY, with_overdue=True):
        if not line.is_hearing:
            listed[line.key].add((line.rule, line.on))
    for told in tales:
        expected = {
            (rule, due)
            for party in range(told.defendants)
            for rule, _, due, over in on_its_board(told, party)
            if over is None and (due >= TODAY or not BY_ID[rule].lapses)
        }
        if listed[told.case] != expected:
            raise AssertionError(f"{told.made.facts}\n历: {expected}\n程: {listed[told.case]}")


def _shown(periods: Lines) -> list[tuple[str, ...]]:
    return [tuple(map(str, period)) for period in periods]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder) / "期限.db", "沈青禾")
        print(
            f"{compare_recorded(office, int((sys.argv[1:] or [10_000])[0]))} 个期限在登记、案件页和工作台上一致"
        )
        office.close()
