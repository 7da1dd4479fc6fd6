"""Rows under a header that are no data: totals, signatures, notes; told by shape and place, never by a word alone.

A word such as 审核 or 合计 begins many a matter (审核征地补偿协议). A row of totals holds that word and figures and
nothing else; a signature is made of labels and what stands behind them; a note is one text alone. The last two
stand below all data only. What is left out is named to the clerk, whatever it was.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from db.exchange.grid import Raw, is_broken

_TOTAL = re.compile(
    r"(?:本页|本所|本表|分组|全[区市县部])?(?:合计|总计|小计|共计|总数)[:：]?(?:共?[\d.]+[人件条个家名次元%]*)?"
)
_FIGURE = re.compile(r"[共约]?-?[\d,，.]+[\u4e00-\u9fa5%]{0,2}")
_LABEL = re.compile(
    r"(?:制表|填表|填报|编制|审核|审批|复核|核对|批准|签发|报送|统计|经办|联系|负责|主管|单位|科室|分管|填写|打印|制作|日期|时间)"
    r"(?:负责|领导)?(?:人员|[人员者]|单位|部门|机关|日期|时间|电话|领导)?"
    r"(?:[(][^)]*[)]|签[名字章]|盖章)*"
)
_NOTE = re.compile(
    r"(?:备注|说明|附注|注|注释|填表说明|填报说明|备 注)\s*\d?\s*[:：.、]|(?:以上|本表|此表)|第\d+页|共\d+页|[*※★]"
)
_FORM_LINE = re.compile(r"[_＿\s]*")


def compact(value: Raw) -> str:
    """Return a cell's text in half width without blanks."""
    return "" if value is None else re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))


def texts_of(values: Sequence[Raw]) -> list[str]:
    """Return the texts of a row; one that is merged over several cells once."""
    return list(dict.fromkeys(text for value in values if (text := compact(value))))


def is_total(values: Sequence[Raw]) -> bool:
    """Say whether a row holds 合计 or 小计, figures, and nothing else."""
    given = [value for value in values if compact(value)]
    if not given or not _TOTAL.fullmatch(compact(given[0])):
        return False
    return all(_is_figure(value) for value in given[1:] if compact(value) != compact(given[0]))


def is_word(text: str) -> bool:
    """Say whether a text is a label or a word of the foot alone: 审核人, 合计."""
    return bool(_LABEL.fullmatch(text) or _TOTAL.fullmatch(text))


def is_signature(values: Sequence[Raw]) -> bool:
    """Say whether a row is made of labels, each with what stands behind it: 审核人：＿＿, 制表人 | 沈青禾, a date."""
    after_label = False
    for value in (v for v in values if compact(v)):
        text = compact(value)
        label, colon, _ = text.replace("：", ":").partition(":")
        if _LABEL.fullmatch(label) and (colon or not after_label):
            after_label = text.rstrip(":：_＿") == label
        elif after_label or isinstance(value, date):
            after_label = False
        else:
            return False
    return bool(texts_of(values)) and bool(
        _LABEL.fullmatch(texts_of(values)[0].replace("：", ":").partition(":")[0])
    )


def is_note(values: Sequence[Raw]) -> bool:
    """Say whether a row is one text that speaks of the sheet: 备注：以上人员…, 第1页."""
    texts = texts_of(values)
    return len(texts) == 1 and bool(_NOTE.match(texts[0]))


def _is_figure(value: Raw) -> bool:
    if isinstance(value, int | float) or is_broken(value):
        return True
    return bool(_FIGURE.fullmatch(compact(value)))
