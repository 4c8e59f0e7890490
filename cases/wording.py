"""A sentence in both languages of the station."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


@dataclass(frozen=True)
class Wording:
    """Chinese first; English says the same."""

    zh: str
    en: str

    def within(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en
