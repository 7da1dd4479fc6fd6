"""What kind of paper a text is, and what a judgment, ruling or decision in it decides, on which day; an appeal."""

import re
from collections.abc import Iterator
from datetime import date

from db.formats.written_dates import find_dates
from db.intake.rules.found import Found
from db.words.case import Outcome, Procedure

PAPERS = (
    "行政复议答复通知书", "行政复议终止决定书", "行政复议终止通知书", "行政复议受理通知书", "行政复议调解书", "行政复议决定书", "出庭应诉通知书", "应诉通知书", "举证通知书", "出庭通知书", "开庭通知书", "受理通知书",
    "参加诉讼通知书", "追加被告通知书", "答复通知书", "传票", "判决书", "裁定书", "调解书", "上诉状", "起诉状", "再审申请书", "送达回证",
)  # fmt: skip
RULINGS = frozenset({"判决书", "裁定书", "调解书", "行政复议决定书"})
SETTLED = {
    "调解书": Outcome.MEDIATED,
    "行政复议调解书": Outcome.RECONSIDERED_MEDIATED,
}
"""Papers that are the result by themselves, whatever was agreed in them."""
TOP = 8  # lines in which a paper says what it is

_ORDER = re.compile(
    r"(?:(?:判决|裁定|决定|达成)(?:调解)?(?:协议)?如下(?:调解)?(?:协议)?:?|(?:本机关|本府|本院|复议机关)(?:现|依法)?决定(?::|(?=终止|驳回|维持|撤销|确认|变更|责令|不予))"
    r"|自愿达成[^。;:\n]{0,6}协议:)(?P<body>[\s\S]+?)(?=案件受理费|如不服|如对本|本(?:判决|裁定|决定)为终审|$)"
)
_SAID = re.compile(
    r"(?:判决|裁定|裁判|判了)(?:书?[,:]?|结果[:为]|书?(?:已经?)?(?:来|到|下来|出来)了,[^。;\n]{0,24}?(?=驳回|维持|撤销|确认|准许))(?P<body>[^。;\n]{2,60})"
)
_NOT_SAID = re.compile(r"不服|请求|要求|可能|如果|是否|申请|诉称|认为")
"""A sentence that wants, fears or quotes a judgment."""
_FIRST = (
    (r"不予立案", Outcome.NOT_FILED),
    (r"驳回(?!再审)[^。;]{0,30}(?:起诉)(?!讼)", Outcome.REJECTED),
    (r"准许[^。;]{0,30}(?:撤回起诉|撤诉)", Outcome.WITHDRAWN),
    (r"按[^。;]{0,30}?(?:自动)?撤(?:回起诉|诉)处理", Outcome.DEEMED_WITHDRAWN),
    (r"中止(?:诉讼|审理)", Outcome.SUSPENDED),
    (r"终结(?:诉讼|审理)", Outcome.TERMINATED),
    (r"移送[^。;]{0,30}(?:法院|处理|管辖)", Outcome.TRANSFERRED),
    (r"撤销[\s\S]{0,200}?(?:重新作出|重作)", Outcome.REVOKED_TO_REDO),
    (r"撤销[^。;]{0,60}第[一二三四五六七八九十\d]+项", Outcome.PARTLY_REVOKED),
    (r"部分撤销|撤销[^。;]{0,60}部分", Outcome.PARTLY_REVOKED),
    (r"撤销", Outcome.REVOKED),
    (r"确认[^。;]{0,80}无效", Outcome.VOID),
    (r"确认[^。;]{0,80}违法", Outcome.UNLAWFUL),
    (r"变更", Outcome.CHANGED),
    (r"驳回[^。;]{0,40}赔偿请求", Outcome.COMPENSATION_REFUSED),
    (r"责令[^。;]{0,40}补救措施", Outcome.REMEDY),
    (r"(?:责令|限)?[^。;]{0,60}(?:履行[^。;]{0,20}职责|作出(?:处理|答复|决定|行政行为))", Outcome.DUTY),
    (r"赔偿(?!请求)", Outcome.COMPENSATION),
    (r"(?:支付|给付|发放)", Outcome.PAYMENT),
    (r"驳回[^。;]{0,40}诉讼请求", Outcome.DISMISSED),
)
_SECOND = (
    (r"(?:准许[^。;]{0,30}|按[^。;]{0,30}?(?:自动)?)撤回上诉", Outcome.APPEAL_WITHDRAWN),
    (r"发回[^。;]{0,30}(?:重审|重新审理)", Outcome.REMANDED),
    (r"驳回上诉|维持原(?:判|裁)|维持[^。;]{0,40}(?:判决|裁定)", Outcome.UPHELD_ON_APPEAL),
    (r"撤销[\s\S]{0,120}?驳回[^。;]{0,40}(?:诉讼请求|起诉)", Outcome.WON_ON_APPEAL),
    (r"撤销[^。;]{0,60}(?:判决|裁定)[\s\S]{0,200}?(?:撤销|确认|责令|变更|赔偿)", Outcome.LOST_ON_APPEAL),
)
_RETRIAL = (
    (r"驳回[^。;]{0,40}(?:再审申请|申请)", Outcome.RETRIAL_REFUSED),
    (r"发回[^。;]{0,30}(?:重审|重新审理)", Outcome.REMANDED),
    (r"撤销[\s\S]{0,120}?驳回[^。;]{0,40}(?:诉讼请求|起诉)", Outcome.WON_ON_RETRIAL),
    (r"维持", Outcome.UPHELD_ON_RETRIAL),
    (r"撤销[^。;]{0,60}判决[\s\S]{0,200}?(?:撤销|确认|责令|变更|赔偿)", Outcome.LOST_ON_RETRIAL),
)
_REVIEW = (
    (r"驳回[^。;]{0,40}复议请求", Outcome.RECONSIDERED_REJECTED),
    (r"驳回[^。;]{0,40}(?:复议)?申请|不予受理", Outcome.RECONSIDERED_REFUSED),
    (r"终止", Outcome.RECONSIDERED_ENDED),
    (r"维持", Outcome.RECONSIDERED_UPHELD),
    (r"部分撤销|撤销[^。;]{0,60}第[一二三四五六七八九十\d]+项", Outcome.RECONSIDERED_PARTLY_REVOKED),
    (r"撤销", Outcome.RECONSIDERED_REVOKED),
    (r"确认[^。;]{0,80}无效", Outcome.RECONSIDERED_VOID),
    (r"确认[^。;]{0,80}违法", Outcome.RECONSIDERED_UNLAWFUL),
    (r"变更", Outcome.RECONSIDERED_CHANGED),
    (r"赔偿", Outcome.RECONSIDERED_COMPENSATION),
    (r"责令|履行", Outcome.RECONSIDERED_DUTY),
)
_ENFORCE = (
    (r"不准予|不予(?:强制)?执行|不准许", Outcome.ENFORCEMENT_REFUSED),
    (r"准予|准许[^。;]{0,20}执行", Outcome.ENFORCEMENT_GRANTED),
)
ORDERS: dict[Procedure, tuple[tuple[str, Outcome], ...]] = {
    Procedure.FIRST_INSTANCE: _FIRST,
    Procedure.SECOND_INSTANCE: _SECOND,
    Procedure.RETRIAL: _RETRIAL,
    Procedure.RECONSIDERATION: _REVIEW,
    Procedure.ENFORCEMENT: _ENFORCE,
}
"""By proceedings, the words of an order and what they decide; the first that fits counts."""
_SURE = frozenset(
    {
        Outcome.DISMISSED, Outcome.REJECTED, Outcome.WITHDRAWN, Outcome.DEEMED_WITHDRAWN, Outcome.NOT_FILED, Outcome.REVOKED_TO_REDO,
        Outcome.UPHELD_ON_APPEAL, Outcome.APPEAL_WITHDRAWN, Outcome.REMANDED, Outcome.RETRIAL_REFUSED, Outcome.SUSPENDED,
        Outcome.RECONSIDERED_UPHELD, Outcome.RECONSIDERED_REJECTED, Outcome.ENFORCEMENT_GRANTED, Outcome.ENFORCEMENT_REFUSED,
    }
)  # fmt: skip
"""Results that their words leave no doubt of; the others depend on more than the order says."""
_APPEAL = re.compile(r"(?:提起|提出)上诉|不服[^。;\n]{0,60}上诉")
_OF_JUDGMENT = re.compile(r"\s*(?:作出|做出|宣判|收到|送达|签收|立案|受理)")
"""What makes a day that of the judgment, not of the appeal against it."""
_RIGHT_TO = re.compile(r"(?:可以|可|有权|如不服|逾期)[^。\n]{0,60}$")


