"""The one style sheet, filled from the tokens."""

import os
from pathlib import Path
from string import Template
from tempfile import NamedTemporaryFile

from db.places import coloured_icons
from gui.look.tokens import Tokens

ICONS = Path(__file__).parents[2] / "resources" / "icons"


def style_sheet(t: Tokens, body: int) -> str:
    """Return the application's style sheet for these colours and this body size."""
    return Template(_QSS).substitute(
        t,
        body=body,
        caption=max(12, body - 1),
        down=_coloured("chevron-down", t["tx2"]),
        tick=_coloured("check", t["on_ac"], "3"),
        up=_coloured("chevron-up", t["tx2"]),
        sort_up=_coloured("arrow-up", t["ac_tx"]),
        sort_down=_coloured("arrow-down", t["ac_tx"]),
    )


def _coloured(name: str, colour: str, stroke: str = "2") -> str:
    """Return a file with an icon in this colour; a style sheet takes pictures from files only.

    Where none can be written (a full disk) the picture is in the shipped colour: no reason not to start.
    """
    shipped = ICONS / f"{name}.svg"
    try:
        file = coloured_icons() / f"{name}-{colour.lstrip('#')}-{stroke}.svg"
        if not file.exists():
            svg = shipped.read_text(encoding="utf-8")
            svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
            with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as made:
                made.write(svg)
            os.replace(made.name, file)  # noqa: PTH105 - atomic: another window may read it already
    except OSError:
        return shipped.as_posix()
    return file.as_posix()


