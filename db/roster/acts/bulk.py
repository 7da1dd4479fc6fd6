"""Changing many lawyers at once: one act, through the same rules as the form of one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from db.errors import Invalid, Problem, UserError
from db.office.acts.common import refuse
from db.roster.acts.lawyers import save_lawyer
from db.roster.queries.lawyers import lawyer_drafts
from db.roster.rules.bulk import BulkChange, applied, bulk_problems


def bulk_edit(session: Session, change: BulkChange, versions: Mapping[int, int], today: date) -> int:
    """Make ``change`` in every lawyer of ``versions`` (key -> version that the clerk saw); return how many changed.

    Raises ``Conflict`` if one was changed since, or ``Invalid`` naming everybody whom the change does not suit;
    then nobody is changed.
    """
    refuse(bulk_problems(change))
    refused: list[Problem] = []
    changed = 0
    drafts = lawyer_drafts(session, list(versions), today)
    if len(drafts) < len(versions):
        raise UserError("所选顾问中有人已移入回收站，没有修改任何人。请刷新名册后重新选择。")
    for key, version in versions.items():
        old = drafts[key]
        new = applied(old, change)
        if new == old:
            continue
        try:
            save_lawyer(session, replace(new, version=version), today, key)
        except Invalid as error:
            refused += [replace(problem, text=f"{old.name}：{problem.text}") for problem in error.problems]
        changed += 1
    refuse(refused)
    return changed
