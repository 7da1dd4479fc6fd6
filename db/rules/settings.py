"""Office settings: what the bureau decides for itself, with the defaults it starts from."""

from dataclasses import dataclass


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
    attachment_folder: str = ""  # with PostgreSQL: a folder that all PCs reach; empty means each PC's own
    is_demo: bool = False  # the data are the invented 示例 data set

    def stamp(self) -> str:
        """Return the office's name as papers carry it; papers of the demo say that they are invented."""
        return f"{self.office_name}（示例数据，均为虚构）" if self.is_demo else self.office_name

    def signed(self) -> str:
        """Return the office's name as it signs; a paper of the demo says so beside it."""
        return f"{self.office_name}（示例）" if self.is_demo else self.office_name
