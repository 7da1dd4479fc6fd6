"""Agencies with their names of all times, and which of them a clerk means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from db.formats.names_in_time import Bygone, called_on
from db.formats.recognise.agencies import AgencyRecogniser


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


@dataclass(frozen=True)
class AgenciesInTime:
    """All agencies, to be found by whatever they are called."""

    agencies: Mapping[int, AgencyInTime]

    @cached_property
    def recogniser(self) -> AgencyRecogniser:
        """Who knows the agencies by whatever they are called."""
        return AgencyRecogniser(self.agencies.values())

    def agency_called(self, typed: str, day: date | None = None) -> AgencyInTime | None:
        """Return the agency that a clerk surely means, by its names of ``day`` or by what else it is called."""
        key = self.recogniser.of(typed, day).certain
        return None if key is None else self.agencies[key]

    def agency_trouble(self, typed: str, day: date | None = None) -> str:
        """Say why words mean no agency for sure: those that they may mean, or that none was found."""
        if maybe := [self.agencies[key].called_on(day) for key in self.recogniser.of(typed, day).keys]:
            return f"没有认准单位“{typed}”，可能是{'、'.join(maybe)}。请写单位全称。"
        return f"没有找到单位“{typed}”。请写全称或简称，或先在单位名录中新增。"
