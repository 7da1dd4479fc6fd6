"""Texts as clerks paste them, beside what is right: nothing missing, nothing made up, nothing unsure unsaid."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.intake.rules import read_text
from tests.db.intake.test_intake_names import KNOWN

TODAY = date(2026, 11, 30)  # a Monday
PASTED = json.loads((Path(__file__).parents[2] / "data" / "pasted.json").read_text("utf-8"))


@pytest.mark.parametrize("case", PASTED, ids=[case["text"][:16].replace("\n", " ") for case in PASTED])
def test_a_pasted_text_is_read_right(case):
    read = read_text(case["text"], TODAY, KNOWN)
    assert {field: list(read.values(field)) for field in case["right"]} == case["right"]
    assert [field for field in case.get("unsure", []) if not read.first(field).note] == []