def find_paper(flat: str) -> Iterator[Found]:
    """Yield what kind of paper the text says at its top that it is."""
    top = "\n".join(flat.split("\n")[:TOP])
    for kind in PAPERS:
        word = r"[ ]*".join(kind)
        if match := re.search(rf"^[^,。;:]{{0,30}}?(?P<kind>{word})(?:\(副本\))?[ ]*$", top, re.MULTILINE):
            yield Found("paper", kind, match["kind"], *match.span("kind"))
            return


def find_ruling(flat: str, procedure: str, paper: str) -> Iterator[Found]:
    """Yield the result that a judgment, ruling or decision states, and its day; of a message only what it says was judged."""
    orders = ORDERS[Procedure(procedure) if procedure else Procedure.FIRST_INSTANCE]
    ordered = _ORDER.search(flat)
    if ordered and (settled := next((SETTLED[k] for k in SETTLED if k == paper), None)):
        yield Found(
            "outcome",
            settled.value,
            ordered[0][:20],
            ordered.start(),
            min(ordered.end(), ordered.start() + 20),
        )
        if day := _last_date(flat):
            yield day
        return
    if ordered is None and paper:
        return  # a notice or a summons decides nothing, whatever acts it names
    for said in [ordered] if ordered else _SAID.finditer(flat):
        begin = max(flat.rfind(sign, 0, said.start()) for sign in "。;\n") + 1
        if not ordered and _NOT_SAID.search(flat[begin : said.start("body")]):
            continue
        for words, outcome in orders:
            if match := re.compile(words).search(flat, *said.span("body")):
                note = "" if outcome in _SURE and ordered else "裁判结果按主文的用语认出，请对照原文核对"
                yield Found("outcome", outcome.value, match[0], *match.span(), note)
                break
        else:
            continue
        break
    if ordered and (day := _last_date(flat)):
        yield day


