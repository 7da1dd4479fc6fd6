"""Office settings: what the bureau decides for itself, with the defaults it starts from."""

import re
from dataclasses import dataclass, field

from db.formats.numbers import RECONSIDERATION_PATTERN
from db.law.outcomes import LostPolicy
from db.words.agency import FORMAL, Mode
from db.words.case import Basis, Denominator, YearOf
from db.words.service import ServiceKind

CAPTIONS = {
    "office_name": "单位全称",
    "pool_name": "顾问库名称",
    "weight_match": "专业匹配的权重",
    "weight_load": "负荷的权重",
    "weight_experience": "经验的权重",
    "weight_turn": "轮候的权重",
    "weight_rating": "评价的权重",
    "capacity": "每人在办上限",
    "difficult_weight": "重大疑难案件计",
    "letter_series": "推荐函代字",
    "answer_days": "单位答复期限",
    "urging_series": "催办函代字",
    "urging_days": "单位反馈期限",
    "contact": "联系人",
    "contact_phone": "联系电话",
    "local_rules": "本局自定的核对规则",
    "formal_modes": "计入有形覆盖",
    "work_modes": "计入工作覆盖",
    "service_kinds": "计入有效覆盖的履职",
    "service_threshold": "应有次数",
    "service_thresholds": "按单位类型另定的应有次数",
    "service_kinds_of": "按单位类型另定的履职",
    "sharing_capacity": "每名公职律师统筹上限",
    "adviser_capacity": "每名库内顾问外聘上限",
    "sharing_series": "统筹文件代字",
    "expiry_early_days": "提前提醒",
    "expiry_soon_days": "标为将到期",
    "consultation_series": "会商编号代字",
    "minutes_days": "整理纪要期限",
    "like_fields": "工作相近的管理领域",
}
"""What the settings that a clerk can change are called on the screen."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The office's settings; days are calendar days. Wording and caps are local policy, not law."""

    office_name: str = "衢州市柯城区司法局"
    pool_name: str = "行政诉讼法律顾问团队库"
    capacity: int = 6  # running cases a lawyer carries at most
    due_soon_days: int = 3  # from here on a deadline is shown in amber
    term_soon_days: int = 30  # from here on the end of a term is shown in amber
    term_early_days: int = 90  # from here on the end of a term stands on the 工作台
    filing_days: int = 15  # 变动备案: days from a change of the pool; 0 means that none is asked for
    min_practice_years: int = 5  # expected of an adviser when appointed; only warned of
    certificate_series: str = "柯司聘"  # 代字 of the 聘书
    letter_series: str = "柯司顾荐"  # 代字 of the 推荐函
    consultation_series: str = "柯司会商"  # 代字 of consultations (会商研判)
    minutes_days: int = (
        3  # days from a consultation by which its minutes are to be archived: the office's own aim
    )
    contact: str = ""  # 联系人 and 联系电话 on letters
    contact_phone: str = ""
    answer_days: int = 5  # 推荐函: days that the agency has for its answer
    urging_series: str = "柯司催办"  # 代字 of the 催办函
    urging_days: int = 30  # 催办函: days that the agency has for its answer
    weight_match: int = 35  # how much each factor counts when candidates are ranked
    weight_load: int = 20
    weight_experience: int = 20
    weight_turn: int = 15
    weight_rating: int = 10
    difficult_weight: float = 1.5  # what a 重大疑难 case weighs in a lawyer's load
    local_rules: dict[str, str] = field(default_factory=dict)  # C19 …: 回避, 须同意 or 提示
    attachment_folder: str = ""  # with PostgreSQL: a folder that all PCs reach; empty means each PC's own
    reconsideration_pattern: str = RECONSIDERATION_PATTERN  # of 复议案号, a regular expression
    lost_minor_defect: bool = True  # 程序轻微违法 counts as lost
    lost_indemnity: bool = False  # 判决给予补偿 counts as lost
    lost_others: dict[str, bool] = field(default_factory=dict)  # single outcomes that count otherwise
    rate_denominator: Denominator = Denominator.CONCLUDED
    rate_year_of: YearOf = YearOf.DECIDED
    rate_with_reconsideration: bool = False  # disputes that never came to court count too
    sharing_capacity: int = 2  # to how many other agencies one public lawyer may be lent at once
    sharing_series: str = "柯司统筹"  # 代字 of the paper that lends one
    expiry_early_days: int = (
        90  # from here on the end of a certificate, sharing or contract stands on the 工作台
    )
    expiry_soon_days: int = 30  # and from here on in amber
    formal_modes: list[str] = field(default_factory=lambda: [mode.value for mode in FORMAL])  # 有形覆盖
    work_modes: list[str] = field(default_factory=lambda: [mode.value for mode in Mode])  # 工作覆盖
    service_threshold: int = 6  # 有效覆盖: services that an agency must have had in twelve months
    # where a kind of agency needs another number:
    service_thresholds: dict[str, int] = field(default_factory=dict)
    service_kinds: list[str] = field(default_factory=lambda: [kind.value for kind in ServiceKind])
    # and counts other kinds:
    service_kinds_of: dict[str, list[str]] = field(default_factory=dict)
    adviser_capacity: int = 5  # how many agencies a lawyer of the pool advises under contract at most
    like_fields: list[str] = field(default_factory=list)  # fields of like work, 、 between them
    is_demo: bool = False  # the data are the invented 示例 data set

    @property
    def weight_total(self) -> int:
        """The sum of the weights; with 0 nobody could be ranked."""
        return (
            self.weight_match
            + self.weight_load
            + self.weight_experience
            + self.weight_turn
            + self.weight_rating
        )

    def lost_policy(self) -> LostPolicy:
        """Return what the office counts as lost."""
        return LostPolicy(self.lost_minor_defect, self.lost_indemnity, self.lost_others)

    def rate_basis(self) -> Basis:
        """Return how the office makes its rates."""
        denominator, year_of = Denominator(self.rate_denominator), YearOf(self.rate_year_of)
        return Basis(denominator, year_of, self.rate_with_reconsideration)

    def stamp(self) -> str:
        """Return the office's name as papers carry it; papers of the demo say that they are invented."""
        return f"{self.office_name}（示例数据，均为虚构）" if self.is_demo else self.office_name


def split(line: str) -> list[str]:
    """Return the names in a line that has 、 between them; other separators that clerks type will do too."""
    return [name for name in re.split(r"[、，,；;\s]+", line.strip()) if name]
