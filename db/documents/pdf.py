"""Papers as a PDF, set by Typst from the template of their style; their text is data and never markup."""

import json
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.documents import fonts
from db.documents.content import content_of, replaced, texts
from db.documents.files import safely
from db.documents.model import Document, Style
from db.documents.pages import page_sizes
from db.errors import UserError

TEMPLATES = Path(__file__).parents[2] / "resources" / "templates"
OFFICIAL = {
    Style.LETTER: ("title", "body", "hei"),
    Style.CERTIFICATE: ("title", "body", "kai"),
    Style.STATEMENT: ("title", "body", "hei"),
    Style.MINUTES: ("title", "body", "kai", "hei"),
}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pdf:
    """A rendered document; ``notes`` say what the reader should know, such as characters without a glyph."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]
    """Of each page, the width and the height in points."""
    notes: tuple[str, ...]

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.sizes)


def render_pdf(papers: Document | Sequence[Document]) -> Pdf:
    """Return one or several papers as one PDF; a pure function, made to run in a worker thread.

    Raises ``UserError`` when it cannot be set.
    """
    papers = (papers,) if isinstance(papers, Document) else tuple(papers)
    content: dict[str, Any] = {
        "title": papers[0].title.replace("\n", "") if papers else "",
        "papers": [content_of(paper) for paper in papers],
    }
    rare = fonts.unprintable("".join(texts(content)))
    borrowed = fonts.borrowed(rare, fonts.faces()) if rare else {}
    missing = "".join(c for c in rare if c not in borrowed)
    if missing:
        content = replaced(content, missing)
    choice, lenders = _fonts(papers), list(dict.fromkeys(borrowed.values()))
    families = {"plain": [fonts.FAMILY]} | (choice.families if choice else {})
    content["fonts"] = {role: [*names, *lenders] for role, names in families.items()}
    content["fonts"]["replaced"] = list(choice.replaced) if choice else []
    data = _compile(content, with_system_fonts=choice is not None or bool(lenders))
    notes = [choice.note] if choice and choice.note else []
    notes += [
        f"“{c}”（U+{ord(c):04X}）随程序附带的字体没有，借用本机的{family}。" for c, family in borrowed.items()
    ]
    if missing:
        listed = "、".join(f"{c}（U+{ord(c):04X}）" for c in missing)
        notes.append(f"字库中没有这些字：{listed}，纸上以“{fonts.MISSING}”代替，请手写补上。")
    return Pdf(data, page_sizes(data), tuple(notes))


def save_pdf(pdf: Pdf, path: Path, *, overwrite: bool = False) -> None:
    """Write a rendered document to ``path``. Raises ``UserError`` when that is not possible."""
    with safely(path, ".pdf", overwrite=overwrite) as temporary:
        temporary.write_bytes(pdf.data)


def _fonts(papers: Sequence[Document]) -> fonts.Choice | None:
    """Return the 公文 fonts if a paper asks for them; tables look alike on every PC."""
    roles = {role for paper in papers for role in OFFICIAL.get(paper.style, ())}
    return fonts.choose(fonts.installed(), roles=roles) if roles else None


def _compile(content: dict[str, Any], *, with_system_fonts: bool) -> bytes:
    import typst  # noqa: PLC0415 - see architecture: loaded when something is printed

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for template in TEMPLATES.glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        (root / "data.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        try:
            return bytes(
                typst.compile(
                    str(root / "main.typ"),
                    root=folder,
                    font_paths=[str(fonts.SHIPPED)],
                    ignore_system_fonts=not with_system_fonts,
                )
            )
        except Exception as error:
            log.exception("typst could not set %s", content["title"])
            raise UserError(
                f"“{content['title']}”没有排成版。数据未受影响，请把日志发给维护人员。"
            ) from error
