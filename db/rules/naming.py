"""Recognising an agency or court by what a paper or a message calls it."""

import re
from collections.abc import Iterable

from db.rules.text import fold

_LEAD = re.compile(r"^(?:浙江省)?(?:衢州市?)?(?:柯城区?|区|市|县)?(?:人民政府(?=.))?")
_SHOWN = re.compile(r"(?:（示例）|\(示例\))$")

Name = tuple[int, str, str]  # key, full name, short name


def recognise(called: str, names: Iterable[Name]) -> tuple[int, bool] | None:
    """Return whom ``called`` means and whether that is certain; ``None`` for nobody, or for more than one.

    Certain: a full or short name. Probable: 柯城区医保局 for 衢州市柯城区医疗保障局, whose characters it keeps in order.
    """
    wanted = fold(_SHOWN.sub("", called.strip()))
    if not wanted:
        return None
    names = list(names)
    for key, name, short in names:
        if wanted in {fold(name), fold(short)}:
            return key, True
    core = _core(wanted)
    if len(core) < 2:  # noqa: PLR2004 - one character means anybody
        return None
    close = {
        key
        for key, name, short in names
        if _core(fold(short)) == core or _core(fold(name)) == core or _keeps_order(core, _core(fold(name)))
    }
    return (close.pop(), False) if len(close) == 1 else None


def _core(folded: str) -> str:
    """Return a name without the province, city and district before it."""
    return _LEAD.sub("", folded, count=1) or folded


def _keeps_order(short: str, full: str) -> bool:
    """Say whether ``short`` leaves out characters of ``full`` and nothing else, from its first to its last."""
    rest = iter(full)
    return bool(full) and short[0] == full[0] and short[-1] == full[-1] and all(c in rest for c in short)
