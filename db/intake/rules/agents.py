"""Who acts for a party, with the firm; whoever stands in by law (法定代理人) is nobody's agent."""

import re
from collections.abc import Iterator

from db.intake.rules.found import Found
from db.intake.rules.parties import SIDE_OF, side_before

_AGENT = re.compile(
    r"(?P<side>原告|被告|第三人|上诉人|被上诉人|申请人|被申请人|对方)?(?:方)?的?(?:委托)?(?:诉讼)?(?<!法定)(?<!指定)代理(?:人|律师)(?:是|为)?"
    r"\s*[:]?\s*(?P<body>[^。;\n]{2,60})"
)
_FIRM = re.compile(r"[\u4e00-\u9fa5]{2,16}?(?:\(示例\))?律师事务所|[\u4e00-\u9fa5]{2,12}?律所")
_NAME = re.compile(r"[\u4e00-\u9fa5]{1,3}(?:·[\u4e00-\u9fa5]{1,8})?[\u4e00-\u9fa5](?:\(示例\))?")


def find_agents(flat: str) -> Iterator[Found]:
    """Yield the agents with their firms, and the side they act for."""
    for match in _AGENT.finditer(flat):
        said = match["side"] or ""
        side = SIDE_OF.get(said) or ("plaintiff" if said == "对方" else side_before(flat, match.start()))
        firm, names = _firm_and_names(match["body"])
        for name in names if side else ():
            start = flat.find(name, match.start("body"))
            yield Found("agent", name, name, start, start + len(name), firm=firm, side=side)


def _firm_and_names(body: str) -> tuple[str, list[str]]:
    """Take 张三、李四，均为某律师事务所律师 or 某律师事务所张三律师 apart; a name stands next to its firm."""
    firm = _FIRM.search(body)
    if firm is None:
        near, name = re.split(r"[,;]", body, maxsplit=1)[0], ""
    else:
        name = re.sub(r"^(?:均|分别)?(?:为|系|是|来自)?", "", firm[0])
        near = f"{body[: firm.start()]}、{re.split(r'[,;]', body[firm.end() :], maxsplit=1)[0]}"
    near = near.replace("(示例)", "〔〕")
    parts = re.split(r"(?:均|分别)(?:为|系|是)|实习律师|律师|工作人员|[、,()\s]", near)
    names = [part.strip().replace("〔〕", "(示例)") for part in parts]
    return name, [n for n in names if _NAME.fullmatch(n)]
