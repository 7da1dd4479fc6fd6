"""Renders papers in a worker, prints them, and saves them as what they can be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.documents.model import Document
from db.documents.pdf import Pdf, render_pdf, save_pdf
from db.errors import UserError
from gui.context import Context
from gui.widgets.basics import button

KINDS = {
    ".pdf": ("PDF", "PDF 文件 (*.pdf)"),
    ".docx": ("Word", "Word 文档 (*.docx)"),
    ".xlsx": ("Excel", "Excel 工作簿 (*.xlsx)"),
}


@dataclass(frozen=True, slots=True)
class Made:
    """Papers as data and as the PDF of them."""

    papers: tuple[Document, ...]
    pdf: Pdf

    @property
    def missing(self) -> tuple[str, ...]:
        """What the papers should say and nobody has entered."""
        return tuple(text for paper in self.papers for text in paper.missing)


class PaperDesk(QObject):
    """What can be done with the papers that ``owner`` shows; the buttons are made here and placed by it.

    ``made`` is told when papers are rendered, ``refused`` when they could not be. ``before_leaving`` runs in a
    worker before papers are printed or saved, and may put it into the journal.
    """

    made = Signal(object)
    refused = Signal(str)

    def __init__(self, context: Context, owner: QWidget, name: str) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self.title = ""
        self.current: Made | None = None
        self.before_leaving: Callable[[], object] | None = None
        self.print_button = button("打印", f"{name}_print", "primary", "printer")
        self.save_buttons: dict[str, QPushButton] = {
            suffix: button(f"存为 {word}", f"{name}_{suffix[1:]}") for suffix, (word, _) in KINDS.items()
        }
        self._asked = 0
        self.print_button.clicked.connect(self.print_out)
        for suffix, slot in (
            (".pdf", self.save_as_pdf),
            (".docx", self.save_as_word),
            (".xlsx", self.save_as_excel),
        ):
            self.save_buttons[suffix].clicked.connect(slot)
        self._offer()

    def render(self, make: Callable[[], Sequence[Document]]) -> None:
        """Make and set papers in a worker; a later call overtakes an earlier one."""
        self._asked += 1

        def work() -> Made:
            papers = tuple(make())
            return Made(papers, render_pdf(papers))

        self._context.tasks.run(
            self, work, partial(self._rendered, self._asked), partial(self._failed, self._asked)
        )

    def print_out(self) -> None:
        """Send what is shown to a printer."""
        if self.current is not None:
            self._leave(self._to_printer)

    def save_as_pdf(self) -> None:
        """Save what is shown as a PDF."""
        self._ask(".pdf")

    def save_as_word(self) -> None:
        """Save what is shown as a Word file."""
        self._ask(".docx")

    def save_as_excel(self) -> None:
        """Save what is shown as a workbook."""
        self._ask(".xlsx")

    def _rendered(self, asked: int, made: Made) -> None:
        if asked == self._asked:
            self.current = made
            self._offer()
            self.made.emit(made)

    def _failed(self, asked: int, error: Exception) -> None:
        if asked != self._asked:
            return
        if isinstance(error, UserError):
            self.current = None
            self._offer()
            self.refused.emit(str(error))
        else:
            self._context.errors.show(error)

    def _offer(self) -> None:
        """Show a button for each kind of file that the papers can be."""
        suffixes = self.current.papers[0].suffixes if self.current else ()
        self.print_button.setEnabled(bool(suffixes))
        for suffix, its_button in self.save_buttons.items():
            its_button.setVisible(suffix in suffixes)

    def _leave(self, then: Callable[[object], object]) -> None:
        note = self.before_leaving
        if note is None:
            then(None)
        else:
            self._context.tasks.run(self, note, then, self._context.errors.show)

    def _to_printer(self, _: object) -> None:
        if self.current is not None:
            self._context.printers.print_pdf(self._owner.window(), self.current.pdf, self.title)

    def _ask(self, suffix: str) -> None:
        if self.current is not None and suffix in self.current.papers[0].suffixes:
            name = f"{self.title}{self._context.today():%Y%m%d}{suffix}"
            self._context.files.save_file(
                self._owner, f"存为 {KINDS[suffix][0]}", name, KINDS[suffix][1], self._write
            )

    def _write(self, path: Path) -> None:
        made, title, note = self.current, self.title, self.before_leaving
        if made is None:
            return

        def work() -> None:
            if path.suffix.lower() == ".pdf":
                save_pdf(made.pdf, path, overwrite=True)
            else:
                from db.documents.saving import save  # noqa: PLC0415 - brings the writers of Word and Excel

                save(made.papers, title, path, overwrite=True)
            if note is not None:
                note()

        then = partial(self._written, path)
        self._context.tasks.run(self, work, then, self._context.errors.show, act=f"保存 {path.name}")

    def _written(self, path: Path, _: object) -> None:
        self._context.desk.say(f"已保存到 {path}")
