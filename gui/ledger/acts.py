"""What a clerk does on the page of a ledger: enter, change, take a step, remove, out and in, print."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.documents.model import Document
from db.ledger import acts
from db.ledger.declare import Book, Draft, Step
from db.ledger.queries import draft_of
from db.office.queries.settings import load_settings
from gui.context import Context
from gui.forms.acting import perform
from gui.forms.carrying import Carrying
from gui.forms.exporting import ExportDialog
from gui.forms.import_source import SHEETS, Source
from gui.forms.importer import SheetImport
from gui.forms.keeping import Keeping
from gui.ledger.editor import Ground, LedgerEditor, StepForm
from gui.ledger.entries import offers_of
from gui.printing.preview import PaperPreview


class LedgerActs(Carrying):
    """Opens the forms of a ledger; ``saved`` is told the key of what was entered or changed."""

    saved = Signal(int)

    def __init__(self, context: Context, book: Book[Any], page: QWidget) -> None:
        super().__init__(context, page)
        self.book, self.ledger = book, book.ledger

    def enter(self, draft: Draft | None = None) -> None:
        """Open an empty form, or one that begins with what is known."""
        begun = draft or self.ledger.draft()
        self._with_ground(None, begun, partial(self._open_editor, None))

    def edit(self, key: int) -> None:
        """Open a record's form."""
        self._with_ground(key, None, partial(self._open_editor, key))

    def step(self, key: int, name: str) -> None:
        """Open the short form of a step with a record."""
        self._with_ground(key, None, partial(self._open_step, key, self.ledger.step(name)))

    def remove(self, keys: Sequence[int], what: str) -> None:
        """Move records to the recycle bin, after asking."""
        book, wanted = self.book, list(keys)

        def act(session: Any) -> None:
            acts.remove(session, book.ledger, wanted)

        self.ask_remove(what, f"把{what}移入回收站", act)

    def export(self, keys: Sequence[int]) -> None:
        """Export what is shown to Excel."""
        context, book, today, wanted = self.context, self.book, self.context.today(), list(keys)

        def write(path: Path, masked: bool) -> int:
            from db.ledger.sheets import export  # noqa: PLC0415 - brings the workbook writer

            return export(context.database, book, path, today, wanted=wanted, masked=masked, overwrite=True)

        ExportDialog(context, self._page, write, self.ledger.title, wanted, today).open()

    def import_sheet(self) -> None:
        """Choose a workbook and examine it."""
        self.context.files.open_file(self._page, f"选择{self.ledger.title}", SHEETS, self.import_file)

    def import_file(self, path: Path) -> None:
        """Examine a workbook in the import dialog."""
        self._examine(partial(Source.of_file, path=path))

    def paste(self) -> None:
        """Examine what was copied in Excel or WPS in the import dialog."""
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._examine(partial(Source.of_clipboard, text=text))
        else:
            self.context.desk.say("剪贴板里没有文字。请先在 Excel 或 WPS 中选中各行并复制，再按 Ctrl+V")

    def save_template(self) -> None:
        """Save an empty sheet to fill in."""
        title = self.ledger.title
        name, kinds = f"{title}模板.xlsx", "Excel 工作簿 (*.xlsx)"
        self.context.files.save_file(self._page, f"保存{title}模板", name, kinds, self._save_template)

    def print_out(self, keys: Sequence[int]) -> None:
        """Show the printed ledger of what is shown, as it will print."""
        if (paper := self.ledger.paper) is None:
            return
        context, book, today, wanted = self.context, self.book, self.context.today(), list(keys)

        def papers() -> list[Document]:
            from db.ledger.papers import ledger_paper  # noqa: PLC0415 - needed by few

            with context.database.read() as session:
                office = load_settings(session).stamp()
                return [ledger_paper(session, book, today, office, wanted)]

        PaperPreview(context, papers, paper.title, self.window).open()

    # -- forms -----------------------------------------------------------------------------

    def _with_ground(
        self, key: int | None, draft: Draft | None, then: Callable[[tuple[Any, Ground]], object]
    ) -> None:
        """Read what a form stands on, and the record if there is one; go on where it is still there."""
        book, today, who = self.book, self.context.today(), self.context.database.clerk

        def reading(session: Any) -> tuple[Any, Ground] | None:
            begun = draft if key is None else draft_of(session, book.ledger, key)
            if begun is None:
                return None
            hand = acts.hand_of(session, book.ledger, who, begun, key or 0)
            return begun, Ground(offers_of(session, book), today, hand)

        self.read(reading, partial(self._go_on, then))

    def _go_on(self, then: Callable[[tuple[Any, Ground]], object], found: tuple[Any, Ground] | None) -> None:
        if found is None:
            self.context.desk.say(f"这{self.ledger.unit}{self.ledger.noun}已被移入回收站")
        else:
            then(found)

    def _open_editor(self, key: int | None, found: tuple[Any, Ground]) -> None:
        draft, ground = found
        editor = LedgerEditor(self.ledger, draft, key, ground, self.window)
        editor.submitted.connect(self._save)
        editor.reveal_asked.connect(self._reveal)
        self._keep(editor, self.ledger.table, key, draft)
        editor.open()

    def _open_step(self, key: int, step: Step, found: tuple[Any, Ground]) -> None:
        draft, ground = found
        form = StepForm(self.ledger, step, draft, key, ground, self.window)
        form.submitted.connect(self._take_step)
        if step.asks:
            self._keep(form, f"{self.ledger.table}:{step.name}", key, draft)
        form.open()

    def _keep(self, form: LedgerEditor | StepForm, name: str, key: int | None, draft: Draft) -> None:
        place = (name, key or 0, draft.version)
        Keeping(self.context, form, place, self.ledger.draft, form.draft, form.restore)

    def _save(self, another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, LedgerEditor):
            ledger, draft, key, today = self.ledger, editor.draft(), editor.key, self.context.today()
            label = f"{'修改' if key else '登记'}{ledger.noun} {ledger.called(draft)}"
            then = partial(self._saved, another)
            self.carry_out(editor, label, lambda session: acts.save(session, ledger, draft, today, key), then)

    def _take_step(self, _another: bool) -> None:
        form = self.sender()
        if isinstance(form, StepForm):
            ledger, draft, key, today = self.ledger, form.draft(), form.key, self.context.today()
            label, name = f"{form.step.title}：{ledger.called(draft)}", form.step.name

            def act(session: Any) -> int:
                acts.take_step(session, ledger, name, key, draft, today)
                return key

            self.carry_out(form, label, act, self.saved.emit)

    def _saved(self, another: bool, key: int) -> None:
        self.saved.emit(key)
        if another:
            self.enter()

    def _reveal(self, name: str) -> None:
        editor = self.sender()
        if isinstance(editor, LedgerEditor):
            if editor.key is None:
                editor.reveal(name)
                return
            ledger, key = self.ledger, editor.key
            label = f"查看{ledger.spec(name).title}：{ledger.called(editor.draft())}"
            perform(
                self.context,
                editor,
                label,
                lambda session: acts.reveal(session, ledger, key),
                lambda _: editor.reveal(name),
                self.context.errors.show,
            )

    # -- sheets ----------------------------------------------------------------------------

    def _examine(self, source: Callable[[Any], Source]) -> None:
        from db.ledger.sheets import LedgerImporter  # noqa: PLC0415 - brings the workbook writer

        dialog = SheetImport(self.context, source(LedgerImporter(self.book)), self.window)
        dialog.imported.connect(self.context.desk.say)
        dialog.open()

    def _save_template(self, path: Path) -> None:
        book = self.book

        def work() -> None:
            from db.ledger.sheets import template  # noqa: PLC0415 - brings the workbook writer

            template(book, path, overwrite=True)

        say, act = partial(self._written, path), f"保存模板 {path.name}"
        self.context.tasks.run(self, work, say, self.context.errors.show, act=act)

    def _written(self, path: Path, _: object) -> None:
        self.context.desk.say(f"已保存模板到 {path}")
