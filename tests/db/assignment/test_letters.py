"""A letter in 信函格式 is measured on the page against GB/T 9704-2012."""

import pytest

from db.documents import fonts
from db.documents.pdf import render_pdf
from tests.papers import a_letter, black_of, extent, picture_of, red_of, sizes_of, spans, texts_of

LINE = "字" * 28
LONG = a_letter(LINE * 60)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return picture_of(LONG, 1, tmp_path_factory.mktemp("p1"))


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    return picture_of(LONG, 2, tmp_path_factory.mktemp("p2"))


def test_the_name_is_red_and_begins_30_mm_from_the_top_edge(first):
    top, bottom = spans(red_of(first).any(axis=1))[0]
    assert top == pytest.approx(30, abs=0.3)
    left, right = extent(red_of(first), top, bottom)
    assert (left + right) / 2 == pytest.approx(105, abs=1)


def test_two_double_rules_of_170_mm_stand_where_the_standard_puts_them(first):
    red = red_of(first)
    rules = [(a, b) for a, b in spans(red.sum(axis=1) > 1900) if b - a < 3]
    heights = [b - a for a, b in rules]
    assert len(rules) == 4
    assert heights[0] > 2 * heights[1]  # thick over thin
    assert heights[3] > 2 * heights[2]  # thin over thick
    name_bottom = spans(red.any(axis=1))[0][1]
    assert rules[0][0] - name_bottom == pytest.approx(4, abs=0.3)
    assert 297 - rules[3][1] == pytest.approx(20, abs=0.3)
    for top, bottom in rules:
        left, right = spans(red[int((top + bottom) / 2 / 25.4 * 300)])[0]
        assert (left, right) == pytest.approx((20, 190), abs=0.3)


def test_the_number_stands_right_below_the_first_rule(first):
    black = black_of(first)
    rule = [b for a, b in spans(red_of(first).sum(axis=1) > 1900)][1]
    top, bottom = spans(black.any(axis=1))[0]
    assert top - rule == pytest.approx(16 * 7 / 8 / 72 * 25.4, abs=0.8)
    assert extent(black, top, bottom)[1] == pytest.approx(210 - 26, abs=0.5)


def test_a_full_page_has_22_lines_of_28_characters_on_156_by_225_mm(second):
    black = black_of(second)
    lines = [(a, b) for a, b in spans(black.any(axis=1)) if a < 262]
    assert len(lines) == 22
    assert (lines[21][0] - lines[0][0]) / 21 == pytest.approx(28.95 / 72 * 25.4, abs=0.02)
    assert lines[0][0] >= 37
    assert lines[21][1] <= 262
    columns = spans(black[: int(262 / 25.4 * 300)].any(axis=0))
    assert columns[0][0] >= 28
    assert columns[-1][1] <= 184
    assert columns[-1][1] - columns[0][0] > 154
    assert texts_of(LONG)[1].count("字") == 22 * 28


def test_only_later_pages_are_numbered_and_without_rules(second):
    pages = texts_of(LONG)
    assert pages[1].endswith("—2—")
    assert not pages[0].endswith("—")
    assert not red_of(second).any()


def test_the_name_stands_over_the_middle_of_the_date(tmp_path):
    black = black_of(picture_of(a_letter("请予支持。"), 1, tmp_path))
    edges = [extent(black, top, bottom) for top, bottom in spans(black.any(axis=1))]
    day = next(at for at, (_, right) in enumerate(edges) if right == pytest.approx(184 - 4 * 156 / 28, abs=1))
    assert sum(edges[day]) / 2 == pytest.approx(sum(edges[day - 1]) / 2, abs=0.6)


def test_a_letter_that_is_one_line_too_long_is_set_a_little_closer_on_one_page():
    text = "现推荐下列律师供你单位选择。" * 19
    alone = a_letter(text)
    short = a_letter(text, blocks=alone.blocks[:-1])
    assert len(sizes_of(short)) == 1


def test_all_parts_are_there():
    text = "".join(texts_of(a_letter("请予支持。")))
    for part in (
        "衢州市柯城区司法局",
        "柯司顾荐〔2026〕41号",
        "附件：推荐人选基本情况",
        "2026年11月24日",
        "回执",
        "□汪晓棠",
    ):
        assert part in text


def test_a_long_name_of_the_agency_still_fits_the_page(tmp_path):
    red = red_of(
        picture_of(a_letter("略。", issuer="衢州市柯城区人民政府行政诉讼法律顾问团队管理办公室"), 1, tmp_path)
    )
    inked = spans(red.any(axis=0))
    assert inked[0][0] >= 19.7
    assert inked[-1][1] <= 190.3


def test_fonts_of_official_papers_are_taken_where_the_pc_has_them():
    bare = fonts.choose(["Advisor Serif SC"])
    assert "本机未装小标宋、仿宋、楷体、黑体字体" in bare.note
    assert bare.families["body"] == ["Advisor Serif SC"]
    full = fonts.choose(["FangSong", "SimHei", "KaiTi", "方正小标宋简体", "Advisor Serif SC"])
    assert full.note == ""
    assert full.families["body"] == ["FangSong", "Advisor Serif SC"]
    assert full.families["title"][0] == "方正小标宋简体"
    some = fonts.choose(["仿宋_GB2312"], roles=("title", "body"))
    assert some.note.startswith("本机未装小标宋字体")


def test_what_the_pc_lacks_is_said_with_the_letter():
    assert render_pdf(a_letter("略。")).notes == tuple(
        note for note in [fonts.choose(fonts.installed(), roles=("title", "body", "hei")).note] if note
    )
