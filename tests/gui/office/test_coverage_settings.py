"""The section 覆盖 of the settings: what counts, how far lawyers are lent, and nothing meaningless is kept."""

from db.coverage.rules.coverage import policy_of
from db.office.queries.settings import load_settings
from db.words.agency import AgencyKind, Mode
from db.words.service import ServiceKind
from gui.office.settings_dialog import SettingsDialog
from tests.gui.window.test_pages import opened


def test_what_counts_is_kept_by_kind_of_agency_and_nothing_at_all_is_refused(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    section = dialog.coverage
    for tick in section.formal.ticks.values():
        tick.setChecked(False)
    section.consultation.clear()
    dialog.save.click()
    qtbot.waitUntil(lambda: section.boxes["formal_modes"].severity == "error")
    assert section.boxes["consultation_series"].severity == "error"
    assert dialog.tabs.currentWidget() is section
    section.formal.ticks["自有公职律师"].setChecked(True)
    section.formal.ticks["内部法律顾问"].setChecked(True)
    section.consultation.setText("示例会商")
    section.kinds.ticks["其他"].setChecked(False)
    section.threshold.setValue(8)
    section.thresholds[AgencyKind.SUBDISTRICT].setValue(3)
    section.kinds_of[AgencyKind.TOWN].choose("培训", "法律意见")
    section.lend.setValue(4)
    section.like.setPlainText("自然资源、城乡建设\n\n民政、退役军人 ")
    section.minutes_days.setValue(5)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    with desk.database.read() as session:
        settings = load_settings(session)
    policy = policy_of(settings)
    assert policy.formal_modes == {Mode.OWN, Mode.INTERNAL}
    assert [policy.needs(kind) for kind in (AgencyKind.SUBDISTRICT, AgencyKind.TOWN)] == [3, 8]
    assert policy.counts(AgencyKind.SUBDISTRICT) == set(ServiceKind) - {ServiceKind.OTHER}
    assert policy.counts(AgencyKind.TOWN) == {ServiceKind.TRAINING, ServiceKind.OPINION}
    assert (policy.lend_capacity, settings.minutes_days, settings.consultation_series) == (4, 5, "示例会商")
    assert policy.alike("民政", "退役军人")
    assert not policy.alike("民政", "城乡建设")
