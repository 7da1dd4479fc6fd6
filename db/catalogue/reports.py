"""The register of reports: each has a name, a group, what it asks for, and the function that makes it.

To add one: a function of (session, parameters) in ``db.documents.papers``, and an entry here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from db.assignment.papers.assignments import ASSIGNMENTS, assignment_report
from db.assignment.papers.fairness import FAIRNESS, fairness_report
from db.assignment.papers.from_case import absences, identities, letters, mandates
from db.assignment.papers.letters import ABSENCE, IDENTITY, LETTER, MANDATE
from db.cases.papers.disputes import DISPUTES, dispute_report
from db.consultations.papers.from_record import (
    minutes_papers,
    notices,
    opinion_sheets,
    sign_in_sheets,
    unit_notices,
)
from db.consultations.papers.meetings import MINUTES, NOTICE, OPINION_SHEET, SIGN_IN, UNIT_NOTICE
from db.coverage.papers.gap_list import GAPS, gap_report
from db.coverage.papers.staffing import STAFFING, staffing_report
from db.coverage.papers.urging import urging_papers
from db.coverage.queries.urging import URGING
from db.documents.model import Document, day_text
from db.documents.parameters import BY, Asks, Parameters
from db.documents.saving import save
from db.engine import Database
from db.errors import UserError
from db.journal import note
from db.office.acts.numbering import keep_issue_date
from db.office.queries.settings import load_settings
from db.performance.papers.pool import ANNUAL, CERTIFICATE, annual_papers, certificate_papers, renewal_paper
from db.performance.papers.renewals import RENEWALS
from db.registry.papers.public_lawyers import PUBLIC_LAWYERS, public_lawyer_report
from db.roster.papers.roster import ROSTER, roster_report
from db.workbench.papers.weekly import WEEKLY, weekly_sheet

__all__ = [
    "ANNUAL",
    "ASSIGNMENTS",
    "BY",
    "CERTIFICATE",
    "FAIRNESS",
    "GAPS",
    "GROUPS",
    "MINUTES",
    "NOTICE",
    "OPINION_SHEET",
    "PUBLIC_LAWYERS",
    "RENEWALS",
    "REPORTS",
    "ROSTER",
    "SIGN_IN",
    "STAFFING",
    "UNIT_NOTICE",
    "URGING",
    "Asks",
    "Parameters",
    "Report",
    "make",
    "note_leaving",
    "note_unmasked",
    "write_report",
]

Maker = Callable[[Session, Parameters], Document | Sequence[Document]]

GROUPS = ("分派与办理", "顾问管理", "单位与覆盖")
"""The groups that the reports page lists; papers of one case, consultation or agency are made from it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the office; ``asks`` are the parameters that it takes.

    ``wording`` names the template of its text, where the bureau may edit that.
    """

    group: str
    maker: Maker
    asks: frozenset[Asks]
    wording: str = ""


REPORTS: dict[str, Report] = {
    ASSIGNMENTS: Report(
        "分派与办理",
        assignment_report,
        frozenset({Asks.PERIOD, Asks.BY, Asks.FIRM, Asks.AGENCY, Asks.ANNEXES, Asks.SIGNERS}),
    ),
    FAIRNESS: Report("分派与办理", fairness_report, frozenset({Asks.YEAR, Asks.SIGNERS})),
    DISPUTES: Report("分派与办理", dispute_report, frozenset({Asks.PERIOD, Asks.SIGNERS})),
    WEEKLY: Report("分派与办理", weekly_sheet, frozenset({Asks.AS_OF, Asks.AGENCY, Asks.SIGNERS})),
    LETTER: Report("案件函件", letters, frozenset({Asks.CASES}), LETTER),
    MANDATE: Report("案件函件", mandates, frozenset({Asks.CASES, Asks.UNMASKED}), MANDATE),
    IDENTITY: Report("案件函件", identities, frozenset({Asks.CASES}), IDENTITY),
    ABSENCE: Report("案件函件", absences, frozenset({Asks.CASES}), ABSENCE),
    NOTICE: Report("会商文书", notices, frozenset({Asks.CONSULTATIONS, Asks.ISSUED_ON}), NOTICE),
    UNIT_NOTICE: Report(
        "会商文书", unit_notices, frozenset({Asks.CONSULTATIONS, Asks.ISSUED_ON}), UNIT_NOTICE
    ),
    SIGN_IN: Report("会商文书", sign_in_sheets, frozenset({Asks.CONSULTATIONS, Asks.UNMASKED})),
    OPINION_SHEET: Report("会商文书", opinion_sheets, frozenset({Asks.CONSULTATIONS, Asks.MEMBERS})),
    MINUTES: Report("会商文书", minutes_papers, frozenset({Asks.CONSULTATIONS})),
    ROSTER: Report(
        "顾问管理",
        roster_report,
        frozenset({Asks.AS_OF, Asks.FIRM, Asks.SIGNERS, Asks.UNMASKED, Asks.IDS}),
    ),
    CERTIFICATE: Report("顾问管理", certificate_papers, frozenset({Asks.ISSUED_ON, Asks.IDS}), CERTIFICATE),
    ANNUAL: Report("顾问管理", annual_papers, frozenset({Asks.YEAR, Asks.UNMASKED, Asks.IDS})),
    PUBLIC_LAWYERS: Report(
        "单位与覆盖",
        public_lawyer_report,
        frozenset({Asks.AS_OF, Asks.SIGNERS, Asks.UNMASKED}),
    ),
    RENEWALS: Report("顾问管理", renewal_paper, frozenset({Asks.AS_OF, Asks.SIGNERS})),
    STAFFING: Report("单位与覆盖", staffing_report, frozenset({Asks.AS_OF, Asks.SIGNERS, Asks.UNMASKED})),
    GAPS: Report("单位与覆盖", gap_report, frozenset({Asks.AS_OF, Asks.SIGNERS})),
    URGING: Report("催办", urging_papers, frozenset({Asks.IDS}), URGING),
}


def make(database: Database, name: str, wanted: Parameters) -> tuple[Document, ...]:
    """Return the papers of this name. Raises ``UserError`` when there is no such report."""
    if name not in REPORTS:
        raise UserError(f"没有名为“{name}”的报表，现有：{'、'.join(REPORTS)}。")
    with database.read() as session:
        made, office = REPORTS[name].maker(session, wanted), load_settings(session).office_name
    papers = tuple(
        replace(paper, author=office) for paper in ((made,) if isinstance(made, Document) else made)
    )
    if not papers:
        raise UserError(f"“{name}”没有可以打印的内容。{_where_to_look(REPORTS[name].asks, wanted)}")
    return papers


def _where_to_look(asks: frozenset[Asks], wanted: Parameters) -> str:
    """Return what to look at again when nothing was found: only what the report asks for."""
    for ask, record in ((Asks.CASES, "案件"), (Asks.CONSULTATIONS, "会商"), (Asks.IDS, "人员或函件")):
        if ask in asks and wanted.ids:
            return (
                f"请核对所选的{record}（编号 {'、'.join(map(str, wanted.ids))}）是否存在、是否已移入回收站。"
            )
        if ask in asks and ask is not Asks.IDS:
            return f"请先选定{record}；用命令时写明 --id。"
    return "现在没有符合条件的记录。" if Asks.IDS in asks else "请检查统计期间和所选范围。"


def note_leaving(database: Database, name: str, wanted: Parameters) -> None:
    """Note that a report was printed or saved: numbers in full, and the date of issue that was chosen for its papers."""
    note_unmasked(database, name, wanted)
    if wanted.issued_on and Asks.ISSUED_ON in REPORTS[name].asks:
        numbers = [paper.number for paper in make(database, name, wanted) if paper.number]
        with database.write(f"{name}的签发日期：{day_text(wanted.issued_on)}", undoable=False) as session:
            for number in numbers:
                keep_issue_date(session, number, wanted.issued_on)
            note(session)


def note_unmasked(database: Database, name: str, wanted: Parameters, done: str = "打印或导出") -> None:
    """Put it into the journal that a paper with numbers in full was shown or left the program, if it was one."""
    if wanted.unmasked and Asks.UNMASKED in REPORTS[name].asks:
        with database.write(f"{done}{name}（号码完整显示）", undoable=False) as session:
            note(session)


def write_report(
    database: Database, name: str, wanted: Parameters, path: Path, *, overwrite: bool = False
) -> tuple[str, ...]:
    """Write a report to a .pdf, .docx or .xlsx; return what the reader should know about it."""
    notes = save(make(database, name, wanted), name, path, overwrite=overwrite)
    note_leaving(database, name, wanted)
    return notes
