"""The section 分派 of the settings: weights, caps, the letter's series, and rules that the office weighs itself."""

from PySide6.QtWidgets import QSpinBox

from db.assignment.rules.conflicts import severities_of
from db.assignment.rules.ranking import FactorKind, weights_of
from db.office.queries.settings import load_settings
from db.words.assignment import Severity
from gui.office.settings_dialog import SettingsDialog
from tests.gui.window.test_pages import opened


def test_weights_and_own_rules_are_kept_and_no_weights_at_all_are_refused(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    dialog.tabs.setCurrentIndex(1)
    section = dialog.assigning
    kept = {kind: made.value() for kind, made in section.weights.items()}
    for made in section.weights.values():
        assert isinstance(made, QSpinBox)
        made.setValue(0)
    dialog.save.click()
    qtbot.waitUntil(lambda: section.boxes["weight_match"].severity == "error")
    for kind, made in section.weights.items():
        made.setValue(kept[kind])
    section.weights[FactorKind.RATING].setValue(0)
    assert "不计：评价。" in section.shares.text()
    section.rules["C19"].setCurrentText("回避")
    section.series.setText("示例荐")
    section.urging_series.setText("示例催")
    section.urging_days.setValue(20)
    section.capacity.setValue(8)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    with desk.database.read() as session:
        settings = load_settings(session)
    assert weights_of(settings).rating == 0
    assert severities_of(settings) == {"C19": Severity.BLOCK}
    assert (settings.letter_series, settings.capacity) == ("示例荐", 8)
    assert (settings.urging_series, settings.urging_days) == ("示例催", 20)
