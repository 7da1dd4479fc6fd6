"""Recognising a company or other organisation that is a party, a client or a relative's unit.

A branch (分公司) is its company (民法典第七十四条); 有限责任公司 and 有限公司 are written for one another (公司法第七条).
"""

import re
from functools import lru_cache

from db.formats.recognise.match import Match
from db.formats.recognise.places import plain

_FORM = re.compile(r"(?:股份有限公司|有限公司|集团公司|集团|公司|合作社|厂)$")
_BRANCH = re.compile(r"(?P<whole>.{4,}(?:公司|银行|集团))(?:.{1,12})(?:分公司|分行|支行|营业部|办事处)")
_LIGHT = re.compile(r"[()\[\]【】〔〕·,，。.、\-—_\"'“”]|\(示例\)$")
SHORTEST = 4  # characters that a name without its legal form must have to mean anybody


@lru_cache(maxsize=16384)
def organisation_key(name: str) -> str:
    """Return what all ways of writing an organisation's full name have in common."""
    text = re.sub(r"\(示例\)$", "", plain(name).casefold())
    text = _LIGHT.sub("", text).replace("有限责任公司", "有限公司")
    if found := _BRANCH.fullmatch(text):
        return found["whole"]
    return text


@lru_cache(maxsize=65536)
def compare_organisations(one: str, other: str) -> Match:
    """Say whether two names mean the same organisation; likely, if one is the other without its legal form."""
    a, b = organisation_key(one), organisation_key(other)
    if not a or not b:
        return Match.NO
    if a == b:
        return Match.CERTAIN
    bare = _FORM.sub("", a), _FORM.sub("", b)
    is_short = bare[0] == bare[1] and len(bare[0]) >= SHORTEST and (a in bare or b in bare or _loose(a, b))
    return Match.LIKELY if is_short else Match.NO


def _loose(one: str, other: str) -> bool:
    """Say whether one of two names ends in 公司 alone, which leaves the legal form open."""
    return any(re.search(r"(?<!有限)(?<!集团)公司$", name) for name in (one, other))
