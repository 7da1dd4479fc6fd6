"""催办函 of the demo bureau: one without an answer, one answered, one still in time."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.cases.state import load_calendar
from db.coverage.acts.urging import log_urging_answer, urge
from db.coverage.queries.urging import URGING
from db.coverage.rules.urging import Urged, UrgingAnswerDraft, UrgingDraft
from db.models.agency import Agency
from db.models.assignment import Letter
from db.office.acts.common import remove

NOBODY = "没有公职律师，也没有统筹或者外聘的法律顾问。"
APPOINT = "请确定符合条件的人员申请公职律师证书；暂无人选的，请书面申请统筹公职律师，或者外聘法律顾问。"
FEW = "近 12 个月履职 1 次，不足 6 次，还差 5 次。"
USE = "请组织公职律师、法律顾问参与合法性审查、合同审查、应诉等工作，并向我局报送履职记录，还应不少于 5 次。"
ANSWER = "已确定一名人选（示例），正在办理公职律师证书申请，预计下月取得。"

LETTERS: tuple[
    tuple[int, int, tuple[tuple[str, str, str, str], ...]], ...
] = (  # days from today on which they went out and are to be answered; to whom, why, what is asked, the answer
    (-38, -8, (("区退役军人事务局", NOBODY, APPOINT, ""), ("区统计局", NOBODY, APPOINT, ANSWER))),
    (-6, 24, (("七里乡", FEW, USE, ""),)),
)
ANSWERED = -12


def enter_letters(session: Session, today: date) -> None:
    """Write the letters by the acts of a clerk; an agency that is not on the list gets none."""
    agencies = {agency.short_name: agency for agency in session.scalars(select(Agency))}
    for sent, due, texts in LETTERS:
        wanted = [
            (agencies[name], reason, asked, said) for name, reason, asked, said in texts if name in agencies
        ]
        draft = UrgingDraft(
            tuple(Urged(agency.id, reason, asked, agency.name) for agency, reason, asked, _ in wanted),
            answer_by=load_calendar(session).next_working_day(today + timedelta(days=due)),
            issued_on=today + timedelta(days=sent),
        )
        for key, (_, _, _, answer) in zip(urge(session, draft, today), wanted, strict=True):
            letter = session.get(Letter, key)
            if answer and letter is not None:
                back = UrgingAnswerDraft(today + timedelta(days=ANSWERED), answer, letter.version)
                log_urging_answer(session, key, back, today)


def clear_letters(session: Session) -> None:
    """Move the letters to the recycle bin with the rest of the demo bureau."""
    remove(session, Letter, session.scalars(select(Letter.id).where(Letter.kind == URGING)).all())
