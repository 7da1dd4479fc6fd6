"""A dialog that shows any paper as it will print, says what is missing on it, and prints or saves it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from db.documents.model import Document
from gui.context import Context
from gui.printing.desk import Made, PaperDesk
from gui.printing.filling import FillLinks
from gui.printing.preview_text import missing_text
from gui.printing.viewer import PaperViewer
from gui.printing.wording_form import WordingEditing
from gui.widgets.basics import Strip, button, column, label, line, pane, row, stretch
from gui.widgets.scrolling import TallArea, fit

SIDE = 264  # pixels


class PaperPreview(QDialog):
    """Shows papers, or what ``papers`` returns when called in a worker. Open it with ``open()``.

    ``wording`` names the template of their text, which the clerk may edit here if ``papers`` is a function.
    ``before_leaving`` is called in a worker before papers are printed or saved, to note it in the journal.
    """

    def __init__(
        self,
        context: Context,
        papers: Sequence[Document] | Callable[[], Sequence[Document]],
        title: str,
        parent: QWidget | None = None,
        *,
        wording: str = "",
        before_leaving: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paper_preview")
        self.setWindowTitle(f"{title}预览")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("pane", "surface")
        self.context, self._papers = context, papers
        self.viewer = PaperViewer(context, "paper")
        self.viewer.title.setText(title)
        self.desk = PaperDesk(context, self, "paper")
        self.desk.title = title
        self.desk.before_leaving = before_leaving
        self.missing = Strip("wn")
        self.missing.setObjectName("paper_missing")
        self.fill = FillLinks(context)
        self.notes = label("", "caption", wraps=True, selectable=True)
        self.notes.setObjectName("paper_notes")
        self.word = button("修改用语…", "paper_wording", "link", "pencil")
        self.word.setVisible(bool(wording) and callable(papers))
        self.wording = WordingEditing(context, self, self.refresh)
        self._wording = wording
        self.close_button = button("关闭", "paper_close")
        self._build()
        self._connect()
        self.viewer.view.setFocus()
        self.refresh()

    def refresh(self) -> None:
        """Set the papers again."""
        self.viewer.waiting.show()
        papers = self._papers
        self.desk.render(papers if callable(papers) else partial(tuple, papers))

    def _show(self, made: Made) -> None:
        self.viewer.show_pdf(made.pdf)
        self.missing.say(missing_text(made.missing), "wn")
        self.fill.show_places(made.papers)
        self.notes.setText("\n".join((*made.pdf.notes, *(t for p in made.papers for t in p.failed_checks()))))

    def _refuse(self, text: str) -> None:
        self.viewer.waiting.hide()
        self.missing.say(text, "dg")
        self.fill.show_places(())

    def _on_word(self) -> None:
        self.wording.open(self._wording)

    def _build(self) -> None:
        inner = pane("subtle")
        inner.setLayout(
            column(self.missing, self.fill, self.notes, self.word, None, spacing=12, margins=(20, 16, 20, 16))
        )
        area = TallArea(inner, SIDE)
        buttons = self.desk.save_buttons.values()
        foot = column(
            self.desk.print_button, *buttons, self.close_button, spacing=8, margins=(20, 14, 20, 14)
        )
        side = pane("subtle")
        side.setLayout(
            column(
                row(label("打印前核对", "person"), margins=(20, 13, 20, 12)),
                line(),
                area,
                line(),
                foot,
                spacing=0,
            )
        )
        stretch(side, 2, 1)
        self.setLayout(row(self.viewer, line("v"), side, spacing=0))
        stretch(self, 0, 1)
        fit(self, QSize(1120, 820))

    def _connect(self) -> None:
        self.desk.made.connect(self._show)
        self.desk.refused.connect(self._refuse)
        self.word.clicked.connect(self._on_word)
        self.close_button.clicked.connect(self.reject)
        self.fill.left.connect(self.reject)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.desk.print_out)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(self.desk.save_as_pdf)
