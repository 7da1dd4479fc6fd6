"""Drawing members by lot: the seed is on the screen before the draw, the result before it is kept."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from db.errors import errors_only
from db.queries.member_candidates import MemberCandidate
from db.rules.consultation_problems import draw_problems
from db.rules.consultations import DrawRequest
from db.rules.drawing import draw
from gui.widgets.basics import Strip, button, column, label, row
from gui.widgets.entries import ChoiceEntry, NumberEntry, TextEntry
from gui.widgets.fields import FieldBox

WANTED = 3
EXPLAINED = "种子和人数决定结果：任何人用同一种子、同一名单重抽，结果都相同。有回避情形的，抽取前已经剔除。"


class DrawTab(QWidget):
    """Asks how many; shows who may be drawn and who is left out and why; draws; tells when the result is kept."""

    drawn = Signal(object)  # DrawRequest

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Sequence[MemberCandidate] = ()
        self._seed = ""  # the one that was proposed
        self._request: DrawRequest | None = None
        self.wanted, self.seed = NumberEntry("人数"), TextEntry()
        self.speciality = ChoiceEntry((), "专业", nothing="不限专业")
        self.boxes = {
            "wanted": FieldBox("抽取人数", self.wanted, "draw_wanted", required=True),
            "speciality": FieldBox("专业", self.speciality, "draw_speciality"),
            "seed": FieldBox("种子", self.seed, "draw_seed", hint="可以改为会上当众确定的任何文字或者数字。"),
        }
        self.pool = label("", "second", wraps=True)
        self.out = QTreeWidget()
        self.draw_button = button("抽取", "draw_go", "accent")
        self.result = Strip("ok")
        self.keep = button("保留结果", "draw_keep", "accent")
        self.discard = button("不保留", "draw_discard")
        self._build()
        self.wanted.set_value(WANTED)
        self.draw_button.clicked.connect(self.draw)
        self.keep.clicked.connect(self._on_keep)
        self.discard.clicked.connect(self._forget)
        self.wanted.returnPressed.connect(self.draw)
        self.seed.returnPressed.connect(self.draw)
        for part in (self.wanted, self.seed, self.speciality):
            part.edited.connect(self._on_edited)

    def show_pool(self, candidates: Sequence[MemberCandidate], seed: str) -> None:
        """Show who may be drawn; the next seed is proposed unless the clerk has typed another."""
        self._candidates = candidates
        words = sorted({word for one in candidates for word in one.specialities})
        chosen = self.speciality.value()
        offered = self._offer(words)
        offered.set_value(chosen if chosen in words else None)
        if self.seed.text() in {"", self._seed}:
            self.seed.set_value(seed)
        self._seed = seed
        self._forget()
        self._show_out()

    def draw(self) -> None:
        """Draw, and show who it is; nothing is kept yet."""
        request = self._wish()
        pool = [one for one in self._of(request.speciality) if not one.left_out]
        text = self.wanted.trouble()
        found = [] if text else errors_only(draw_problems(request, len(pool)))
        text = text or (found[0].text if found else "")
        self.boxes["wanted"].say(text, "error" if text else "hint")
        if text:
            self.wanted.setFocus()
            return
        if not request.seed:
            request = replace(request, seed=self._seed)
            self.seed.set_value(self._seed)
        by_key = {one.lawyer_id: one for one in pool}
        drawn = [by_key[key] for key in draw(request.seed, list(by_key), request.wanted)]
        names = "、".join(f"{one.name}（{one.firm}）" for one in drawn)
        doubts = [f"{one.name}：{text}" for one in drawn for text in one.warnings]
        said = f"抽中 {len(drawn)} 人：{names}" + ("".join(f"\n提示　{text}" for text in doubts))
        self.result.say(said, "wn" if doubts else "ok")
        self.result.text.setAccessibleName(said)
        self._request = request
        self.keep.show()
        self.discard.show()
        self.keep.setFocus()

    def _wish(self) -> DrawRequest:
        speciality = self.speciality.value()
        return DrawRequest(
            wanted=self.wanted.number() or 0,
            speciality=speciality if isinstance(speciality, str) else "",
            seed=self.seed.text().strip(),
        )

    def _on_keep(self) -> None:
        if self._request is not None:
            request = self._request
            self._forget()
            self.drawn.emit(request)

    def _on_edited(self) -> None:
        self._forget()
        self._show_out()

    def _forget(self) -> None:
        self._request = None
        self.result.say("", "ok")
        self.keep.hide()
        self.discard.hide()

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
        fields = row(*self.boxes.values(), spacing=16)
        fields.setStretch(2, 1)
        for box in self.boxes.values():
            fields.setAlignment(box, Qt.AlignmentFlag.AlignTop)
        act = row(self.draw_button, self.pool, spacing=12)
        act.setStretch(1, 1)
        self.setLayout(
            column(
                label(EXPLAINED, "second", wraps=True),
                fields,
                act,
                self.result,
                row(self.keep, self.discard, None),
                self.out,
                spacing=12,
                margins=(20, 16, 20, 16),
            )
        )
        self.keep.hide()
        self.discard.hide()
