"""The numbers of the field: 执业证号, 公民身份号码, 统一社会信用代码, phones, 案号. Formats only, no storage.

Sources: 案号 法〔2015〕137号 and 法〔2018〕335号; 身份号码 GB 11643; 信用代码 GB 32100-2015; 执业证号 by published
descriptions of the 17-digit number (categories 5–9 and the sex digit rest on practice, so they only warn).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from db.errors import Severity
from db.formats.paper_numbers import normalise_paper_number
from db.formats.text import narrow

LICENCE_DIGITS = 17
OLD_LICENCE_DIGITS = 12
ID_DIGITS = 18
SHOWN_OF_ID = 10  # the first six digits and the last four
LONGEST_PATTERN = 200
RECONSIDERATION_PATTERN = r"[\u4e00-\u9fa5]{1,12}〔20\d{2}〕[1-9]\d*号"
"""No national rule was found; the office sets its own."""
PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林",
    "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西",
    "37": "山东", "41": "河南", "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南",
    "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃",
    "63": "青海", "64": "宁夏", "65": "新疆",
}  # fmt: skip
ZHEJIANG = {
    "01": "杭州", "02": "宁波", "03": "温州", "04": "嘉兴", "05": "湖州", "06": "绍兴", "07": "金华",
    "08": "衢州", "09": "舟山", "10": "台州", "11": "丽水",
}  # fmt: skip
CATEGORIES = {
    1: "专职", 2: "兼职", 3: "香港", 4: "澳门", 5: "台湾", 6: "公职", 7: "公司", 8: "法律援助", 9: "军队",
}  # fmt: skip

_LICENCE = re.compile(r"1(\d{2})(\d{2})(19[789]\d|20\d{2})([1-9])([01])(\d{6})")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC = re.compile(rf"[{_USCC_SIGNS}]{{2}}\d{{6}}[{_USCC_SIGNS}]{{10}}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SERVICE_LINE = re.compile(r"[48]00\d{7}")
_EXTENSION = re.compile(r"((?:[(（]?0\d{2,3}[)）]?[\-－—]?)?[2-8]\d{6,7})(?:转|[\-－—#])(\d{1,6})")
_BRACKETS = str.maketrans("", "", "()（）")
_MASK = re.compile(
    r"(?:[*∗✱•●○◯×✕✖■□█▇▢▪★☆◆◇…某]|[xX]{2,}|_{2,}|#{2,}|-{3,}|\.{3,}|·{2,}|[?~^&+]{2,}|[oO〇]{3,}|[—–]{2,}|。{2,})+"
    r"|(?<=^[\u4e00-\u9fa5])[xXoO〇]{1,2}$"
)
_LANDLINE = re.compile(r"(?:0\d{2,3})?[2-8]\d{6,7}")
COURTS = r"最高法|[京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新内军兵](?:\d{4}|\d{2})?"
CASE_KINDS = (
    r"行初|行终|行监|行申|行抗|行再|行审复|行审|行他|行辖终|行辖|行赔[初终监申抗再他]|赔辖终|赔辖"
    r"|行保复|行保|行诉前调|诉前调|执恢|执异|执复|执监|执保|执"
)
_CASE_NUMBER = re.compile(
    r"[（(〔\[【]?(?P<year>(?:19|20)\d{2})[)）〕\]】]?"
    rf"(?P<court>{COURTS})(?P<special>知)?(?P<kind>{CASE_KINDS})"
    r"第?(?P<number>0*[1-9]\d{0,8})号(?P<suffix>(?:之[一二三四五六七八九十]+)?)"
)
_OLD_CASE_NUMBER = re.compile(
    r"[（(〔\[](?P<year>(?:19|20)\d{2})[)）〕\]](?P<court>[\u4e00-\u9fa5]{1,8}?)"
    r"(?P<kind>行[\u4e00-\u9fa5]{0,3}|[\u4e00-\u9fa5]?执|赔[\u4e00-\u9fa5]?)字第?0*(?P<number>[1-9]\d{0,8})(?:-\d+)?号"
)


@dataclass(frozen=True, slots=True)
class Licence:
    """A lawyer's licence number, taken apart; ``city_name`` is empty outside 浙江."""

    province: str
    province_name: str
    city: str
    city_name: str
    year: int
    category: int
    category_name: str
    sex: str
    serial: str


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A court's case number, taken apart."""

    year: int
    court: str
    special: str
    kind: str
    number: int
    suffix: str

    def __str__(self) -> str:
        return f"（{self.year}）{self.court}{self.special}{self.kind}{self.number}号{self.suffix}"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a number, and whether that forbids it."""

    text: str
    severity: Severity


def digits(text: str) -> str:
    """Return a number as typed, without blanks and hyphens, in half width."""
    return re.sub(r"[\s\-－—·]", "", narrow(text))


def format_licence(text: str) -> str:
    """Return the licence number as it is kept."""
    return digits(text)


def licence_problem(text: str) -> str | None:
    """Say what is wrong with a licence number, or ``None``; the words follow the field's name."""
    number = digits(text)
    if not (number.isascii() and number.isdigit()):
        return f"应为 17 位数字，现含有其他字符（{text.strip()}）"
    if len(number) != LICENCE_DIGITS:
        old = "，是旧版证号，请换填新版证号" if len(number) == OLD_LICENCE_DIGITS else ""
        return f"应为 17 位数字，现为 {len(number)} 位{old}"
    if number[0] != "1":
        return f"应以 1 开头，现以 {number[0]} 开头"
    if number[1:3] not in PROVINCES:
        return f"第 2、3 位应为省份代码（浙江为 33），现为 {number[1:3]}"
    if not _LICENCE.fullmatch(number):
        return f"第 6 至 11 位应为首次执业年份、类别（1–9）和性别（0 男 1 女），现为 {number[5:11]}"
    return None


