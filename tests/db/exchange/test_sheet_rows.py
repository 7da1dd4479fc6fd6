"""No row of any sheet vanishes: below a header each is data, heads a section, only numbers the form, or is named."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.catalogue.importers import IMPORTERS
from db.exchange.foot import compact
from db.exchange.grid import UNCOMPUTED, Grid
from db.exchange.header import APART, SECTION, find_table

CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "张三", "合计", "小计", "审核", "审核人：沈青禾", "制表人", "备注：见附件", "说明", "浙江天浩律师事务所（3人）",
            "一、乡镇街道", "区司法局", "#REF!", UNCOMPUTED, "138****2200", "　", "第1页", "2人", "13308201010100001",
        ]
    ),
    st.integers(0, 200),
    st.just(date(2026, 3, 2)),
)  # fmt: skip


@st.composite
def grids(draw, form):
    width = draw(st.integers(2, 7))
    titles = [title for field in form.fields for title in (field.title, *field.aliases)]
    header = draw(st.lists(st.sampled_from([*titles, "序号", "", "星座"]), min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8))
    spans = st.tuples(st.integers(1, 8), st.integers(0, 6), st.integers(0, 2), st.integers(0, 6))
    merged = [
        (top, left, min(top + height, len(rows)), min(left + breadth, width - 1))
        for top, left, height, breadth in draw(st.lists(spans, max_size=2))
        if top <= len(rows) and left < width
    ]
    for top, left, bottom, right in merged:  # of merged cells only the first holds anything
        for row in rows[top - 1 : bottom]:
            first = rows[top - 1][left] if row is rows[top - 1] else None
            row[left : right + 1] = (
                [first, *[None] * (right - left)] if right >= left else row[left : right + 1]
            )
    hidden = draw(st.frozensets(st.integers(1, len(rows)), max_size=1))
    return Grid("表", (tuple(header), *map(tuple, rows)), tuple(merged), hidden)


@pytest.mark.parametrize("what", IMPORTERS)
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_row_below_the_header_is_data_or_named(what, data):
    form = IMPORTERS[what].form
    grid = data.draw(grids(form))
    table = find_table(grid, form)
    if table is None:
        return
    data_rows = {row.number % APART for row in table.rows}
    named = {int(found[1]) for one in table.left_out if (found := re.match(r"第 (\d+) 行", one.where))}
    assert not data_rows & named
    for number, row in enumerate(grid.rows[table.last_header :], start=table.last_header + 1):
        texts = [compact(cell) for cell in row if compact(cell)]
        heads_section = SECTION in table.titles and len(set(texts)) == 1 and form.heads_section(texts[0])
        is_number = len(texts) == 1 and texts[0].isdecimal()
        assert not texts or number in data_rows | named or heads_section or is_number, (number, row)
    form.choose(table)


@pytest.mark.parametrize("what", IMPORTERS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_row_with_everything_that_is_needed_is_data_whatever_it_says(what, data):
    form = IMPORTERS[what].form
    needed = [field.title for field in form.fields if field.required]
    words = st.sampled_from(
        [
            "审核征地协议",
            "审核：某案",
            "制表",
            "备注：补充协议",
            "注：册商标",
            "负责人培训",
            "第1页打印机采购",
        ]
    )
    cells = {"日期": st.just("2026.3.2")}
    rows = [tuple(data.draw(cells.get(title, words)) for title in needed) for _ in range(3)]
    grid = Grid(
        "表", (("序号", *needed, "其他说明"), *((n, *row, None) for n, row in enumerate(rows, start=1)))
    )
    table = find_table(grid, form)
    assert table is not None
    assert [row.values[1 : len(needed) + 1] for row in table.rows] == rows
