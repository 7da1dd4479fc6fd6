"""Sixty papers and messages by somebody who had not read the rules' code, beside what is right of each case in them."""

import json
from datetime import date
from pathlib import Path

import pytest

from db.intake.rules import read_parts
from tests.db.intake.test_intake_names import KNOWN

TODAY = date(2026, 11, 24)  # a Tuesday
PASTED = json.loads((Path(__file__).parents[2] / "data" / "pasted_outside.json").read_text("utf-8"))


@pytest.mark.parametrize("case", PASTED, ids=[case["text"][:16].replace("\n", " ") for case in PASTED])
def test_each_case_of_a_text_is_read_right(case):
    right = case.get("parts") or [case["right"]]
    parts = read_parts(case["text"], TODAY, KNOWN)
    assert [
        {field: list(part.read.values(field)) for field in fields}
        for part, fields in zip(parts, right, strict=True)
    ] == right
    assert [field for field in case.get("unsure", []) if not parts[0].read.first(field).note] == []
    for part in parts:
        for found in part.read.found:
            assert case["text"][found.start : found.end].split() == found.text.split()