def parse_licence(text: str) -> Licence | None:
    """Take a licence number apart, or return ``None`` if it is not one."""
    if licence_problem(text):
        return None
    match = _LICENCE.fullmatch(digits(text))
    if match is None:
        return None
    province, city, year, category, sex, serial = match.groups()
    return Licence(
        province=province,
        province_name=PROVINCES[province],
        city=city,
        city_name=ZHEJIANG.get(city, "") if province == "33" else "",
        year=int(year),
        category=int(category),
        category_name=CATEGORIES[int(category)],
        sex="女" if sex == "1" else "男",
        serial=serial,
    )


def describe_licence(text: str) -> str:
    """Say what a licence number, or as much of it as was typed, tells: 浙江、衢州、2015 年、专职、男."""
    number, said = digits(text), []
    if not (number.isascii() and number.isdigit()) or not number.startswith("1"):
        return ""
    if len(number) >= 3 and number[1:3] in PROVINCES:  # noqa: PLR2004 - places in the number
        said.append(PROVINCES[number[1:3]])
        if number[1:3] == "33" and number[3:5] in ZHEJIANG:
            said.append(ZHEJIANG[number[3:5]])
    if re.match(r"(19[789]\d|20\d{2})", number[5:9]):
        said.append(f"{number[5:9]} 年首次执业")
    if number[9:10] in set("123456789"):
        said.append(CATEGORIES[int(number[9])])
    if number[10:11] in {"0", "1"}:
        said.append("女" if number[10] == "1" else "男")
    return "，".join(said)


def sex_of_id_number(text: str) -> str:
    """Return 男 or 女 by the 17th digit of a citizen's number (GB 11643)."""
    return "男" if int(digits(text)[16]) % 2 else "女"


