"""Saving papers as the kind of file that a path names."""

from collections.abc import Sequence
from pathlib import Path

from db.documents.docx import write_docx
from db.documents.model import Document
from db.documents.pdf import render_pdf, save_pdf
from db.documents.xlsx import write_xlsx
from db.errors import UserError


def save(papers: Sequence[Document], title: str, path: Path, *, overwrite: bool = False) -> tuple[str, ...]:
    """Write papers in the kind of file that ``path`` names; return what the reader should know about them.

    Raises ``UserError`` when such papers have no such kind, or the file cannot be written.
    """
    suffix, suffixes = path.suffix.lower(), papers[0].suffixes
    if suffix not in suffixes:
        raise UserError(f"{title}可以存为 {' 或 '.join(suffixes)}，现为“{path.name}”。请改用这两种后缀。")
    notes = [text for paper in papers for text in paper.failed_checks()]
    notes += [f"没有填写：{text}" for paper in papers for text in paper.missing]
    if suffix == ".xlsx":
        write_xlsx(papers, path, overwrite=overwrite)
        return tuple(notes)
    if suffix == ".docx":
        write_docx(papers, path, overwrite=overwrite)
        return tuple(notes)
    pdf = render_pdf(papers)
    save_pdf(pdf, path, overwrite=overwrite)
    return (*pdf.notes, *notes)
