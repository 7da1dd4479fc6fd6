"""A pasted text as one reads it: in half width, lines that the page broke joined, cells of a form as label and value.

Every sign keeps its place in the original, so that what was found can be shown there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import east_asian_width

NARROW = str.maketrans(
    "０１２３４５６７８９（）：，；．－／［］～｜　\u00a0\u2028", "0123456789():,;.-/[]~|  \n"
)
"""One sign for one sign: places stay."""
_MISREAD = str.maketrans("OoQDlI|", "0000111")
_SUN = re.compile(r"(?<=[\d一二三四五六七八九十])[ ]*曰")  # 日, as a scan reads it
_ZEROS = re.compile(r"(?<=二)[OoＯ0](?=[\d一二三四五六七八九〇零○]{2}年)")
_NUMBER = re.compile(
    r"[(〔\[【]?(?:[12l][\dOolI]{3})[)〕\]】]?\s*[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新]"
    r"\s*[\dOoQDlI|]{2,4}\s*(?:行\s*[\u4e00-\u9fa5]{1,3}|执)\s*第?\s*[\dOoQDlI|]{1,6}\s*号"
)
"""A case number in which a scan may have letters for digits."""
_SPACED = re.compile(r"(?<![^\s:])[\u4e00-\u9fa5](?:[ ]{1,2}[\u4e00-\u9fa5]){2,}(?![\u4e00-\u9fa5])")
"""Words that stand letter by letter: 行 政 判 决 书."""
_SPLIT = re.compile(
    r"(?<![\u4e00-\u9fa5])(?P<left>[\u4e00-\u9fa5]{5,20})[ ](?P<right>[\u4e00-\u9fa5]{2,12}(?:局|政府|办事处|委员会))(?=:?$)"
)
"""An agency's name with a blank that a scan put into it."""
_CUT_BEFORE = re.compile(r"(?:\d{4}年|\d{1,2}月|行[初终申审]|第[一二三四五六七八九十\d]+审)$")
_CUT_AFTER = re.compile(r"\d|判庭")
"""A date, a case number or a court room that a column's edge cut in two."""
FULL = 0.85  # of the widest line: such a line goes on in the next, unless it ends a sentence
NARROWEST = 12  # signs of a page's line; what is never longer was not broken by a page

