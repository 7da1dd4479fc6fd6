"""The short forms of one public lawyer: moved, renewed, ended, assessed."""

from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.errors import Problem
from db.formats.spans import span_on
from db.registry.queries.public_lawyers import PublicLawyerDetail
from db.registry.rules.public_lawyers import (
    CertificateEndDraft,
    CertificateIssueDraft,
    PostingDraft,
    TransferDraft,
    YearResultDraft,
    end_problems,
    issue_problems,
    transfer_problems,
    year_result_problems,
)
from db.words.public_lawyer import AnnualResult, CertificateEnd
from gui.forms.short_form import ShortForm
from gui.widgets.entries import ChoiceEntry, DayEntry, Item, NameEntry, NumberEntry, PickEntry, TextEntry
from gui.widgets.fields import FieldBox

NOTE_HEIGHT = 64
ISSUERS = ("浙江省司法厅", "衢州市司法局")


class PersonForm(ShortForm):
    """A form about one public lawyer, of whom it knows the whole record."""

    def __init__(self, title: str, action: str, person: PublicLawyerDetail, parent: QWidget) -> None:
        super().__init__(f"{title}　{person.row.name}", action, parent)
        self.person, self.key = person, person.row.key


class TransferForm(PersonForm):
    """Moves him to another agency on a day."""

    def __init__(
        self, person: PublicLawyerDetail, agencies: tuple[Item, ...], today: date, parent: QWidget
    ) -> None:
        super().__init__("调动", "确认调动", person, parent)
        now = person.row.agency
        self.intro.setText(
            f"现在{now}。原任职到到任日期的前一天为止。" if now else "没有登记任职单位，登记新的任职。"
        )
        self.intro.show()
        self.agency_id = PickEntry("单位简称或拼音首字母")
        self.agency_id.set_items(agencies)
        self.on, self.department, self.post = DayEntry(), TextEntry(), TextEntry()
        self.on.set_date(today)
        self._names = {int(str(key)): text for text, key, _ in agencies}
        self.add_field(FieldBox("调入单位", self.agency_id, "agency_id", required=True), (0, 0))
        self.add_field(FieldBox("到任日期", self.on, "on", required=True), (0, 1))
        self.add_field(FieldBox("内设机构", self.department, "department", optional=True), (1, 0))
        self.add_field(FieldBox("职务", self.post, "post", optional=True), (1, 1))
        self.watch_fields()

    def draft(self) -> TransferDraft:
        """Return what is asked for."""
        return TransferDraft(
            self.key,
            self.agency_id.key(),
            self.department.text(),
            self.post.text(),
            self.on.day(),
            self.person.version,
        )

    def problems(self) -> list[Problem]:
        postings = [
            PostingDraft(agency_id=p.agency_id, from_on=p.from_on, to_on=p.to_on)
            for p in self.person.postings
        ]
        return transfer_problems(self.draft(), postings, self._names)


class IssueForm(PersonForm):
    """Enters a certificate that was issued or renewed."""

    def __init__(self, person: PublicLawyerDetail, today: date, parent: QWidget) -> None:
        super().__init__("登记颁证、续期", "登记", person, parent)
        last = max(person.certificates, key=lambda c: c.last_on, default=None)
        self.from_on, self.to_on, self.issuer = DayEntry(), DayEntry(), NameEntry()
        self.issuer.set_items((word, word, ()) for word in ISSUERS)
        begin = today
        if last is not None:
            self.intro.setText(f"已登记的有效期为 {last.text()}。")
            self.intro.show()
            self.issuer.set_value(last.issuer)
            if last.last_on < date.max:
                begin = date.fromordinal(last.last_on.toordinal() + 1)
        self.from_on.set_date(begin)
        self.add_field(FieldBox("有效期起", self.from_on, "from_on", required=True), (0, 0))
        self.add_field(FieldBox("有效期止", self.to_on, "to_on", hint="没有期限的留空。"), (0, 1))
        self.add_field(FieldBox("发证机关", self.issuer, "issuer", optional=True), (1, 0), wide=True)
        self.watch_fields()

    def draft(self) -> CertificateIssueDraft:
        """Return what is asked for."""
        return CertificateIssueDraft(
            self.key, self.from_on.day(), self.to_on.day(), self.issuer.text(), self.person.version
        )

    def problems(self) -> list[Problem]:
        return issue_problems(self.draft(), self.person.certificates)


class CertificateEndForm(PersonForm):
    """Ends the certificate with grounds; what he is lent for ends with it."""

    def __init__(self, person: PublicLawyerDetail, today: date, parent: QWidget) -> None:
        super().__init__("终止公职律师证", "确认终止", person, parent)
        lent = [s.agency for s in person.sharings if s.runs]
        held = span_on(person.certificates, today)
        said = f"有效期 {held.text()}。" if held else ""
        said += f"正统筹到{'、'.join(lent)}，这些统筹同日终止。" if lent else ""
        self.intro.setText(f"{said}履职记录和档案保留。")
        self.intro.show()
        self.kind = ChoiceEntry(((kind.value, kind) for kind in CertificateEnd), "终止情形")
        self.kind.set_value(CertificateEnd.CANCELLED)
        self.on, self.reason = DayEntry(), QPlainTextEdit()
        self.on.set_date(today)
        self.reason.setFixedHeight(NOTE_HEIGHT)
        self.reason.setTabChangesFocus(True)
        hint = "从这一天起不再持有有效证书。"
        self.add_field(FieldBox("终止情形", self.kind, "kind"), (0, 0))
        self.add_field(FieldBox("终止日期", self.on, "on", required=True, hint=hint), (0, 1))
        self.add_field(FieldBox("原因和依据", self.reason, "reason", required=True), (1, 0), wide=True)
        self.watch_fields()

    def draft(self) -> CertificateEndDraft:
        """Return what is asked for."""
        kind = self.kind.value()
        return CertificateEndDraft(
            self.key,
            kind if isinstance(kind, CertificateEnd) else CertificateEnd.OTHER,
            self.on.day(),
            self.reason.toPlainText(),
            self.person.version,
        )

    def problems(self) -> list[Problem]:
        return end_problems(self.draft(), self.person.certificates)


class YearForm(PersonForm):
    """Enters the result of a year's assessment."""

    def __init__(self, person: PublicLawyerDetail, today: date, parent: QWidget) -> None:
        super().__init__("年度考核", "登记", person, parent)
        self._today = today
        known = "，".join(f"{y.year} {y.result.value}" for y in person.years[:4])
        self.intro.setText(f"已登记：{known}。" if known else "还没有登记过考核结果。")
        self.intro.show()
        self.year, self.note = NumberEntry(), TextEntry()
        self.outcome = ChoiceEntry(((one.value, one) for one in AnnualResult), "考核结果")
        self.year.set_value(today.year - 1)
        self.add_field(FieldBox("年度", self.year, "year", required=True), (0, 0))
        self.add_field(FieldBox("考核结果", self.outcome, "result", required=True), (0, 1))
        self.add_field(FieldBox("备注", self.note, "note", optional=True), (1, 0), wide=True)
        self.watch_fields()
        self.outcome.setFocus()

    def draft(self) -> YearResultDraft:
        """Return what is asked for."""
        result = self.outcome.value()
        return YearResultDraft(
            self.key,
            self.year.number(),
            result if isinstance(result, AnnualResult) else None,
            self.note.text(),
            self.person.version,
        )

    def problems(self) -> list[Problem]:
        return year_result_problems(self.draft(), self.person.years, self._today)
