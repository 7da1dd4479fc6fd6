"""Drawing members by lot: the seed is on the screen before the draw; the result is on record once it is shown."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from db.consultations.queries.detail import DrawLine
from db.consultations.queries.member_candidates import MemberCandidate
from db.consultations.rules.consultations import DrawRequest
from db.consultations.rules.problems import draw_problems
from db.errors import errors_only
from gui.widgets.basics import Strip, button, column, label, row
from gui.widgets.entries import ChoiceEntry, NumberEntry, TextEntry
from gui.widgets.fields import FieldBox

WANTED = 3
EXPLAINED = (
    "种子和人数决定结果：任何人用同一种子、同一名单重抽，结果都相同。有回避情形的，抽取前已经剔除。"
    "抽取即记入会商记录，不能撤销；再次抽取应写明原因，各次抽取都留存、印入纪要。"
)


class DrawTab(QWidget):
    """Asks how many; shows who may be drawn, who is left out and why, and what the last draw on record brought."""

    drawn = Signal(object)  # DrawRequest

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Sequence[MemberCandidate] = ()
        self._seed = ""  # the one that was proposed
        self._earlier: Sequence[DrawLine] = ()
        self._asked = False  # a draw is on its way to the record
        self.wanted, self.seed, self.reason = NumberEntry("人数"), TextEntry(), TextEntry()
        self.speciality = ChoiceEntry((), "专业", nothing="不限专业")
        self.boxes = {
            "wanted": FieldBox("抽取人数", self.wanted, "draw_wanted", required=True),
            "speciality": FieldBox("专业", self.speciality, "draw_speciality"),
            "seed": FieldBox("种子", self.seed, "draw_seed", hint="可以改为会上当众确定的任何文字或者数字。"),
            "reason": FieldBox("再次抽取的原因", self.reason, "draw_reason", required=True),
        }
        self.pool = label("", "second", wraps=True)
        self.out = QTreeWidget()
        self.draw_button = button("抽取", "draw_go", "accent")
        self.result = Strip("ok")
        self._build()
        self.wanted.set_value(WANTED)
        self.draw_button.clicked.connect(self.draw)
        self.wanted.returnPressed.connect(self.draw)
        self.seed.returnPressed.connect(self.draw)
        self.reason.returnPressed.connect(self.draw)
        for part in (self.wanted, self.seed, self.speciality):
            part.edited.connect(self._on_edited)

    def show_pool(
        self, candidates: Sequence[MemberCandidate], seed: str, draws: Sequence[DrawLine] = ()
    ) -> None:
        """Show who may be drawn and what was drawn; the next seed is proposed unless the clerk has typed another."""
        self._candidates = candidates
        words = sorted({word for one in candidates for word in one.specialities})
        chosen = self.speciality.value()
        offered = self._offer(words)
        offered.set_value(chosen if chosen in words else None)
        if len(draws) > len(self._earlier):
            self.seed.set_value(seed)
            self.reason.set_value("")
        if self.seed.text() in {"", self._seed}:
            self.seed.set_value(seed)
        self._seed, self._earlier = seed, draws
        self.release()
        self.boxes["reason"].setVisible(bool(draws))
        self.boxes["reason"].clear()
        self._show_last()
        self._show_out()

    def draw(self) -> None:
        """Draw: the result goes on record, and is shown from there."""
        request = self._wish()
        pool = [one for one in self._of(request.speciality) if not one.left_out]
        text = self.wanted.trouble()
        found = [] if text else errors_only(draw_problems(request, len(pool), len(self._earlier)))
        troubles = {"wanted": text} if text else {p.field: p.text for p in found}
        for name, box in self.boxes.items():
            box.say(troubles.get(name, ""), "error" if name in troubles else "hint")
        if troubles:
            self.boxes[next(iter(troubles))].editor.setFocus()
        elif not self._asked:
            self._asked = True
            self.draw_button.setEnabled(False)
            self.drawn.emit(request if request.seed else replace(request, seed=self._seed))

    def release(self) -> None:
        """Let the clerk draw again: the draw is on record, or was refused."""
        self._asked = False
        self.draw_button.setEnabled(True)

    def _show_last(self) -> None:
        if not self._earlier:
            self.result.say("", "ok")
            return
        last = self._earlier[-1]
        names = "、".join(entry.name for entry in last.drawn)
        doubts = [f"{entry.name}：{entry.reason}" for entry in last.drawn if entry.reason]
        said = f"第 {len(self._earlier)} 次抽取，抽中 {len(last.drawn)} 人：{names}（种子 {last.seed}，已记入会商记录）"
        said += "".join(f"\n提示　{text}" for text in doubts)
        self.result.say(said, "wn" if doubts else "ok")
        self.result.text.setAccessibleName(said)

    def _wish(self) -> DrawRequest:
        speciality = self.speciality.value()
        return DrawRequest(
            wanted=self.wanted.number() or 0,
            speciality=speciality if isinstance(speciality, str) else "",
            seed=self.seed.text().strip(),
            reason=self.reason.text().strip() if self._earlier else "",
        )

    def _on_edited(self) -> None:
        self._show_out()

    def _show_out(self) -> None:
        found = self._of(self._wish().speciality)
        out = [one for one in found if one.left_out]
        self.pool.setText(f"可抽取 {len(found) - len(out)} 人，不参加抽取 {len(out)} 人。")
        self.out.clear()
        for one in out:
            item = QTreeWidgetItem([one.name, one.firm, one.left_out])
            item.setToolTip(2, one.left_out)
            self.out.addTopLevelItem(item)

    def _of(self, speciality: str) -> list[MemberCandidate]:
        """Return everybody who has a speciality, or all."""
        return [one for one in self._candidates if not speciality or speciality in one.specialities]

    def _offer(self, words: Sequence[str]) -> ChoiceEntry:
        """Offer these specialities in the place of those before."""
        if words == [self.speciality.itemText(at) for at in range(1, self.speciality.count())]:
            return self.speciality
        self.speciality.offer([(word, word) for word in words])
        return self.speciality

    def _build(self) -> None:
        self.out.setObjectName("draw_out")
        self.out.setAccessibleName("不参加抽取的顾问和原因")
        self.out.setProperty("plain", True)
        self.out.setRootIsDecorated(False)
        self.out.setHeaderLabels(["姓名", "律所", "不参加抽取的原因"])
        self.out.setColumnWidth(0, 76)
        self.out.setColumnWidth(1, 150)
        self.wanted.setFixedWidth(88)
        self.speciality.setFixedWidth(152)
        line = [self.boxes[name] for name in ("wanted", "speciality", "seed")]
        fields = row(*line, spacing=16)
        fields.setStretch(2, 1)
        for box in line:
            fields.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        act = row(self.draw_button, self.pool, spacing=12)
        act.setStretch(1, 1)
        self.setLayout(
            column(
                label(EXPLAINED, "second", wraps=True),
                fields,
                self.boxes["reason"],
                act,
                self.result,
                self.out,
                spacing=12,
                margins=(20, 16, 20, 16),
            )
        )
        self.boxes["reason"].hide()
