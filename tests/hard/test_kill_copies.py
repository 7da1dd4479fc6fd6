"""A tenth of the kills; ``python -m tests.hard.kill_copies 300`` does them all."""

import os

import pytest

from tests.hard.kill_copies import kill_many


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child")
@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_thirty_kills_leave_no_unverified_file_and_no_copy_fewer(tmp_path):
    hit = kill_many(30, tmp_path)
    assert sum(number for what, number in hit.items() if what.endswith("中断")) == 30