LABELS = (
    "案号", "案由", "案件编号", "被传唤人", "传唤事由", "应到时间", "应到处所", "应到地点", "工作单位", "住所", "住址", "地址",
    "开庭时间", "开庭日期", "开庭地点", "审判庭", "庭审地点", "原告", "被告", "第三人", "申请人", "被申请人", "上诉人",
    "被上诉人", "再审申请人", "立案日期", "立案时间", "受理日期", "承办人", "承办法官", "审判长", "审判员", "书记员", "联系电话",
    "受送达人", "送达文书", "送达文书名称", "送达文书名称和件数", "送达文书名称及件数", "送达地点", "送达时间", "送达日期", "收到日期", "收到时间", "签收日期", "受理法院", "审理法院",
    "注意事项", "备注", "联系人", "举证期限", "答辩期限", "答辩截止日", "举证截止日", "收到起诉状日期", "收到副本日期",
    "收到起诉状副本日期", "收到申请书日期", "收到应诉通知书日期", "当事人", "法庭", "收案日期", "判决日期", "裁判日期", "裁定日期", "判决结果",
    "裁判结果", "承办律师", "代理律师", "序号",
)  # fmt: skip
_LABEL = "|".join(r"[ \t]*".join(label) for label in sorted(LABELS, key=len, reverse=True))
_CELL = re.compile(rf"(?:^|(?<=[\t|]))[ \t|]*(?P<label>{_LABEL})(?P<mark>[ ]*[:\t|]|[ ]{{2,}}|[ ]*$)[ \t|]*")
_PLAIN = "|".join(
    r"[ \t]*".join(label)
    for label in sorted(LABELS, key=len, reverse=True)
    if not re.search("告|三人|申请人|上诉人|当事人", label)
)
_ONE_BLANK = re.compile(rf"^[ ]*(?P<label>{_PLAIN})(?P<mark>[ ]+)(?=[^\s:])")
"""A field of a form whose label only a blank sets apart: 案由 行政赔偿."""
_IN_ROW = re.compile(rf"(?:^|(?<=[ ]))(?P<label>{_LABEL})(?P<mark>[ ]*:|[ ]+|$)[ ]*")
"""Fields of a form in one line, a blank between them: 案号 … 被传唤人 … 案由 …."""
_NARRATES = re.compile(r"诉|不服|一案|与$|因")
_ROLE = r"(?:原审|一审)?(?:原告|被告|第三人|(?:被)?上诉人|(?:再审|被)?申请人|(?:被|申请)执行人)"
_BEGINS = re.compile(
    rf"[ \t]|[一二三四五六七八九十]+、|\d{{1,2}}[.、](?!\d)|\([一二三四五六七八九十\d]{{1,3}}\)|附[:件]|此致|特此|"
    rf"(?:{_ROLE}[^。,;:]{{0,10}}|(?:委托|法定|诉讼)[^。,;:]{{0,6}}|诉讼请求|事实[^。,;:]{{0,4}}|联系人|{'|'.join(LABELS)}):|"
    r"审判[长员][ ]|书记员[ ]|[(〔\[【]\d{4}[)〕\]】][^,。;]{4,20}号$|[\u4e00-\u9fa5]{1,6}[(〔\[]\d{4}[)〕\]]第?\d+号$|(?:20\d\d|[二][〇零○]..)年.{1,3}月.{1,3}日$"
)
"""How a line begins that does not go on with the one before."""
_NAMED = re.compile(rf"{_ROLE}[^。,;:]{{0,10}}:[^。,;]+(?:局|政府|办事处|委员会|公司|厂|队)$")
_NEW = re.compile(r"本院|经审|原告|被告|上诉|申请|委托|法定|因|案由|诉讼|上列|以上")
"""A label with its name, and how the paragraph after that begins."""
_ENDS = re.compile(r"[。;:!?！？]$")
_TITLE = re.compile(
    r"(?!.*(?:原告|被告|不服|诉(?!状|通知)|受理|本院|一案))[\u4e00-\u9fa5]{0,20}(?:人民法院|办公室|委员会|政府|局|通知书|传票|判决书|裁定书|诉状|决定书|告知书|回证)$"
)
_SIGNED = re.compile(
    r"(?:[\u4e00-\u9fa5]{2,3}省)?[\u4e00-\u9fa5]{2,7}(?:市中级|[县区市]|[省市]高级)人民法院(?:行政审判庭)?"
)
"""A court alone in its line: it signs."""
_TITLES = 5  # lines at the top that may be a title


@dataclass(frozen=True, slots=True)
class Flat:
    """A text as it is read, and where each of its signs stands in the original."""

    text: str
    at: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text stands in the original."""
        return self.at[start], self.at[end - 1] + 1


Line = list[tuple[str, int]]


def flatten(original: str) -> Flat:
    """Return a pasted text as one reads it."""
    narrow = original.translate(NARROW).replace("\r", " " if "\n" in original else "\n")
    narrow = _SUN.sub(lambda match: match[0].replace("曰", "日"), _ZEROS.sub("〇", narrow))
    narrow = _NUMBER.sub(lambda match: match[0].translate(_MISREAD), narrow)
    lines = list(_lines(narrow))
    long, wide = (max((measure(line) for line in lines), default=0) for measure in (len, _width))
    made: Line = []
    lines = [_closed(line) for line in lines]
    for number, line in enumerate(lines):
        made += line
        following = lines[number + 1] if number + 1 < len(lines) else None
        if following is not None and not _goes_on(line, following, number, long, wide):
            made.append(("\n", line[-1][1] + 1 if line else max(following[0][1] - 1, 0) if following else 0))
    return Flat("".join(sign for sign, _ in made), tuple(place for _, place in made))


def _lines(narrow: str) -> Iterator[Line]:
    """Yield the lines, those of a form as label, colon and value; a label alone takes the next line as its value."""
    place = 0
    waiting: Line = []
    rows = narrow.split("\n")
    for number, raw in enumerate(rows):
        below = rows[number + 1] if number + 1 < len(rows) else ""
        if number and is_head(rows[number - 1], raw):
            cells = list(_under_head(rows[number - 1], raw, place))
        else:
            cells = [] if is_head(raw, below) else _cells(raw, place)
        place += len(raw) + 1
        for line, is_label in cells:
            if waiting and line and not is_label and not _CELL.match(_said(line)):
                yield waiting + line
                waiting = []
                continue
            if waiting:
                yield waiting
            waiting = line if is_label else []
            if not is_label:
                yield line
    if waiting:
        yield waiting


def _closed(line: Line) -> Line:
    """Return a line without the blanks inside words that stand letter by letter, or inside an agency's name."""
    text = _said(line)
    inside = {
        at
        for match in (*_SPACED.finditer(text), *_NUMBER.finditer(text))
        for at in range(*match.span())
        if text[at] == " "
    } | {match.end("left") for match in _SPLIT.finditer(text)}  # fmt: skip
    return [pair for at, pair in enumerate(line) if at not in inside] if inside else line