_QSS = """
* { font-size: ${body}px; }
QWidget { color: $tx; }
QMainWindow, QDialog, QWidget#topbar, QScrollArea#rail, QStatusBar { background: $bg_window; }
QWidget[pane="surface"], QDialog[pane="surface"] { background: $bg_surface; }
QWidget[pane="subtle"] { background: $bg_subtle; }
QWidget[pane="sunken"] { background: $bg_sunken; }
QFrame[line="h"] { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QFrame[line="h"][soft="true"] { background: $line_soft; }
QFrame[line="v"] { background: $line; max-width: 1px; min-width: 1px; border: 0; }
QLabel { background: transparent; }
QLabel[role="page"] { font-size: 18px; font-weight: bold; }
QLabel[role="person"] { font-size: 16px; font-weight: bold; }
QLabel[role="heading"] { font-weight: bold; }
QLabel[role="figure"] { font-size: 24px; font-weight: bold; }
QLabel[role="number"] { font-size: 18px; font-weight: bold; }
QLabel[role="caption"] { font-size: ${caption}px; color: $tx2; }
QLabel[role="hint"] { font-size: ${caption}px; color: $tx3; }
QLabel[role="second"] { color: $tx2; }
QLabel[role="required"] { color: $dg; }
QLabel[message="error"] { font-size: ${caption}px; color: $dg; }
QLabel[message="warning"] { font-size: ${caption}px; color: $wn; }
QLabel[message="hint"] { font-size: ${caption}px; color: $tx3; }
QLabel[message="ok"] { font-size: ${caption}px; color: $ok; }
QLabel[role="keycap"] { font-size: 11px; color: $tx2; background: $bg_surface; border: 1px solid $line_strong;
  border-radius: 4px; padding: 1px 5px; }
QLabel[role="chip"] { font-size: ${caption}px; color: $chip_tx; background: $chip; border-radius: 4px; padding: 2px 6px; }
QLabel[badge="ok"] { font-size: ${caption}px; color: $ok; background: $ok_bg; border: 1px solid $ok_line; border-radius: 4px; padding: 1px 6px; }
QLabel[badge="wn"] { font-size: ${caption}px; color: $wn; background: $wn_bg; border: 1px solid $wn_line; border-radius: 4px; padding: 1px 6px; }
QLabel[badge="dg"] { font-size: ${caption}px; color: $dg; background: $dg_bg; border: 1px solid $dg_line; border-radius: 4px; padding: 1px 6px; }
QLabel[badge="ac"] { font-size: ${caption}px; color: $ac_tx; background: $ac_tint; border: 1px solid $ac_line; border-radius: 4px; padding: 1px 6px; }
QFrame[strip="wn"] { background: $wn_bg; border: 1px solid $wn_line; border-radius: 6px; }
QFrame[strip="wn"] QLabel { color: $wn; }
QFrame[strip="dg"] { background: $dg_bg; border: 1px solid $dg_line; border-radius: 6px; }
QFrame[strip="dg"] QLabel { color: $dg; }
QFrame[strip="ok"] { background: $ok_bg; border: 1px solid $ok_line; border-radius: 6px; }
QFrame[strip="ok"] QLabel { color: $ok; }

QPushButton { background: $bg_surface; border: 1px solid $line_strong; border-radius: 6px; padding: 0 12px; min-height: 30px; }
QPushButton:hover { background: $bg_hover; }
QPushButton:pressed { background: $bg_sunken; }
QPushButton:focus { border: 2px solid $ac_tx; padding: 0 11px; min-height: 28px; }
QPushButton:disabled { color: $tx_dis; border-color: $line; }
QPushButton[kind="primary"] { background: $ac; border-color: $ac; color: $on_ac; font-weight: bold; padding: 0 14px; }
QPushButton[kind="primary"]:hover { background: $ac_hover; }
QPushButton[kind="primary"]:pressed { background: $ac_press; }
QPushButton[kind="primary"]:focus { border: 2px solid $bg_surface; padding: 0 13px; }
QPushButton[kind="primary"]:disabled { background: $bg_sunken; border-color: $line; color: $tx_dis; }
QPushButton[kind="accent"] { border-color: $ac_tx; color: $ac_tx; font-weight: bold; }
QPushButton[kind="accent"]:hover { background: $ac_tint; }
QPushButton[kind="ghost"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="ghost"]:hover { background: $bg_hover; }
QPushButton[kind="ghost"]:focus { border: 2px solid $ac_tx; padding: 0 7px; }
QPushButton[kind="link"] { background: transparent; border: 0; color: $ac_tx; padding: 0 2px; min-height: 22px; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $ac_tx; border-radius: 4px; padding: 0; min-height: 18px; }
QPushButton[kind="link"]:disabled { color: $tx_dis; }
QPushButton[kind="link"][small="true"] { font-size: ${caption}px; padding: 0; min-height: 18px; }
QPushButton[kind="trouble"] { background: transparent; border: 0; color: $dg; padding: 0 2px; min-height: 22px; text-align: left; }
QPushButton[kind="trouble"]:hover { text-decoration: underline; }
QPushButton[kind="trouble"]:focus { border: 2px solid $dg; border-radius: 4px; padding: 0; min-height: 18px; }
QPushButton[small="true"] { min-height: 26px; }
QPushButton[small="true"]:focus { min-height: 24px; }
QPushButton::menu-indicator { image: url($down); width: 14px; height: 14px; subcontrol-position: right center; right: 8px; }
QPushButton[hasMenu="true"] { padding-left: 10px; padding-right: 30px; text-align: left; }
QPushButton[hasMenu="true"]:focus { padding-left: 9px; padding-right: 29px; }
QPushButton[hasMenu="true"][small="true"] { padding-right: 16px; }
QPushButton[hasMenu="true"][small="true"]:focus { padding-right: 15px; }
QPushButton[hasMenu="ghost"] { padding-right: 26px; }
QPushButton[hasMenu="bare"] { padding: 0 9px; }
QPushButton[hasMenu="bare"]:focus { padding: 0 8px; }
QPushButton[hasMenu="bare"]::menu-indicator { image: none; width: 0; }
QPushButton[hasMenu="link"] { padding-right: 18px; }
QPushButton[hasMenu="link"]:focus { padding-right: 16px; }
QPushButton[hasMenu="link"]::menu-indicator { right: 0; }
QWidget[dropping="true"] { background: $ac_tint; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 4px; }
QToolButton:hover { background: $bg_hover; }
QToolButton:focus { border: 2px solid $ac_tx; padding: 3px; }
QToolButton::menu-indicator { image: none; }
QToolButton[seg] { background: $bg_surface; border: 1px solid $line_strong; border-right: 0; border-radius: 0; padding: 0 12px; min-height: 28px; }
QToolButton[seg="first"] { border-top-left-radius: 6px; border-bottom-left-radius: 6px; }
QToolButton[seg="last"] { border-right: 1px solid $line_strong; border-top-right-radius: 6px; border-bottom-right-radius: 6px; }
QToolButton[seg="only"] { border: 1px solid $line_strong; border-radius: 6px; }
QToolButton[seg]:hover { background: $bg_hover; }
QToolButton[seg]:checked { background: $ac_tint; color: $ac_tx; font-weight: bold; }
QToolButton[seg]:focus { border: 2px solid $ac_tx; padding: 0 11px; min-height: 26px; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit { background: $bg_surface; border: 1px solid $line_input; border-radius: 6px;
  padding: 0 8px; min-height: 30px; selection-background-color: $ac; selection-color: $on_ac; }
QPlainTextEdit, QTextEdit { padding: 6px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover, QSpinBox:hover { border-color: $tx2; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $ac_tx; padding: 0 7px; min-height: 28px; }
QPlainTextEdit:focus { padding: 5px 5px; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] { border: 1px solid $dg; }
QLineEdit[invalid="true"]:focus, QComboBox[invalid="true"]:focus { border: 2px solid $dg; }
QLineEdit:read-only { background: $bg_window; color: $tx2; }
QLineEdit:disabled, QComboBox:disabled { color: $tx_dis; background: $bg_window; border-color: $line; }
QFrame[field="true"] { background: $bg_surface; border: 1px solid $line_input; border-radius: 6px; min-height: 30px; max-height: 30px; }
QFrame[field="true"]:hover { border-color: $tx2; }
QFrame[field="true"][focused="true"] { border: 2px solid $ac_tx; min-height: 28px; max-height: 28px; }
QFrame[field="true"][invalid="true"] { border-color: $dg; }
QFrame[field="true"] QLineEdit, QFrame[field="true"] QLineEdit:focus { border: 0; padding: 0; min-height: 24px; background: transparent; }
QPushButton[kind="tag"] { background: $chip; color: $chip_tx; border: 0; border-radius: 4px; padding: 0 7px; min-height: 22px; }
QPushButton[kind="tag"]:hover { background: $bg_sunken; }
QLineEdit[masked="true"] { placeholder-text-color: $tx; }
QLineEdit[dense="true"], QComboBox[dense="true"] { min-height: 26px; padding: 0 6px; }
QLineEdit[dense="true"]:focus, QComboBox[dense="true"]:focus { min-height: 24px; padding: 0 5px; }
QPlainTextEdit[dense="true"] { min-height: 18px; padding: 3px 4px; }
QPlainTextEdit[dense="true"]:focus { min-height: 18px; padding: 2px 3px; }
QLineEdit[filter="true"] { border-color: $line_strong; min-height: 26px; }
QLineEdit[filter="true"]:focus { border: 2px solid $ac_tx; min-height: 24px; }
QComboBox QLineEdit { border: 0; min-height: 20px; padding: 0; background: transparent; }
QComboBox QLineEdit:focus { border: 0; min-height: 20px; padding: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($down); width: 14px; height: 14px; }
QComboBox[small="true"] { min-height: 24px; border-color: $line_strong; }
QComboBox[small="true"]:focus { min-height: 22px; }
QComboBox QAbstractItemView { background: $bg_surface; border: 1px solid $line_strong; selection-background-color: $bg_selected; selection-color: $tx; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { border: 0; padding: 0; min-height: 20px; background: transparent; }
QSpinBox::up-button, QSpinBox::down-button { width: 20px; border: 0; background: transparent; }
QSpinBox[bare="true"]::up-button, QSpinBox[bare="true"]::down-button { width: 0; }
QSpinBox::up-arrow { image: url($up); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url($down); width: 12px; height: 12px; }
QSpinBox[bare="true"]::up-arrow, QSpinBox[bare="true"]::down-arrow { image: none; width: 0; height: 0; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QAbstractItemView::indicator { width: 16px; height: 16px; border: 1px solid $line_input; border-radius: 4px; background: $bg_surface; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $ac; border-color: $ac; image: url($tick); }
QCheckBox:focus, QRadioButton:focus { color: $ac_tx; }
QCheckBox::indicator:focus { border: 2px solid $ac_tx; width: 14px; height: 14px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $line_input; border-radius: 8px; background: $bg_surface; }
QRadioButton::indicator:checked { border: 5px solid $ac; width: 6px; height: 6px; }
QRadioButton::indicator:focus { border-color: $ac_tx; }

QTableView, QTreeView, QListView { background: $bg_surface; border: 0; outline: 0; selection-background-color: $bg_selected; selection-color: $tx; gridline-color: $line_soft; }
QListView[pane="subtle"] { background: $bg_subtle; }
QHeaderView { background: $bg_subtle; border: 0; }
QHeaderView::section { background: $bg_subtle; color: $tx2; font-size: ${caption}px; border: 0; border-bottom: 1px solid $line; padding: 0 8px; min-height: 31px; }
QHeaderView::section:first { padding-left: 24px; }
QTableView[plain="true"] QHeaderView::section, QTableView[plain="true"] QHeaderView::section:first { padding-left: 10px; }
QTableView[plain="true"]::item { padding: 0 6px; border-bottom: 1px solid $line_soft; }
QTableView[plain="true"]::item:selected { background: $bg_selected; color: $tx; }
QTableView[grid="true"] QHeaderView::section, QTableView[grid="true"] QHeaderView::section:first { padding-left: 8px; }
QTableView[grid="true"]::item { padding: 0 5px; }
QTableView[grid="true"]::item:selected { background: $bg_selected; color: $tx; }
QTableView[grid="true"] QLineEdit, QTableView[grid="true"] QComboBox { border: 2px solid $ac_tx; border-radius: 0; padding: 0 4px; min-height: 24px; }
QTableView[plain="true"] QComboBox { margin: 3px 6px; min-height: 26px; border-color: $line_strong; }
QTableView[plain="true"] QComboBox:focus { min-height: 24px; }
QHeaderView::up-arrow { image: url($sort_up); width: 12px; height: 12px; subcontrol-position: right center; right: 6px; }
QHeaderView::down-arrow { image: url($sort_down); width: 12px; height: 12px; subcontrol-position: right center; right: 6px; }
QListWidget[nav="true"] { background: transparent; }
QListWidget[nav="true"]::item { height: 34px; padding-left: 10px; border-radius: 6px; color: $tx2; }
QListWidget[nav="true"]::item:disabled { color: $tx3; }
QListWidget[checks="true"] { background: $bg_surface; border: 1px solid $line_input; border-radius: 6px; padding: 3px 6px; }
QListWidget[checks="true"]:focus { border: 2px solid $ac_tx; padding: 2px 5px; }
QListWidget[checks="true"]::item { height: 26px; color: $tx; }
QListWidget[checks="true"]::item:selected { background: $bg_hover; color: $tx; border-radius: 4px; }
QListWidget[checks="true"]::indicator { width: 14px; height: 14px; border: 1px solid $line_input; border-radius: 4px; background: $bg_surface; }
QListWidget[checks="true"]::indicator:checked { background: $ac; border-color: $ac; image: url($tick); }
QListWidget[nav="true"]::item:selected { background: $ac_tint; color: $ac_tx; }
QListWidget[plain="true"]::item { padding: 5px 20px; border-bottom: 1px solid $line_soft; }
QListWidget[plain="true"]::item:selected { background: $bg_hover; color: $tx; border-left: 3px solid $ac_tx; padding-left: 17px; }
QListWidget[plain="true"]::item:selected:active { background: $bg_selected; }
QTreeWidget[plain="true"] { background: transparent; }
QTreeWidget[plain="true"] QHeaderView::section, QTreeWidget[plain="true"] QHeaderView::section:first { padding-left: 8px; }
QTreeWidget[plain="true"]::indicator { width: 14px; height: 14px; border: 1px solid $line_input; border-radius: 4px; background: $bg_surface; }
QTreeWidget[plain="true"]::indicator:checked { background: $ac; border-color: $ac; image: url($tick); }
QListView[pane="subtle"] { background: $bg_subtle; }
QTreeWidget[plain="true"]::item { height: 25px; padding: 0 4px; }
QTreeWidget[plain="true"]::item:selected { background: $bg_hover; color: $tx; }
QTreeWidget[plain="true"]::item:selected:active { background: $bg_selected; }
QTableCornerButton::section { background: $bg_subtle; border: 0; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 1px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: 0; background: transparent; }
QScrollArea[floating="true"] { background: $line_strong; }
QScrollArea > QWidget > QWidget[scroll="true"] { background: transparent; }
QSplitter::handle { background: $line; }
QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $tx2; padding: 6px 0 8px 0; margin-right: 20px; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: $ac_tx; font-weight: bold; border-bottom: 2px solid $ac_tx; }
QTabBar::tab:focus { color: $ac_tx; border-bottom: 2px solid $ac_tx; }
QTabWidget::tab-bar { left: 20px; }
QMenu { background: $bg_surface; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $bg_selected; }
QMenu::item:disabled { color: $tx_dis; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $bg_window; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: $bg_hover; }
QStatusBar { border-top: 1px solid $line; min-height: 27px; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: $tx2; font-size: ${caption}px; }
QStatusBar QPushButton { font-size: ${caption}px; color: $tx2; border: 0; background: transparent; min-height: 22px; padding: 0 4px; text-align: left; }
QStatusBar QPushButton:hover { text-decoration: underline; }
QStatusBar QPushButton:focus { border: 1px solid $ac_tx; }
QFrame[tip="true"] { background: $tip_bg; border-radius: 8px; }
QFrame[tip="true"] QLabel { color: $tip_tx; }
QFrame[tip="true"] QLabel[tip="second"] { color: $tip_tx2; }
QToolTip { background: $tip_bg; color: $tip_tx; border: 1px solid $tip_bg; padding: 6px 8px; }
QProgressBar { background: $bg_sunken; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $bar; border-radius: 3px; }
QFrame[choice="true"] { background: $bg_surface; border: 1px solid $line; border-radius: 8px; }
QFrame[choice="true"]:hover { border-color: $line_strong; }
QFrame[choice="true"]:focus { border: 2px solid $ac_tx; }
QLabel[role="choiceicon"] { background: $ac_tint; border-radius: 6px; }
QFrame[figure="true"] { background: $bg_surface; border: 2px solid transparent; border-radius: 6px; }
QFrame[figure="true"]:hover { background: $bg_hover; }
QFrame[figure="true"][on="true"] { background: $ac_tint; }
QFrame[figure="true"]:focus { border-color: $ac_tx; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { height: 4px; background: $bg_sunken; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $bar; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -5px 0; border-radius: 7px; background: $ac; border: 1px solid $ac; }
QSlider::handle:horizontal:focus { width: 12px; height: 12px; margin: -7px 0; border: 3px solid $ac_tx; border-radius: 9px; background: $bg_surface; }
QFrame[box="true"] { background: $bg_surface; border: 1px solid $line; border-radius: 6px; }
QCalendarWidget QWidget { alternate-background-color: $bg_subtle; }
QCalendarWidget QToolButton { color: $tx; }
QCalendarWidget QAbstractItemView { selection-background-color: $ac; selection-color: $on_ac; }
"""
