"""Identity numbers (身份证件号码) of everyone a station serves, and what makes one implausible.

Residents, people from Hong Kong, Macao and Taiwan with a residence permit (81, 82, 83), and foreigners with a permanent
resident card (9) all have 18 places and one check character (GB 11643: ISO 7064 MOD 11-2). The region digits are
advisory only: codes are abolished and renamed, and the people born under them stay.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cases.refusals import Refusal, Refused, refusal
from cases.wording import Wording

LENGTH: Final = 18
OLD_LENGTH: Final = 15
EARLIEST_BIRTH: Final = date(1900, 1, 1)
WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
_SHAPE: Final = re.compile(r"[0-9]{17}[0-9X]")
_SEPARATORS: Final = str.maketrans("", "", " \t-‐–—")
# Provinces in use (GB/T 2260); 81 to 83 are the residence permits of Hong Kong, Macao and Taiwan.
_PROVINCE: Final = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")


class IdentityKind(StrEnum):
    RESIDENT = "resident"  # 居民身份证
    HONG_KONG = "hong-kong"  # 港澳台居民居住证（香港）
    MACAO = "macao"  # 港澳台居民居住证（澳门）
    TAIWAN = "taiwan"  # 港澳台居民居住证（台湾）
    FOREIGN = "foreign"  # 外国人永久居留身份证


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class IdentityRefused(Refused):
    """What was entered is no identity number. The refusals never repeat it."""


@dataclass(frozen=True)
class IdentityNumber:
    """A number with the right check character and a plausible date; whether it was issued, only the issuer knows."""

    value: str
    kind: IdentityKind
    born_on: date

    @property
    def sex(self) -> Sex:
        return Sex.MALE if int(self.value[16]) % 2 else Sex.FEMALE

    @property
    def advice(self) -> tuple[Wording, ...]:
        """What a caseworker should look at twice; no reason to refuse."""
        if _PROVINCE.fullmatch(_province(self.value)):
            return ()
        return (
            Wording("前几位不是现行的省级代码，请再核对证件。", "No province has these first digits: check the card."),
        )


def parse_identity(entered: str, today: date) -> IdentityNumber:
    """The identity number that was entered, or every reason why it is none."""
    value = unicodedata.normalize("NFKC", entered).translate(_SEPARATORS).upper()
    if refusals := tuple(_refusals(value, today)):
        raise IdentityRefused(refusals)
    return IdentityNumber(value, _kind(value), _born_on(value))


def check_character(first_seventeen: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def mask_identity(value: str) -> str:
    """The first six and the last four places; of anything that is not 18 places, nothing."""
    return f"{value[:6]}********{value[-4:]}" if len(value) == LENGTH else "*" * len(value)


def _refusals(value: str, today: date) -> Iterator[Refusal]:
    if shape := _shape_refusal(value):
        yield shape
        return
    if check_character(value[:17]) != value[17]:
        yield refusal(
            "identity-check-character",
            "校验位不符，至少有一位写错了，请对照证件再录一遍。",
            "The last place does not fit the others, so at least one is wrong: copy the number from the card again.",
        )
    if date_refusal := _date_refusal(value, today):
        yield date_refusal


def _shape_refusal(value: str) -> Refusal | None:
    if not value:
        return refusal("identity-empty", "没有填写证件号码。", "No identity number was entered.")
    if len(value) == OLD_LENGTH:
        return refusal(
            "identity-fifteen-places",
            "15位的旧号码已停用，请按现在的18位证件填写。",
            "Numbers of 15 places are no longer in use: enter the 18 places of the present card.",
        )
    if len(value) != LENGTH:
        return refusal(
            "identity-length",
            f"证件号码应为18位，现有{len(value)}位。",
            f"An identity number has 18 places; this one has {len(value)}.",
        )
    if not _SHAPE.fullmatch(value):
        return refusal(
            "identity-characters",
            "前17位应为数字，最后一位应为数字或X。",
            "The first 17 places are digits, and the last is a digit or X.",
        )
    return None


def _date_refusal(value: str, today: date) -> Refusal | None:
    try:
        born_on = _born_on(value)
    except ValueError:
        return refusal(
            "identity-date",
            "第7至14位不是一个真实的出生日期。",
            "Places 7 to 14 are no real date of birth.",
        )
    if born_on > today:
        return refusal("identity-not-yet-born", "出生日期晚于今天。", "The date of birth lies after today.")
    if born_on < EARLIEST_BIRTH:
        return refusal("identity-too-old", "出生日期早于1900年。", "The date of birth lies before 1900.")
    return None


def _born_on(value: str) -> date:
    return date(int(value[6:10]), int(value[10:12]), int(value[12:14]))


def _kind(value: str) -> IdentityKind:
    if value[0] == "9":
        return IdentityKind.FOREIGN
    permits = {"81": IdentityKind.HONG_KONG, "82": IdentityKind.MACAO, "83": IdentityKind.TAIWAN}
    return permits.get(value[:2], IdentityKind.RESIDENT)


def _province(value: str) -> str:
    # A foreigner's card has the province after its leading 9.
    return value[1:3] if value[0] == "9" else value[:2]