def id_number_problem(text: str) -> str | None:
    """Say what is wrong with a citizen's number (GB 11643), or ``None``; the words follow the field's name."""
    number = digits(text).upper()
    if len(number) != ID_DIGITS:
        return f"应为 18 位，现为 {len(number)} 位"
    if not re.fullmatch(r"\d{17}[\dX]", number, re.ASCII):
        return "应为 17 位数字加一位数字或 X，请核对"
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return f"第 7 至 14 位应为出生日期，现为 {number[6:14]}"
    total = sum(int(digit) * weight for digit, weight in zip(number, _ID_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[17]:
        return "末位校验码与前 17 位不符，请对照证件核对"
    return None


def uscc_problem(text: str) -> Trouble | None:
    """Say what is wrong with a 统一社会信用代码; a wrong check digit only warns, since real codes have them."""
    code = digits(text).upper()
    if not _USCC.fullmatch(code):
        return Trouble(
            f"应为 18 位数字或大写字母（不含 I、O、S、V、Z），现为“{text.strip()}”", Severity.ERROR
        )
    total = sum(_USCC_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    if _USCC_SIGNS[-total % 31] != code[17]:
        return Trouble("末位校验码与前 17 位不符，请核对", Severity.WARNING)
    return None


def normalise_phone(text: str) -> str:
    """Return phone numbers without blanks, hyphens and +86, several joined by 、; what is none stays as typed."""
    typed = narrow(text)
    parts = [part for part in re.split(r"[、，,;；/／|\r\n]+", typed) if part.strip()]
    if (
        len(parts) == 1
        and len(words := typed.split()) > 1
        and all(_is_phone(_one_phone(word)) for word in words)
    ):
        parts = words  # 13857006009 0570-3021234, but not 138 5700 6009
    return "、".join(_one_phone(part) for part in parts)


def _one_phone(typed: str) -> str:
    bare = digits(typed).translate(_BRACKETS)
    if (match := _EXTENSION.fullmatch(re.sub(r"\s", "", typed))) and not _SERVICE_LINE.fullmatch(bare):
        return f"{digits(match[1]).translate(_BRACKETS)}转{match[2]}"
    number = re.sub(r"^(?:\+|00)86", "", bare)
    return number if number.isdecimal() else typed.strip()


def _is_phone(number: str) -> bool:
    number = re.sub(r"转\d{1,6}$", "", number)
    return any(form.fullmatch(number) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE))


def phone_problem(text: str) -> str | None:
    """Say what is wrong with a phone number, or with one of several, or ``None``; the words follow the field's name."""
    if text.strip() and all(_is_phone(number) for number in normalise_phone(text).split("、")):
        return None
    return f"应为 11 位手机号或固定电话，现为“{text.strip()}”"


def email_problem(text: str) -> str | None:
    """Say what is wrong with an address of electronic mail, or ``None``; the words follow the field's name."""
    if "@" in text and "." in text.rsplit("@", 1)[-1]:
        return None
    return f"应写成 名称@网站 的样子，现为“{text}”"


def is_masked(text: str) -> bool:
    """Say whether part of a person's number or name is hidden: 138****2200, 3308××××0011, 138xxxx2200, 王某, ***."""
    text = unicodedata.normalize("NFKC", text)
    if "@" in text or _USCC.fullmatch(text):  # letters and lines that belong to it
        return bool(re.search(r"[*●•×…]|\.{3}", text))
    return bool(_MASK.search(text))


def shows_part(given: str, whole: str) -> bool:
    """Say whether ``given`` is ``whole`` with signs in place of a part, though these might be letters: zxxx@example.cn."""
    return (
        given != whole and bool(_MASK.search(unicodedata.normalize("NFKC", given))) and may_be(given, whole)
    )


def may_be(masked: str, whole: str) -> bool:
    """Say whether ``masked`` may be ``whole`` with a part hidden: what is shown stands in it in the same order."""
    masked, whole = (unicodedata.normalize("NFKC", text) for text in (masked, whole))
    shown = ".*".join(re.escape(digits(part)) for part in _MASK.split(masked))
    return bool(re.fullmatch(shown, digits(whole), re.IGNORECASE))


def mask_phone(number: str) -> str:
    """Return a phone number with its middle hidden: 138****2211."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 7 else number  # noqa: PLR2004 - shorter hides nothing


def mask_id_number(number: str) -> str:
    """Return a citizen's number with the birthday hidden: 330802********1234."""
    number = digits(number)
    return f"{number[:6]}********{number[-4:]}" if len(number) > SHOWN_OF_ID else "*" * len(number)


def mask_licence(number: str) -> str:
    """Return a licence or certificate number with year and serial hidden: 13308****3456."""
    return f"{number[:5]}****{number[-4:]}" if len(number) > SHOWN_OF_ID else number


def parse_case_number(text: str) -> CaseNumber | None:
    """Take a court's case number apart, however it is spaced, bracketed and padded; ``None`` if it is not one."""
    match = _CASE_NUMBER.fullmatch(re.sub(r"\s", "", narrow(text)))
    if match is None:
        return None
    return CaseNumber(
        year=int(match["year"]),
        court=match["court"],
        special=match["special"] or "",
        kind=match["kind"],
        number=int(match["number"]),
        suffix=match["suffix"],
    )


def is_compensation(number: str) -> bool:
    """Say whether a case number is that of 行政赔偿 (行赔初, 行赔终 …)."""
    parsed = parse_case_number(number)
    return parsed is not None and parsed.kind.startswith("行赔")


def normalise_case_number(text: str) -> str:
    """Return a case number in its normal form; an old or local form stays as typed, trimmed.

    The number of a reconsideration (柯政复〔2024〕12号) gets its 〔〕 and loses padding.
    """
    parsed = parse_case_number(text)
    return str(parsed) if parsed else normalise_paper_number(text)


def reconsideration_number_problem(text: str, pattern: str) -> str | None:
    """Say that the number of a reconsideration is not of the office's form, or ``None``; it is kept all the same.

    ``pattern`` is the office's setting, a regular expression for the whole number in its normal form.
    """
    number = normalise_paper_number(text)
    if pattern_problem(pattern) or re.fullmatch(pattern, number):
        return None
    return f"“{number}”与本单位设定的复议案号格式不同，将按原文保存，请核对。格式如 柯政复〔2024〕12号。"


def pattern_problem(pattern: str) -> str | None:
    """Say what is wrong with a pattern for numbers, or ``None``."""
    if len(pattern) > LONGEST_PATTERN:
        return f"格式应不超过 {LONGEST_PATTERN} 个字符，现为 {len(pattern)} 个。"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"格式写得不完整（{error.msg}），请对照示例修改。"
    return None


def short_case_number(text: str) -> str:
    """Return a case number as narrow places show it: 行初41号; one that is not in the normal form stays."""
    parsed = parse_case_number(text)
    return f"{parsed.kind}{parsed.number}号" if parsed else text


def case_search_forms(text: str) -> frozenset[str]:
    """Return what a case is looked up by: the whole number, 浙0825行初41号, 行初41号; old forms without 字第 too."""
    parsed = parse_case_number(text)
    if parsed is not None:
        short = f"{parsed.kind}{parsed.number}号"
        return frozenset({str(parsed), f"{parsed.court}{short}", short})
    found = {text.strip(), normalise_paper_number(text)}
    if old := _OLD_CASE_NUMBER.fullmatch(re.sub(r"\s", "", narrow(text))):
        year, court, kind, number = old["year"], old["court"], old["kind"], int(old["number"])
        for middle in ("字第", ""):
            short = f"{kind}{middle}{number}号"
            found |= {f"（{year}）{court}{short}", f"{court}{short}", short}
    return frozenset(found) - {""}


def as_searched(text: str) -> str:
    """Return what was typed to look up a case, without the zeros that old papers pad its number with."""
    return re.sub(r"(?<=[初终监申抗再审复他辖赔执恢异保调第])0+(?=\d)", "", narrow(text))