def _last_date(flat: str) -> Found | None:
    """Return the day under a judgment: the last date that stands on a line of its own."""
    alone = None
    for day in find_dates(flat):
        begin, end = flat.rfind("\n", 0, day.start) + 1, flat.find("\n", day.end)
        rest = flat[begin : day.start] + flat[day.end : len(flat) if end < 0 else end]
        if day.year is not None and not rest.strip() and (on := day.on(day.year)):
            alone = Found("judged_on", on.isoformat(), flat[day.start : day.end], day.start, day.end)
    return alone


def find_appeal(flat: str, paper: str, today: date) -> Iterator[Found]:
    """Yield the day on which an appeal was brought: that of the sentence, or the one under a 上诉状."""
    for match in _APPEAL.finditer(flat):
        begin = max(flat.rfind(sign, 0, match.start()) for sign in "。;\n") + 1
        if _RIGHT_TO.search(flat[begin : match.start()]):
            continue
        days = [
            day
            for day in find_dates(flat[begin : match.end()])
            if day.year is not None and not _OF_JUDGMENT.match(flat, begin + day.end)
        ]
        if days and (on := days[-1].on(today.year)):
            day = days[-1]
            yield Found(
                "appealed_on",
                on.isoformat(),
                flat[begin + day.start : begin + day.end],
                begin + day.start,
                begin + day.end,
            )
            return
        if paper == "上诉状" and (signed := _last_date(flat)):
            note = "按上诉状落款日期提出，请核对"
            yield Found("appealed_on", signed.value, signed.text, signed.start, signed.end, note)
            return
        return