def is_head(raw: str, below: str) -> bool:
    """Say whether a line is the head of a table copied from a sheet, with its first row below."""
    titles = [cell.strip() for cell in raw.split("\t")]
    known = [title for title in titles if title in LABELS]
    is_head = len(known) > 1 and 2 * len(known) >= len(titles) and not re.search(r"\d", raw)
    cells = [cell.strip() for cell in below.split("\t")]
    return is_head and len(cells) == len(titles) and not set(cells) & set(LABELS)


def _under_head(head: str, raw: str, place: int) -> Iterator[tuple[Line, bool]]:
    """Yield the cells of a table's row as fields, each named by the head above it; cells without a name stand alone."""
    above = place - len(head) - 1
    for title, cell in zip(head.split("\t"), raw.split("\t"), strict=True):
        name = title.strip()
        if cell.strip():
            label = [(sign, above) for sign in f"{name}:"] if name in LABELS else []
            yield [*label, *_trimmed(cell, place, 0, len(cell))], False
        above += len(title) + 1
        place += len(cell) + 1


def _cells(raw: str, place: int) -> list[tuple[Line, bool]]:
    """Return the fields of a line of a form, each with whether its value is still to come; else the line itself."""
    labels = list(_CELL.finditer(raw)) or _in_row(raw)
    if not labels or labels[0].start() > 0:
        return [(_trimmed(raw, place, 0, len(raw)), False)]
    found = []
    for label, end in zip(labels, [m.start() for m in labels[1:]] + [len(raw)], strict=True):
        name = [
            (sign, place + at)
            for at, sign in enumerate(raw)
            if label.start("label") <= at < label.end("label")
        ]
        name = [pair for pair in name if not pair[0].isspace()]
        colon = (":", place + label.end("label") - (label.end("label") >= len(raw)))
        value = _trimmed(raw, place, label.end(), end)
        found.append(([*name, colon, *value], not value))
    return found


def _in_row(raw: str) -> list["re.Match[str]"]:
    """Return the labels of a form's line that only blanks set apart; of a sentence none."""
    labels = [m for m in _IN_ROW.finditer(raw) if not m.start() or " " not in m["label"]]
    if len(labels) > 1 and labels[0].start() == 0 and not _NARRATES.search(raw):
        return labels
    one = _ONE_BLANK.match(raw)
    return [one] if one else []


def _trimmed(raw: str, place: int, start: int, end: int) -> Line:
    """Return a stretch of a line without the blanks behind it; its cells are set apart by one blank."""
    text = raw[start:end].rstrip(" \t|")
    return [(" " if sign in "\t|" else sign, place + start + at) for at, sign in enumerate(text)]


def _goes_on(line: Line, following: Line, number: int, long: int, wide: int) -> bool:
    """Say whether a line was broken by the page and not by its author."""
    text, after = _said(line), _said(following)
    if not text or not after or _BEGINS.match(after) or _ENDS.search(text) or _SIGNED.fullmatch(after):
        return False
    if _NAMED.match(text) and _NEW.match(after):
        return False
    if text[-1] in ",、(〔“-" or (_CUT_BEFORE.search(text) and _CUT_AFTER.match(after)):
        return True
    if long < NARROWEST or (number < _TITLES and _TITLE.fullmatch(text)):
        return False
    return len(text) >= FULL * long or _width(line) >= FULL * wide


def _said(line: Line) -> str:
    return "".join(sign for sign, _ in line)


def _width(line: Line) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign, _ in line)
