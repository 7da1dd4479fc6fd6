"""Agencies with their names of all times, and which of them a clerk means."""

from dataclasses import dataclass
from datetime import date

from db.rules.naming_in_time import Bygone, called_on


@dataclass(frozen=True, slots=True)
class AgencyInTime:
    """An agency with its names of all times, and the time in which it exists."""

    key: int
    name: str
    short_name: str
    earlier: tuple[Bygone, ...] = ()
    founded_on: date | None = None
    ended_on: date | None = None
    end: str = ""  # how it ended, as a sentence

    def called_on(self, day: date | None) -> str:
        """Return its short name of a day."""
        return called_on(self.name, self.short_name, self.earlier, day).short_name

    def trouble_on(self, day: date | None) -> str:
        """Say that it did not exist on a day, or nothing."""
        if day is not None and self.founded_on and day < self.founded_on:
            return f"{self.short_name} {self.founded_on} 才设立，{day} 还不存在。请核对单位和日期。"
        if day is not None and self.ended_on and day >= self.ended_on:
            return f"{self.end}。请核对单位和日期。"
        return ""
