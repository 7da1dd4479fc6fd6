"""The numbers in a pasted text: of this case, of the proceedings before it, of a series; the kind of proceedings."""

import re
from collections.abc import Iterator

from db.formats.numbers import CASE_KINDS, COURTS, normalise_case_number, parse_case_number
from db.formats.paper_numbers import parse_paper_number
from db.intake.rules.found import Found
from db.words.case import Procedure

PROCEDURES = {
    "行初": Procedure.FIRST_INSTANCE,
    "行赔初": Procedure.FIRST_INSTANCE,
    "行终": Procedure.SECOND_INSTANCE,
    "行赔终": Procedure.SECOND_INSTANCE,
    "行申": Procedure.RETRIAL,
    "行再": Procedure.RETRIAL,
    "行监": Procedure.RETRIAL,
    "行抗": Procedure.RETRIAL,
    "行赔申": Procedure.RETRIAL,
    "行赔再": Procedure.RETRIAL,
    "行审": Procedure.ENFORCEMENT,
}
MOST_IN_SERIES = 60  # a longer stretch of numbers is a slip
PREVIOUS = "被上诉、申请再审或者起诉的裁判（决定），可关联为前一程序"

_OPEN, _SHUT = r"[(〔\[【]", r"[)〕\]】]"
_ONE = r"(?:第\s*)?\d{1,6}"
_SPACED = COURTS.replace("(?:", r"(?:\s*", 1).replace("|\\d{2}", r"|\s*\d{2}")
_CASE = re.compile(
    rf"(?:{_OPEN}\s*(?:19|20)\d\d\s*{_SHUT}|(?<!\d)(?:19|20)\d\d)\s*(?:{_SPACED})\s*知?(?:{CASE_KINDS})\s*"
    rf"(?P<serials>{_ONE}\s*号?(?:\s*(?:[、,和及至到~]|-)\s*{_ONE}\s*号?)*)(?<=号)(?:之[一二三四五六七八九十]+)?"
)
_OLD = re.compile(rf"{_OPEN}\s*(?:19|20)\d\d\s*{_SHUT}[^,。;:\n]{{2,20}}?字第?\s*\d+号")
_PAPER = re.compile(rf"[\u4e00-\u9fa5]{{1,12}}\s*{_OPEN}\s*20\d\d\s*{_SHUT}\s*第?\d+\s*号")
_JUDGED = re.compile(
    r"[\s》]*(?:不予立案|驳回起诉|管辖权?异议)?(?:一审|二审|再审)?(?:行政|民事)?(?:赔偿|复议)?(?:判决|裁定|调解|决定)"
)
_AGAINST = re.compile(r"(?:不服|撤销|维持|变更|原审|一审|上诉于|针对|申请再审)[^。;\n]{0,40}$")
_SERIAL = re.compile(r"\d+")


def find_numbers(flat: str) -> Iterator[Found]:
    """Yield the numbers; what a judgment complained of bears is the number of the proceedings before."""
    found = False
    for match in (*_CASE.finditer(flat), *_OLD.finditer(flat)):
        numbers = (
            list(_series(match)) if "serials" in match.re.groupindex else [normalise_case_number(match[0])]
        )
        if not numbers:
            continue
        if _is_previous(flat, match.start(), match.end()):
            yield Found("previous_number", numbers[0], match[0], match.start(), match.end(), PREVIOUS)
            continue
        found = True
        note = f"原文并列 {len(numbers)} 个案号，是系列案件，请逐件登记" if len(numbers) > 1 else ""
        for number in numbers:
            yield Found("number", number, match[0], match.start(), match.end(), note)
        parsed = parse_case_number(numbers[0])
        if parsed and parsed.kind in PROCEDURES:
            yield Found("procedure", PROCEDURES[parsed.kind], match[0], match.start(), match.end())
    for match in _PAPER.finditer(flat):
        paper = parse_paper_number(re.sub(r"^.*(?:不服|对|作出|的|号)(?=.)", "", match[0]))
        if paper is None or "复" not in paper.series:
            continue
        start = match.end() - len(match[0]) + match[0].rfind(paper.series)
        if found or _is_previous(flat, start, match.end()):
            yield Found(
                "previous_number", str(paper), flat[start : match.end()], start, match.end(), PREVIOUS
            )
        else:
            yield Found("number", str(paper), flat[start : match.end()], start, match.end())
            yield Found("procedure", Procedure.RECONSIDERATION, match[0], match.start(), match.end())


def _is_previous(flat: str, start: int, end: int) -> bool:
    if not _JUDGED.match(flat, end):
        return False
    before = flat[:start].rstrip(" 的作出《")
    return before.endswith("法院") or bool(_AGAINST.search(before))


def _series(match: "re.Match[str]") -> Iterator[str]:
    """Yield each number of 150、151、152号, 150号至152号 or of one alone."""
    start, end = match.start("serials") - match.start(), match.end("serials") - match.start()
    head, tail = match[0][:start], match[0][end:]
    serials: list[int] = []
    for part in re.split(r"[、,和及]", match["serials"]):
        ends = [int(n) for n in _SERIAL.findall(part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < MOST_IN_SERIES:  # noqa: PLR2004 - first and last
            serials += range(ends[0], ends[1] + 1)
        else:
            serials += ends
    for serial in dict.fromkeys(serials):
        if parsed := parse_case_number(f"{head}{serial}号{tail}"):
            yield str(parsed)
