"""What can be done to public lawyers: entered, edited, moved, renewed, ended, assessed, removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from db.office.queries.reference import field_names
from db.office.queries.settings import load_settings
from db.registry.acts.public_lawyers import (
    end_certificate,
    issue_certificate,
    record_year,
    remove_public_lawyers,
    reveal_public_lawyer,
    save_public_lawyer,
    transfer,
)
from db.registry.queries.public_lawyers import (
    PublicLawyerDetail,
    public_lawyer_detail,
    public_lawyer_draft,
    public_lawyer_rows,
)
from db.registry.rules.public_lawyers import PostingDraft, PublicLawyerDraft
from gui.forms.acting import perform
from gui.forms.keeping import Keeping
from gui.pages.agencies.registry.base import RegistryActs, agency_items
from gui.pages.agencies.registry.person_editor import PersonOffers, PublicLawyerEditor
from gui.pages.agencies.registry.person_forms import (
    CertificateEndForm,
    IssueForm,
    PersonForm,
    TransferForm,
    YearForm,
)
from gui.widgets.entries import Item

TABLE = "public_lawyer"
SECRETS = {"phone": "联系电话", "id_number": "身份证号"}


class PeopleActs(RegistryActs):
    """Opens the forms of public lawyers."""

    def enter_public_lawyer(self, agency_id: int | None = None) -> None:
        """Open an empty form, for an agency if one is given."""
        postings = (PostingDraft(agency_id=agency_id),) if agency_id is not None else ()
        self._open_editor(PublicLawyerDraft(postings=postings), None)

    def open_public_lawyer(self, key: int) -> None:
        """Open a public lawyer's form."""
        self.read(partial(public_lawyer_draft, key=key), partial(self._opened, key))

    def transfer(self, key: int) -> None:
        """Move him to another agency."""
        self._with(key, self._ask_transfer)

    def issue_certificate(self, key: int) -> None:
        """Enter that his certificate was issued or renewed."""
        self._with(key, self._ask_issue)

    def end_certificate(self, key: int) -> None:
        """Enter that his certificate was cancelled, taken back …."""
        self._with(key, self._ask_end)

    def record_year(self, key: int) -> None:
        """Enter the result of a year."""
        self._with(key, self._ask_year)

    def remove_public_lawyers(self, keys: Sequence[int]) -> None:
        """Move public lawyers to the recycle bin, after asking."""
        wanted, today = tuple(keys), self.context.today()

        def names(session: Any) -> list[str]:
            return [row.name for row in public_lawyer_rows(session, wanted, today).values()]

        self.read(names, partial(self._ask_remove, wanted))

    # -- the editor ------------------------------------------------------------------------

    def _opened(self, key: int, draft: PublicLawyerDraft | None) -> None:
        if draft is None:
            self.context.desk.say("这位公职律师已不在名册中")
        else:
            self._open_editor(draft, key)

    def _open_editor(self, draft: PublicLawyerDraft, key: int | None) -> None:
        self.read(self._offers, partial(self._show_editor, draft, key))

    def _offers(self, session: Any) -> PersonOffers:
        return PersonOffers(
            agency_items(session),
            tuple(field_names(session)),
            self.context.today(),
            load_settings(session).sharing_capacity,
        )

    def _show_editor(self, draft: PublicLawyerDraft, key: int | None, offers: PersonOffers) -> None:
        editor = PublicLawyerEditor(draft, key, offers, self.window)
        editor.submitted.connect(self._save)
        editor.reveal_asked.connect(self._reveal)
        place = (TABLE, key or 0, draft.version)
        Keeping(self.context, editor, place, PublicLawyerDraft, editor.draft, editor.restore)
        editor.open()

    def _save(self, another: bool) -> None:
        editor = self.sender()
        if isinstance(editor, PublicLawyerEditor):
            draft, key, today = editor.draft(), editor.key, self.context.today()
            label = f"{'修改' if key else '新增'}公职律师 {draft.name.strip()}"

            def act(session: Any) -> int:
                return save_public_lawyer(session, draft, today, key)

            self.carry_out(editor, label, act, partial(self._saved, draft if another else None))

    def _saved(self, before: PublicLawyerDraft | None, key: int) -> None:
        """Go on with an empty form in the same agency, where the clerk asked for another."""
        self.tell(TABLE, key)
        if before is not None:
            now = [p for p in before.postings if p.to_on is None]
            postings = tuple(replace(p, post="", from_on=None) for p in now[-1:])
            self._open_editor(PublicLawyerDraft(postings=postings), None)

    def _reveal(self, what: str) -> None:
        editor = self.sender()
        if isinstance(editor, PublicLawyerEditor) and editor.key is not None:
            key = editor.key
            label = f"显示 {editor.draft().name.strip()} 的{SECRETS[what]}"

            def act(session: Any) -> str:
                return reveal_public_lawyer(session, key, what)

            then = partial(self._revealed, editor, what)
            perform(self.context, editor, label, act, then, self.context.errors.show)

    def _revealed(self, editor: PublicLawyerEditor, what: str, _number: str) -> None:
        editor.reveal(what)
        self.context.desk.say(f"已显示完整的{SECRETS[what]}，并记入操作记录")

    # -- the short forms -------------------------------------------------------------------

    def _with(
        self, key: int, then: Callable[[tuple[PublicLawyerDetail | None, tuple[Item, ...]]], None]
    ) -> None:
        today = self.context.today()

        def reading(session: Any) -> tuple[PublicLawyerDetail | None, tuple[Item, ...]]:
            return public_lawyer_detail(session, key, today), agency_items(session)

        self.read(reading, then)

    def _ask_transfer(self, found: tuple[PublicLawyerDetail | None, tuple[Item, ...]]) -> None:
        person, agencies = found
        if person is not None:
            form = TransferForm(person, agencies, self.context.today(), self.window)
            form.submitted.connect(self._submit)
            form.open()

    def _ask_issue(self, found: tuple[PublicLawyerDetail | None, tuple[Item, ...]]) -> None:
        if found[0] is not None:
            form = IssueForm(found[0], self.context.today(), self.window)
            form.submitted.connect(self._submit)
            form.open()

    def _ask_end(self, found: tuple[PublicLawyerDetail | None, tuple[Item, ...]]) -> None:
        if found[0] is not None:
            form = CertificateEndForm(found[0], self.context.today(), self.window)
            form.submitted.connect(self._submit)
            form.open()

    def _ask_year(self, found: tuple[PublicLawyerDetail | None, tuple[Item, ...]]) -> None:
        if found[0] is not None:
            form = YearForm(found[0], self.context.today(), self.window)
            form.submitted.connect(self._submit)
            form.open()

    def _submit(self, _another: bool) -> None:
        form, today = self.sender(), self.context.today()
        if not isinstance(form, PersonForm):
            return
        name = form.person.row.name
        label, act = "", None  # type: tuple[str, Callable[[Any], Any] | None]
        if isinstance(form, TransferForm):
            move = form.draft()
            label, act = f"调动 {name} 到{form.agency_id.text()}", partial(transfer, draft=move)
        elif isinstance(form, IssueForm):
            label, act = f"公职律师证续期 {name}", partial(issue_certificate, draft=form.draft(), today=today)
        elif isinstance(form, CertificateEndForm):
            end = form.draft()
            label, act = f"公职律师证{end.kind.value} {name}", partial(end_certificate, draft=end)
        elif isinstance(form, YearForm):
            year = form.draft()
            label, act = f"{year.year} 年度考核 {name}", partial(record_year, draft=year, today=today)
        if act is not None:
            self.carry_out(form, label, act, partial(self._told_of, form.key))

    def _told_of(self, key: int, _: object) -> None:
        self.tell(TABLE, key)

    def _ask_remove(self, keys: tuple[int, ...], names: list[str]) -> None:
        who = "、".join(names[:3]) + (f" 等 {len(names)} 人" if len(names) > 3 else "")  # noqa: PLR2004 - three say enough
        act = partial(remove_public_lawyers, keys=keys, today=self.context.today())
        self.ask_remove(f"公职律师 {who}", f"移入回收站：公职律师 {who}", act)
