"""A page's own language: sentences, days and instants as its reader reads them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from cases.days import END_OF_DAY, ONE_DAY, shown_time
from cases.wording import Language, Wording
from cases.zone import STATION_ZONE
from web.shown import day, instant, weekday
from web.visit import Visit

# What a macro of the pages takes: it may lack keys, so it is a mapping.
Shown: TypeAlias = dict[str, object]


@dataclass(frozen=True)
class Speech:
    language: Language
    today: date

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language is Language.ZH else en

    def w(self, wording: Wording) -> str:
        return wording.within(self.language)

    def day(self, value: date) -> str:
        return day(value, self.language, self.today)

    def at(self, value: datetime) -> str:
        return instant(value, self.language, self.today)

    def weekday(self, value: date) -> str:
        return weekday(value, self.language)

    def list(self, words: "list[str]") -> str:
        return self("、", ", ").join(words)


def speech_of(visit: Visit) -> Speech:
    return Speech(visit.language, visit.today)


def due_day(at: datetime) -> date:
    """The day on which something is due: what is due at 24:00 is due on the day that ends then."""
    local = at.astimezone(STATION_ZONE)
    return local.date() - ONE_DAY if local.time() == END_OF_DAY else local.date()


def due_clock(at: datetime) -> str:
    local = at.astimezone(STATION_ZONE).time()
    return shown_time(time(local.hour, local.minute))
