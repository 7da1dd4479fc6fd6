"""Another clerk was quicker while a form stood open: said at the field, with what was typed kept."""

from dataclasses import replace

from db.office.acts.jurisdiction import save_court_rules
from db.office.acts.settings import save_settings
from db.office.acts.wording import keep_wording
from db.office.queries.court_rules import court_rules
from db.office.queries.settings import load_settings
from db.office.queries.wording import default_wording, wording
from gui.office.jurisdiction import JurisdictionDialog
from gui.office.settings_dialog import SettingsDialog
from gui.printing.wording_form import WordingEditing
from tests.db.store.test_two_clerks import another, keep, read
from tests.gui.window.test_pages import opened


def test_a_setting_that_somebody_else_changed_is_said_at_its_field_and_saved_when_asked_again(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    with another(desk.database) as other:
        keep(other, replace(read(other), capacity=9, contact="林一苇"), read(other))
    dialog.assigning.capacity.setValue(8)
    dialog.office.setText("示例区司法局")
    dialog.save.click()
    box = dialog.assigning.boxes["capacity"]
    qtbot.waitUntil(lambda: box.severity == "error")
    assert "已由林一苇于" in box.message.text()
    assert "改为“9”" in box.message.text()
    assert (dialog.assigning.capacity.value(), dialog.office.text()) == (8, "示例区司法局")
    assert read(desk.database).capacity == 9
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    now = read(desk.database)
    assert (now.capacity, now.office_name, now.contact) == (8, "示例区司法局", "林一苇")


def test_wording_that_somebody_else_changed_is_said_under_what_was_written(qtbot, desk):
    editing = WordingEditing(desk.context, desk.window, lambda: None)
    form = editing.open("催办函")
    shipped = default_wording("催办函")
    with another(desk.database) as other, other.write("修改催办函用语") as session:
        keep_wording(session, "催办函", f"{shipped}\n请按期反馈。", shipped)
    form.text.setPlainText(f"{shipped}\n特此函告。")
    form.save.click()
    qtbot.waitUntil(lambda: form.boxes["text"].severity == "error")
    assert "林一苇" in form.boxes["text"].message.text()
    assert form.text.toPlainText().endswith("特此函告。")
    with qtbot.waitSignal(form.accepted):
        form.save.click()
    with desk.database.read() as session:
        assert wording(session, "催办函").endswith("特此函告。")


def test_rules_that_somebody_else_changed_are_said_above_the_lines(qtbot, desk):
    desk.window.run("show_jurisdiction")
    dialog = opened(qtbot, desk, JurisdictionDialog)
    with desk.database.read() as session:
        rules = court_rules(session)
    with another(desk.database) as other, other.write("修改管辖规则") as session:
        save_court_rules(session, rules[:-1], rules)
    dialog.mark_dirty()
    dialog.save.click()
    qtbot.waitUntil(lambda: "林一苇" in dialog.strip.text.text())
    assert len(dialog.draft()) == len(rules)
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    with desk.database.read() as session:
        assert len(court_rules(session)) == len(rules)


def test_saving_unchanged_settings_overwrites_nothing(qtbot, desk):
    desk.window.run("show_settings")
    dialog = opened(qtbot, desk, SettingsDialog)
    with another(desk.database) as other, other.write("修改设置") as session:
        save_settings(session, replace(load_settings(session), sharing_capacity=7))
    with qtbot.waitSignal(dialog.accepted):
        dialog.save.click()
    assert read(desk.database).sharing_capacity == 7


def test_a_save_that_waits_for_another_window_is_said_in_the_status_bar_and_done_in_the_end(qtbot, desk):
    """21 acts of 294 were refused where several wrote at once."""
    window, notice = desk.window, desk.window.notice
    with another(desk.database) as other:
        desk.window.run("show_settings")
        dialog = opened(qtbot, desk, SettingsDialog)
        dialog.office.setText("示例区司法局")
        with other.write("导入名册") as session:
            save_settings(session, replace(load_settings(session), contact="林一苇"))
            session.flush()
            dialog.save.click()
            qtbot.waitUntil(lambda: notice.text() == "正在等待另一个窗口写完…")
            window.search.setFocus()  # the window lives on meanwhile
        qtbot.waitUntil(lambda: read(desk.database).office_name == "示例区司法局")
        qtbot.waitUntil(lambda: notice.text() != "正在等待另一个窗口写完…")
    assert read(desk.database).contact == "林一苇"
