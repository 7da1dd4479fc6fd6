"""Whatever was done can be taken back and done again, in any mixture."""

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from db.roster.acts.lawyers import remove_lawyers, save_lawyer
from db.roster.queries.lawyers import lawyer_draft
from db.roster.queries.roster import roster
from db.setup import derived
from db.setup.opening import open_office
from tests.conftest import TODAY, a_lawyer

CHANGES = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["汪晓棠", "单宁", "王砚秋"]),
        "firm": st.sampled_from(["示例双港律师事务所", "示例水亭律师事务所"]),
        "specialities": st.sampled_from([(), ("市场监管",), ("信息公开", "行政复议")]),
        "term_to": st.sampled_from([date(2027, 5, 31), date(2026, 12, 15)]),
    }
)


class Clerk(RuleBasedStateMachine):
    """A clerk who enters, edits, removes, takes back, does again, and reopens the program."""

    template: Path

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "o.db")
        self.database = open_office(self.folder / "o.db", "沈青禾")
        self.states, self.undone, self.serial = [{}], [], 0

    def look(self):
        with self.database.read() as session:
            rows = roster(session, TODAY)
            return {r.key: replace(lawyer_draft(session, r.key, TODAY), version=0) for r in rows}

    def did(self):
        self.states.append(self.look())
        self.undone.clear()

    @rule(changes=CHANGES)
    def enter(self, changes):
        self.serial += 1
        with self.database.write("新增") as session:
            save_lawyer(session, a_lawyer(**changes, licence=f"133082015101{self.serial:05}"), TODAY)
        self.did()

    @precondition(lambda self: self.states[-1])
    @rule(changes=CHANGES, data=st.data())
    def edit(self, changes, data):
        key = data.draw(st.sampled_from(sorted(self.states[-1])))
        with self.database.write("修改") as session:
            save_lawyer(session, replace(lawyer_draft(session, key, TODAY), **changes), TODAY, key)
        self.did()

    @precondition(lambda self: self.states[-1])
    @rule(data=st.data())
    def remove(self, data):
        keys = data.draw(st.sets(st.sampled_from(sorted(self.states[-1])), min_size=1))
        with self.database.write("移入回收站") as session:
            remove_lawyers(session, keys)
        self.did()

    @precondition(lambda self: len(self.states) > 1)
    @rule()
    def take_back(self):
        self.database.undo()
        self.undone.append(self.states.pop())

    @precondition(lambda self: self.undone)
    @rule()
    def do_again(self):
        self.database.redo()
        self.states.append(self.undone.pop())

    @rule()
    def reopen(self):
        self.database.close()
        self.database = open_office(self.folder / "o.db", "沈青禾")

    @invariant()
    def everything_is_as_it_should_be(self):
        if hasattr(self, "database"):
            assert self.look() == self.states[-1]

    def teardown(self):
        if hasattr(self, "database"):
            with self.database.read() as session:
                assert derived.differences(session) == []
            self.database.close()
            shutil.rmtree(self.folder)


@pytest.mark.timeout(600)  # a slow machine is no reason to shrink an example for minutes
def test_any_mixture_of_acts_can_be_taken_back(template):
    Clerk.template = template
    limits = settings(max_examples=10, stateful_step_count=10, deadline=None)
    run_state_machine_as_test(Clerk, settings=limits)
