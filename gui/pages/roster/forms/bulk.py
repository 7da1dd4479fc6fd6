"""One change of many lawyers: what to change above, before and after of each person below."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.errors import Problem, Severity
from db.formats import pinyin
from db.roster.rules.bulk import BulkChange, BulkLine, bulk_line, bulk_problems
from db.roster.rules.lawyers import MAX_CAPACITY, MAX_SPECIALITIES, LawyerDraft
from db.words.lawyer import LicenceState
from gui.forms.preview_table import PreviewRow, fill_preview, preview_table, table_height
from gui.forms.short_form import ShortForm
from gui.widgets.fields import DateField, FieldBox
from gui.widgets.pickers import Picker, TagField

KEEP = "不改"
OFFICE_CAP = "按本局上限"
POLITICS = (
    "中共党员",
    "中共预备党员",
    "民革党员",
    "民盟盟员",
    "民建会员",
    "民进会员",
    "农工党党员",
    "致公党党员",
    "九三学社社员",
    "台盟盟员",
    "无党派人士",
    "群众",
)


class BulkForm(ShortForm):
    """Asks what to change in the chosen lawyers; what is left empty stays as it is."""

    def __init__(
        self,
        drafts: Mapping[int, LawyerDraft],
        offers: tuple[Sequence[str], Sequence[str]],
        today: date,
        min_years: int,
        parent: QWidget,
    ) -> None:
        super().__init__(
            f"批量修改 {len(drafts)} 人",
            f"修改 {len(drafts)} 人",
            parent,
            intro="只填要改的项目，其余保持不变。下面逐人列出改前和改后，核对后一次保存，可用 Ctrl+Z 一次撤销。",
        )
        self.drafts, self._today, self._min_years = drafts, today, min_years
        firms, fields = offers
        self.firm, self.firm_since = Picker(free=True), DateField()
        self.firm.set_items((name, name, pinyin.search_keys(name)) for name in firms)
        self.capacity, self.politics, self.licence_state = QComboBox(), QComboBox(), QComboBox()
        self.add, self.take = TagField(MAX_SPECIALITIES), TagField(MAX_SPECIALITIES)
        self.add.set_suggestions(fields)
        self.take.set_suggestions(dict.fromkeys(w for d in drafts.values() for w in d.specialities))
        self.note = QLineEdit()
        self.table = preview_table(
            "bulk_preview", ("姓名", "项目", "原来", "改为", "核对"), (92, 92, 220, 220, 200)
        )
        self._lay_out()
        self.resize(940, 0)
        self.watch_fields()
        self._show_lines()

    def change(self) -> BulkChange:
        """Return what is asked for."""
        cap, state = self.capacity.currentText().strip(), self.licence_state.currentText()
        return BulkChange(
            firm=self.firm.currentText().strip(),
            firm_since=self.firm_since.day(),
            capacity=int(cap) if cap.isdecimal() else None,
            to_office_cap=cap == OFFICE_CAP,
            add=self.add.tags(),
            take=self.take.tags(),
            politics=self.politics.currentText().strip(),
            licence_state=None if state == KEEP else LicenceState(state),
            note=self.note.text().strip(),
        )

    def lines(self) -> list[BulkLine]:
        """Return what the change makes of each lawyer."""
        change = self.change()
        return [
            bulk_line(key, draft, change, min_years=self._min_years) for key, draft in self.drafts.items()
        ]

    def versions(self) -> dict[int, int]:
        """Return the version of each lawyer that was shown."""
        return {key: draft.version for key, draft in self.drafts.items()}

    def problems(self) -> list[Problem]:
        cap = self.capacity.currentText().strip()
        if cap and cap != OFFICE_CAP and not cap.isdecimal():
            text = f"应填 0 至 {MAX_CAPACITY} 的整数，或选“{OFFICE_CAP}”，现为“{cap}”。"
            return [Problem("capacity", text)]
        found = bulk_problems(self.change())
        lines = self.lines()
        if not found and not any(line.changes for line in lines):
            found.append(Problem("", "所选各人已是这样，没有可以修改的内容。"))
        for line in lines:
            found += [
                Problem("", f"{line.name}：{p.text}") for p in line.problems if p.severity is Severity.ERROR
            ]
        return found

    def mark_dirty(self, *changed: object) -> None:
        super().mark_dirty(*changed)
        self._show_lines()

    def _lay_out(self) -> None:
        self.capacity.setEditable(True)
        self.capacity.addItems(["", OFFICE_CAP])
        self.politics.setEditable(True)
        self.politics.addItems(["", *POLITICS])
        self.licence_state.addItems([KEEP, *(state.value for state in LicenceState)])
        for made in (self.firm, self.capacity, self.politics):
            if entry := made.lineEdit():
                entry.setPlaceholderText(KEEP)
        self.note.setPlaceholderText("写在原有备注之后")
        self.add_field(FieldBox("律师事务所", self.firm, "firm"), (0, 0))
        self.add_field(FieldBox("转入日期", self.firm_since, "firm_since", hint="不填则为今天"), (0, 1))
        self.add_field(FieldBox("增加专业领域", self.add, "add"), (1, 0))
        self.add_field(FieldBox("去掉专业领域", self.take, "take"), (1, 1))
        self.add_field(FieldBox("在办上限", self.capacity, "capacity"), (2, 0))
        self.add_field(FieldBox("执业状态", self.licence_state, "licence_state"), (2, 1))
        self.add_field(FieldBox("政治面貌", self.politics, "politics"), (3, 0))
        self.add_field(FieldBox("追加备注", self.note, "note"), (3, 1))
        self._grid.addWidget(self.table, 4, 0, 1, 2)
        self.table.setMinimumHeight(table_height(2 * len(self.drafts)))

    def _show_lines(self) -> None:
        rows: list[PreviewRow] = []
        for line in self.lines():
            grave = next((p for p in line.problems if p.severity is Severity.ERROR), None)
            said = grave or next(iter(line.problems), None)
            for at, (title, before, after) in enumerate(line.changes):
                words = said.text if said and at == 0 else "可以修改"
                rows.append(
                    (
                        (line.name if at == 0 else "", title, before or "—", after or "—", words),
                        said if at == 0 else None,
                    )
                )
            if not line.changes:
                rows.append(((line.name, "", "", "", "不变"), Problem("", "", Severity.NOTE)))
        fill_preview(self.table, rows)
