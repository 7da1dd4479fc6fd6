"""What the form of a consultation answers to what the clerk chose."""

import pytest

from db.consultations.rules.consultations import ConsultationDraft
from db.consultations.rules.problems import convening_problems
from db.errors import Severity
from db.words.consultation import Secrecy


@pytest.mark.parametrize(("mark", "is_warned"), [(Secrecy.SECRET, True), (Secrecy.WORK_SECRET, False)])
def test_a_grade_of_state_secrets_is_asked_about_before_anything_is_typed(mark, is_warned):
    found = [
        p for p in convening_problems(ConsultationDraft(topic="示例", secrecy=mark)) if p.field == "secrecy"
    ]
    assert [p.severity for p in found] == ([Severity.WARNING] if is_warned else [])
