"""聘书: one page for each lawyer, with wording that the bureau may edit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.documents.model import Block, Document, Paragraph, Seal, Style, day_text, seal_day
from db.office.rules.wording import fill


@dataclass(frozen=True, slots=True)
class CertificateStub:
    """What a 聘书 says; both days of the term count. Empty values are named before printing."""

    name: str
    firm: str = ""
    number: str = ""  # 聘书编号, as 柯司聘〔2026〕1号
    post: str = "行政诉讼法律顾问"
    body: str = ""  # 聘用单位, which seals it
    from_on: date | None = None
    to_on: date | None = None
    issued_on: date | None = None


def certificates(stubs: Iterable[CertificateStub], wording: str, mark: str = "") -> tuple[Document, ...]:
    """Return a 聘书 for each lawyer, in order; ``wording`` is the template of that name."""
    return tuple(_certificate(stub, wording, mark) for stub in stubs)


def _certificate(stub: CertificateStub, wording: str, mark: str) -> Document:
    filled = fill(wording, _values(stub))
    missing = list(filled.missing)
    missing += [
        name
        for name, value in (
            ("聘书编号", stub.number),
            ("聘用单位", stub.body),
            ("签发日期", stub.issued_on),
        )
        if not value and name not in missing
    ]
    blocks: list[Block] = [
        Paragraph(text, is_indented=not text.endswith(("：", ":")))
        for text in filled.text.split("\n")
        if text.strip()
    ]
    blocks.append(Seal(stub.body, seal_day(stub.issued_on)))
    return Document(
        Style.CERTIFICATE,
        "聘书",
        tuple(blocks),
        issuer=stub.body,
        number=stub.number,
        missing=tuple(f"{stub.name}：{name}" for name in missing),
        mark=mark,
    )


def _values(stub: CertificateStub) -> dict[str, str]:
    return {
        "姓名": stub.name,
        "律师事务所": stub.firm,
        "聘用单位": stub.body,
        "聘任职务": stub.post,
        "聘期起": day_text(stub.from_on) if stub.from_on else "",
        "聘期止": day_text(stub.to_on) if stub.to_on else "",
        "聘书编号": stub.number,
        "签发日期": day_text(stub.issued_on) if stub.issued_on else "",
    }
