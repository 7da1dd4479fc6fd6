"""What head and foot of the page say of the district, in words."""

from collections.abc import Sequence

from db.coverage.rules.coverage import AgencyCoverage, Figures
from db.words.agency import Mode
from gui.pages.agencies.coverage.snapshot import View

_SHORT_MODES = {Mode.OWN: "自有", Mode.INTERNAL: "内部", Mode.SHARED: "统筹", Mode.EXTERNAL: "外聘"}


def period_words(figures: Figures, agencies: int) -> tuple[str, str]:
    """Return how many agencies there are and the months that count, and more exactly for the tooltip."""
    period = f"统计期 {figures.first:%Y-%m} 至 {figures.day:%Y-%m}"
    exact = f"履职从 {figures.first} 计到 {figures.day}，人员和合同以 {figures.day} 有效的为准"
    return f"{agencies} 个单位，{period}", exact


def definition_words(view: View) -> tuple[str, str]:
    """Return in one line what the two columns mean, and the whole definitions for the tooltip."""
    modes = "、".join(_SHORT_MODES[mode] for mode in Mode if mode in view.policy.formal_modes)
    whole = view.district.figures.whole
    line = f"有形覆盖：{modes}至少有其一。有效覆盖：近 12 个月履职不少于 {view.policy.threshold} 次。"
    return line, f"{whole.formal.definition}\n{whole.effective.definition}"


def sum_words(shown: Sequence[AgencyCoverage], total: int) -> str:
    """Return the sums of the lines that are shown."""
    people = {person.key for cover in shown for person in cover.own}
    services = sum(cover.counted for cover in shown)
    count = f"显示 {len(shown)} / {total} 个" if len(shown) < total else f"合计 {total} 个"
    return f"{count}　公职律师 {len(people)} 人　履职 {services} 次"
