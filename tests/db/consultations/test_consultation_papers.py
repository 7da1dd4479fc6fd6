"""The papers of a consultation as they leave the printer: notice, sign-in sheet, opinion sheets, minutes."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from db.consultations.papers.invitations import Enclosed, agency_notices, member_notices
from db.consultations.papers.meeting_sheets import opinion_sheet, sign_in_sheet
from db.consultations.papers.minutes import minutes
from db.documents.docx import write_docx
from db.documents.pdf import render_pdf
from db.office.queries.wording import default_wording
from db.words.consultation import InvitationAnswer, MemberKind, Secrecy, Stance
from tests.meetings import (
    BUREAU,
    NAMES,
    QUESTIONS,
    a_consultation,
    a_follow_up,
    a_guest,
    a_member,
    a_version,
    dissent,
)
from tests.papers import extent, picture_of, red_of, spans, texts_of

SENT = Enclosed(date(2026, 11, 16), date(2026, 11, 19), ("起诉状（4份）", "补偿协议及附件"))
LARGE = minutes(a_consultation(), BUREAU)


def joined(text):
    return "".join(text.split())


def text_of(papers, *, layout=False):
    """Return what is printed, without blanks and the numbers of pages; with ``layout`` a row of boxes in one piece."""
    pages = texts_of(papers, layout=layout)
    return "".join(re.sub(r"—\d+—$|第\d页共\d页$", "", page) for page in pages)


def word_text(papers, tmp_path):
    """Return what stands in the Word file, in order, tables as well."""
    write_docx(papers, tmp_path / "文书.docx", overwrite=True)
    body = docx.Document(str(tmp_path / "文书.docx")).element.body
    return joined("".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))


def lines_of(papers):
    """Return the printed lines of each page from top to bottom, without the number of the page."""
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=render_pdf(papers).data, capture_output=True, check=True
    )
    pages = [
        [joined(line) for line in page.splitlines() if line.strip()]
        for page in done.stdout.decode().split("\f")
    ]
    return [[line for line in page if not re.fullmatch(r"—\d+—", line)] for page in pages if page]


@pytest.fixture(scope="module")
def printed():
    """Return the text of the large minutes as printed."""
    return text_of(LARGE)


# -- 会商纪要 -------------------------------------------------------------------------------


def test_minutes_keep_every_word_of_every_dissent(printed, tmp_path):
    typed = word_text(LARGE, tmp_path)
    for member in (4, 6):
        for question in range(1, 7):
            if (member + question) % 11:
                words = joined(dissent(member, question))
                assert words in printed
                assert words in typed


def test_minutes_keep_every_word_of_every_other_opinion_and_of_the_record(printed, tmp_path):
    detail, typed = a_consultation(), word_text(LARGE, tmp_path)
    said = [o.text for m in detail.members for o in m.opinions] + [
        o.proposal for m in detail.members for o in m.opinions
    ]
    said += [detail.facts, detail.grounds, detail.conclusion, *(p.text for p in detail.points)]
    said += [q.text for q in detail.questions]
    for text in filter(None, map(joined, said)):
        assert text in printed
        assert text in typed


def test_names_with_rare_characters_are_printed_as_themselves(printed):
    assert not [note for note in render_pdf(LARGE).notes if "字库" in note]
    for name in NAMES:
        assert name in printed
    assert "〓" not in printed


def test_no_heading_is_left_at_the_foot_of_a_page():
    for page in lines_of(LARGE)[:-1]:
        assert not re.match(r"[一二三四五六七]、|（[一二三四五六七]）", page[-1]), page[-1]


def test_a_name_stays_with_the_first_lines_of_his_words_wherever_a_page_ends():
    detail = a_consultation(7, 1)
    papers = [
        minutes(replace(detail, facts="\n".join(f"事实{n}。" for n in range(lines))), BUREAU)
        for lines in range(1, 23)  # pushes the text on line by line, over a whole page
    ]
    pages = lines_of(papers)
    assert len(pages) > 22 * 3
    for page in pages:
        assert not re.match(rf"({'|'.join(NAMES)})（(同意|保留|不同意)", page[-1]), page[-1]
        assert not re.match(r"[一二三四五六七]、|（[一二三四五六七]）", page[-1]), page[-1]


def test_the_table_of_what_was_agreed_repeats_its_head():
    many = tuple(
        a_follow_up(n, f"第{n}项：补充材料并报告办理情况", "石梁镇人民政府", date(2026, 12, 4))
        for n in range(1, 41)
    )
    pages = ["".join(page) for page in lines_of(minutes(a_consultation(2, 1, follow_ups=many), BUREAU))]
    with_rows = [page for page in pages if re.search(r"第\d+项：补充材料", page)]
    assert len(with_rows) == 2
    assert all("序号议定事项责任单位完成期限" in page for page in with_rows)


def test_a_short_table_stays_on_one_page_with_its_heading():
    papers = [
        minutes(a_consultation(1, 1, facts="\n".join(f"事实{n}。" for n in range(lines))), BUREAU)
        for lines in range(1, 23)
    ]
    tables = [page for page in map("".join, lines_of(papers)) if "、议定事项" in page]
    assert len(tables) == 22
    assert all("组织第二户调解" in page for page in tables)


def test_minutes_look_as_the_standard_wants_them(tmp_path):
    red = red_of(picture_of(LARGE, 1, tmp_path))
    rows = spans(red.any(axis=1))
    assert rows[0][0] == pytest.approx(37 + 35, abs=0.3)  # the name, 35 mm below the top of the text
    left, right = extent(red, *rows[0])
    assert (left + right) / 2 == pytest.approx((28 + 184) / 2, abs=1.5)
    rule = rows[-1]
    assert rule[1] - rule[0] < 1
    assert extent(red, *rule) == pytest.approx((28, 184), abs=0.3)
    first = texts_of(LARGE)[0]
    assert first.startswith("内部资料")
    assert "衢州市柯城区司法局会商纪要" in first
    assert "柯司会商〔2026〕19号签发：林一苇" in first
    assert first.endswith("—1—")


def test_who_was_there_is_told_apart():
    ill = {"answer": InvitationAnswer.LEAVE, "answer_reason": "开庭", "arrived_at": ""}
    members = (
        a_member(0, 1),
        a_member(1, 1),
        a_member(4, 0, **ill),
        a_member(5, 0, answer=None, arrived_at=""),
        a_guest(0, "何一鸣", MemberKind.COURT, "示例区人民法院"),
        a_guest(1, "余知行", MemberKind.AGENCY, "示例镇人民政府", arrived_at="", answer=None),
    )
    made = minutes(a_consultation(0, 1, members=members), BUREAU)
    printed = text_of(made, layout=True)
    assert "出席：示例双港律师事务所毛文澜；示例乌溪江律师事务所祝明远" in printed
    assert "列席：示例区人民法院何一鸣" in printed
    assert "请假：示例双港律师事务所王砚秋" in printed
    assert "缺席：示例乌溪江律师事务所郑㛃" in printed
    assert "余知行" not in printed
    assert "余知行：是否到会" in made.missing


def test_an_opinion_sent_in_writing_says_so():
    absent = a_member(4, 1, answer=InvitationAnswer.LEAVE, arrived_at="")
    printed = text_of(minutes(a_consultation(0, 1, members=(a_member(0, 1), absent)), BUREAU))
    assert "王砚秋（不同意，风险高，书面意见）：不同意多数意见。" in printed


def test_minutes_not_archived_are_a_draft_on_every_page(printed, tmp_path):
    draft = minutes(a_consultation(3, 2, archived_on=None, versions=()), BUREAU)
    assert all("草" in page and "稿" in page for page in texts_of(draft, layout=False))
    write_docx(draft, tmp_path / "草稿.docx")
    head = docx.Document(str(tmp_path / "草稿.docx")).sections[0].header
    assert any("草　　稿" in p.text for p in head.paragraphs)
    assert "草" not in printed
    assert "印发" not in text_of(draft)


def test_a_corrected_version_says_which_it_is_and_why():
    twice = (a_version(), a_version(2, "第三人姓名有误。"))
    printed = text_of(minutes(a_consultation(2, 1, versions=twice), BUREAU))
    assert "（第2版，2026年11月24日更正）" in printed
    assert "更正说明（第2版）：第三人姓名有误。本版代替第1版。" in printed
    assert "版" not in text_of(minutes(a_consultation(2, 1), BUREAU))


def test_what_nobody_has_entered_is_named():
    bare = a_consultation(
        2, 2, row={"number": "", "venue": "", "risk": None}, facts="", conclusion="", signer="", host=""
    )
    silent = replace(bare.members[0].opinions[0], stance=Stance.DISSENTS, text="")
    member = replace(bare.members[0], opinions=(silent,))
    tasks = (a_follow_up(1, "补正送达", "", None),)
    made = minutes(replace(bare, members=(member, *bare.members[1:]), follow_ups=tasks), BUREAU)
    assert set(made.missing) == {
        "纪要编号",
        "会商地点",
        "主持人",
        "签发人",
        "案件事实",
        "会商结论",
        "风险等级",
        "毛文澜：问题二的意见",
        "毛文澜：问题一不同意的理由",
        "议定事项第1项：责任单位",
        "议定事项第1项：完成期限",
    }
    assert "毛文澜（不同意）：未说明理由。" in text_of(made)


def test_opinions_on_the_whole_stand_without_the_questions():
    detail = a_consultation(3, 2)
    members = tuple(
        replace(m, opinions=tuple(replace(o, question_id=None) for o in m.opinions[:1]))
        for m in detail.members
    )
    made = minutes(replace(detail, members=members), BUREAU)
    text = text_of(made)
    assert "研判意见表态：同意3人（毛文澜、祝明远、周默言）。毛文澜（同意）：主体适格" in text
    assert "总体意见" not in text
    assert not made.missing


def test_a_question_that_nobody_spoke_to_is_listed_but_has_no_part():
    detail = a_consultation(2, 2)
    members = tuple(
        replace(m, opinions=tuple(o for o in m.opinions if o.question_id == 2)) for m in detail.members
    )
    made = minutes(replace(detail, members=members), BUREAU)
    assert "（一）四件案件是否合并答辩，有无先行调解的必要表态：" in text_of(made)
    assert joined(QUESTIONS[0]) in text_of(made)
    assert "毛文澜：问题一的意见" in made.missing


def test_who_came_and_said_nothing_is_named():
    silent = a_member(2, 0)
    detail = a_consultation(2, 1)
    made = minutes(replace(detail, members=(*detail.members[:2], silent)), BUREAU)
    assert made.missing == ("周默言：研判意见",)
    nobody = minutes(replace(detail, members=(silent,)), BUREAU)
    assert "五、研判意见＿＿＿＿＿＿" in text_of(nobody)


def test_copies_go_to_the_agency_and_to_those_who_have_something_to_do(printed):
    assert "分送：衢州市柯城区石梁镇人民政府，市自然资源和规划局柯城分局。" in printed
    assert printed.rstrip().endswith("衢州市柯城区司法局2026年11月23日印发")


# -- 会商通知 -------------------------------------------------------------------------------


def test_the_notice_tells_members_what_they_need_to_know():
    papers = member_notices(a_consultation(), BUREAU, SENT, default_wording("会商通知"))
    assert len(papers) == 2  # members together; the court's guest alone; the agency has a paper of its own
    printed = text_of(papers[0])
    for words in (
        "内部资料柯司会商〔2026〕19号",
        "关于召开石梁镇土地征收补偿系列案会商会的通知",
        "示例双港律师事务所毛文澜律师、王砚秋律师、徐喆律师，",
        "2026年11月20日14:30至16:10在区司法局三楼会议室",
        "（2026）浙0825行初8号",
        *(joined(question) for question in QUESTIONS),
        "会商材料：起诉状（4份）、补偿协议及附件。",
        "携带身份证件",
        "请于2026年11月19日前答复",
        "（联系人：沈青禾，联系电话：0570-0000000）",
        "2026年11月16日",
    ):
        assert words in printed
    assert "衢州市柯城区人民法院何一鸣行政庭庭长：" in text_of(papers[1])
    assert not papers[0].missing


def test_the_agency_gets_its_own_notice():
    (paper,) = agency_notices(a_consultation(), BUREAU, SENT, default_wording("会商通知（单位）"))
    printed = text_of(paper)
    assert "衢州市柯城区石梁镇人民政府：" in printed
    assert "余知行（副镇长）" in printed
    assert "行政程序全部案卷" in printed
    assert "毛文澜" not in printed


def test_nobody_on_leave_is_invited_again_and_what_is_open_is_named():
    gone = a_member(1, 0, answer=InvitationAnswer.LEAVE)
    detail = a_consultation(
        0, 0, members=(a_member(0, 0), gone), row={"number": "", "held_on": None, "venue": ""}
    )
    (paper,) = member_notices(detail, BUREAU, replace(SENT, answer_by=None), default_wording("会商通知"))
    assert "祝明远" not in text_of(paper)
    assert set(paper.missing) >= {"会商编号", "会商时间", "会商地点", "会商问题", "答复期限"}


def test_each_notice_of_a_file_has_its_own_red_head(tmp_path):
    papers = member_notices(a_consultation(), BUREAU, SENT, default_wording("会商通知"))
    firsts = [at for at, page in enumerate(texts_of(papers), start=1) if "关于召开" in page]
    assert len(firsts) == 2
    for page in firsts:
        assert red_of(picture_of(papers, page, tmp_path)).any()
    write_docx(papers, tmp_path / "通知.docx")
    for section in docx.Document(str(tmp_path / "通知.docx")).sections:
        heads = [p.text for p in section.first_page_header.paragraphs if p.text]
        assert heads == ["衢州市柯城区司法局"]
        assert len(section.footer.paragraphs) == 1


# -- 会商签到表 -----------------------------------------------------------------------------


def test_the_sign_in_sheet_has_a_row_for_everybody_who_comes_and_some_to_spare(tmp_path):
    detail = a_consultation()
    away = replace(detail.members[3], answer=InvitationAnswer.LEAVE)
    sheet = sign_in_sheet(replace(detail, members=(*detail.members[:3], away, *detail.members[4:])), BUREAU)
    (table,) = sheet.tables
    assert [row[1] for row in table.rows[:13]] == [m.name for m in detail.members if m.key != away.key]
    assert len(table.rows) == 13 + 5
    assert len(sign_in_sheet(a_consultation(1), BUREAU).tables[0].rows) == 14
    assert "请假：吴映雪" in text_of(sheet)
    for words in ("签名", "联系电话", "到会时间", "回避声明"):
        assert words in word_text(sheet, tmp_path)
    assert len(texts_of(sheet)) == 1


def test_phones_are_printed_only_when_asked_for():
    detail = a_consultation(1, 1)
    assert "13800000000" not in text_of(sign_in_sheet(detail, BUREAU))
    assert "13800000000" in text_of(sign_in_sheet(detail, BUREAU, unmasked=True))


def test_a_long_sign_in_sheet_repeats_its_head():
    guests = tuple(a_guest(n, f"来宾{n}", MemberKind.OTHER, "示例单位") for n in range(40))
    pages = texts_of(sign_in_sheet(a_consultation(0, members=guests), BUREAU))
    assert len(pages) > 1
    assert all(re.search("序号姓名单位职务签名联系电话", page) for page in pages)


# -- 研判意见表 -----------------------------------------------------------------------------


def test_the_opinion_sheet_is_filled_in_where_the_opinion_is_on_record():
    detail = a_consultation()
    printed = text_of(opinion_sheet(detail, detail.members[4], BUREAU), layout=True)
    for question in range(1, 7):
        assert joined(dissent(4, question)) in printed.replace(
            "理由", ""
        )  # the label stands beside the words
    assert "□同意□保留■不同意" in printed
    assert "□低□中■高" in printed
    assert "日期：2026年11月20日" in printed


def test_an_opinion_of_many_pages_is_printed_to_its_last_word(tmp_path):
    sentences = [f"第{n}句：事实清楚，证据不足。" for n in range(400)]
    detail = a_consultation(1, 1)
    (given,) = detail.members[0].opinions
    member = replace(detail.members[0], opinions=(replace(given, text="".join(sentences)),))
    sheet = opinion_sheet(detail, member, BUREAU)
    assert len(texts_of(sheet)) > 3
    printed = re.sub("理由", "", text_of(sheet, layout=True))
    assert all(sentence in printed for sentence in sentences)
    assert "".join(sentences) in word_text(sheet, tmp_path)
    assert "".join(sentences) in text_of(minutes(replace(detail, members=(member,)), BUREAU))


def test_a_long_name_of_the_bureau_stays_on_one_line(tmp_path):
    long = replace(BUREAU, name="衢州市柯城区人民政府行政诉讼法律顾问团队管理办公室")
    red = red_of(picture_of(minutes(a_consultation(1, 1), long), 1, tmp_path))
    name, _ = spans(red.any(axis=1))
    assert name[1] - name[0] < 6
    left, right = extent(red, *name)
    assert left > 28
    assert right < 184


def test_an_opinion_sheet_not_filled_in_has_boxes_and_room_to_write(tmp_path):
    detail = a_consultation(2, 2)
    blank = replace(detail.members[0], opinions=(), signed_on=None)
    sheet = opinion_sheet(detail, blank, BUREAU)
    printed = text_of(sheet, layout=True)
    assert printed.count("□同意□保留□不同意") == 3  # two questions and the whole
    assert printed.count("□低□中□高") == 3
    assert "—" not in printed  # no dash where one writes
    assert "签名" in printed
    assert "年月日" in printed
    assert "■" not in word_text(sheet, tmp_path)


def test_nobody_signs_an_empty_page():
    for questions in range(1, 7):
        detail = a_consultation(1, questions)
        last = texts_of(opinion_sheet(detail, detail.members[0], BUREAU))[-1]
        assert "总体意见" in last
        assert "签名" in last


def test_in_word_a_question_stays_with_its_boxes_and_a_heading_with_its_text(tmp_path):
    detail = a_consultation(1, 3)
    write_docx(opinion_sheet(detail, detail.members[0], BUREAU), tmp_path / "意见表.docx")
    tables = docx.Document(str(tmp_path / "意见表.docx")).tables
    asked = [table for table in tables if table.cell(0, 0).text.startswith(("问题", "总体意见"))]
    assert len(asked) == 4
    for table in asked:
        for row in table.rows[:-1]:
            assert all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
    write_docx(LARGE, tmp_path / "纪要.docx")
    lines = docx.Document(str(tmp_path / "纪要.docx")).paragraphs
    headings = [line for line in lines if re.match(r"[一二三四五六七]、|（[一二三四五六七]）", line.text)]
    assert len(headings) == 7 + 2 + 6
    assert all(line.paragraph_format.keep_with_next for line in headings)
    spoken = [line for line in lines if re.match(rf"({'|'.join(NAMES)})（", line.text)]
    assert spoken
    assert all(line.paragraph_format.widow_control for line in spoken)


# -- all of them -----------------------------------------------------------------------------


def test_the_secrecy_mark_is_on_every_paper(tmp_path):
    detail = a_consultation(2, 1, row={"secrecy": Secrecy.WORK_SECRET})
    papers = (
        minutes(detail, BUREAU),
        sign_in_sheet(detail, BUREAU),
        opinion_sheet(detail, detail.members[0], BUREAU),
        *member_notices(detail, BUREAU, SENT, default_wording("会商通知")),
        *agency_notices(detail, BUREAU, SENT, default_wording("会商通知（单位）")),
    )
    for paper in papers:
        assert "工作秘密" in texts_of(paper)[0]
        assert "工作秘密" in word_text(paper, tmp_path)


def test_papers_of_the_demo_say_so():
    bureau = replace(BUREAU, mark="示例数据，均为虚构")
    detail = a_consultation(2, 1)
    for paper in (
        minutes(detail, bureau),
        sign_in_sheet(detail, bureau),
        opinion_sheet(detail, detail.members[0], bureau),
        *member_notices(detail, bureau, SENT, default_wording("会商通知")),
    ):
        assert all("示例数据，均为虚构" in page for page in texts_of(paper))


def test_all_fonts_of_the_minutes_are_in_the_file():
    reader = PdfReader(BytesIO(render_pdf(LARGE).data))
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_minutes_are_issued_on_the_day_of_archiving_whenever_it_was_entered():
    made = minutes(replace(a_consultation(2, 1), archived_on=date(2026, 11, 21)), BUREAU)
    assert joined(text_of(made)).endswith("2026年11月21日印发")
