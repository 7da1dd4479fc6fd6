"""Papers of invented people for tests, and what a page looks like to a ruler."""

import subprocess
from datetime import date
from io import BytesIO

import numpy as np
from pypdf import PdfReader

from db.documents.certificate import CertificateStub
from db.documents.model import Attachments, Document, Field, Fields, Paragraph, Seal, Slip, Style
from db.documents.pdf import render_pdf
from db.performance.papers.annual import AnnualCase, AnnualStub
from db.words.service import Grade

OFFICE = "衢州市柯城区司法局"
DPI = 300


def a_certificate(**changes):
    given = {
        "name": "汪晓棠",
        "firm": "示例双港律师事务所",
        "number": "柯司聘〔2026〕1号",
        "body": OFFICE,
        "from_on": date(2026, 6, 1),
        "to_on": date(2028, 5, 31),
        "issued_on": date(2026, 5, 28),
    }
    return CertificateStub(**(given | changes))


def a_year(**changes):
    given = {
        "year": 2026,
        "office": OFFICE,
        "name": "汪晓棠",
        "sex": "女",
        "id_number": "330802********1224",
        "phone": "138****1111",
        "firm": "示例双港律师事务所",
        "licence": "13308201511123456",
        "term_from": date(2025, 6, 1),
        "term_to": date(2027, 5, 31),
        "led": 7,
        "assisted": 4,
        "consultations": 5,
        "legality_reviews": 3,
        "contract_reviews": 2,
        "opinions": 6,
        "trainings": 1,
        "declines": (("利益冲突", 1), ("出差", 2)),
        "results": (("驳回诉讼请求", 4), ("撤诉", 1)),
        "rating": 4.75,
        "rated": 8,
        "cases": some_cases(3),
        "bureau_opinion": "按时提交意见，同意评定为优秀。",
        "grade": Grade.EXCELLENT,
    }
    return AnnualStub(**(given | changes))


def some_cases(count, parties="衢州启禾商贸有限公司 诉 区市场监督管理局"):
    return tuple(
        AnnualCase(f"（2026）浙0825行初{n + 1}号", parties, "主办", "判决驳回诉讼请求") for n in range(count)
    )


def a_letter(*paragraphs, **changes):
    """Return a letter of these paragraphs with all its parts around them."""
    given = {
        "style": Style.LETTER,
        "title": "关于推荐行政诉讼委托代理人的函",
        "issuer": OFFICE,
        "number": "柯司顾荐〔2026〕41号",
        "blocks": (
            Paragraph("区市场监督管理局：", is_indented=False),
            *(Paragraph(text) for text in paragraphs),
            Attachments(("推荐人选基本情况",)),
            Seal(OFFICE, "2026年11月24日"),
            Slip("回　　执", (Fields((Field("选定人选", "□ 汪晓棠　□ 方以宁", span=2),)),)),
        ),
    }
    return Document(**(given | changes))


def texts_of(papers, *, layout=True):
    """Return the text of each page as printed, without blanks."""
    pdf = render_pdf(papers).data
    done = subprocess.run(
        ["pdftotext", *(["-layout"] if layout else []), "-", "-"], input=pdf, capture_output=True, check=True
    )
    return ["".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def sizes_of(papers):
    """Return the size of each page in millimetres."""
    pages = PdfReader(BytesIO(render_pdf(papers).data)).pages
    return [
        (round(float(p.mediabox.width) / 72 * 25.4), round(float(p.mediabox.height) / 72 * 25.4))
        for p in pages
    ]


def picture_of(papers, page, tmp_path):
    """Return a page as an array of red, green and blue at 300 dpi."""
    file = tmp_path / "page"
    file.with_suffix(".pdf").write_bytes(render_pdf(papers).data)
    subprocess.run(
        [
            "pdftoppm",
            "-r",
            str(DPI),
            "-f",
            str(page),
            "-singlefile",
            str(file.with_suffix(".pdf")),
            str(file),
        ],
        check=True,
    )
    data = file.with_suffix(".ppm").read_bytes()
    _, size, _, pixels = data.split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 3).astype(int)


def red_of(picture):
    """Return where a picture is red."""
    return (picture[..., 0] > 150) & (picture[..., 1] < 110) & (picture[..., 2] < 110)


def black_of(picture):
    """Return where a picture is black."""
    return picture.max(axis=2) < 110


def spans(flags):
    """Return the first and last place, in millimetres, of each run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(int), [0]))))
    return [(start / DPI * 25.4, end / DPI * 25.4) for start, end in edges.reshape(-1, 2)]


def extent(flags, top, bottom):
    """Return the first and last place, in millimetres, that is inked between two heights."""
    inked = spans(flags[int(top / 25.4 * DPI) : int(bottom / 25.4 * DPI)].any(axis=0))
    return inked[0][0], inked[-1][1]
