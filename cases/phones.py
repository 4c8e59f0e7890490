"""Telephone numbers (电话) as they are written, in the one form in which they are kept."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cases.refusals import Refused, refusal

_EXTENSION: Final = re.compile(r"(?:转|分机|ext\.?|x|#)\s*(?P<extension>[0-9]{1,6})$", re.IGNORECASE)
_DASHED_EXTENSION: Final = re.compile(r"(?<=[0-9]{7})[-‐–—](?P<extension>[0-9]{1,6})$")
_SEPARATORS: Final = str.maketrans("", "", " \t\u00a0()-‐–—.·")
# The country code, and the 0 that was once dialled before a mobile from elsewhere.
_PREFIX: Final = re.compile(r"(?:\+|00)86|(?:86|0)(?=1[3-9][0-9]{9}$)")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_AREA: Final = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_LANDLINE: Final = re.compile(rf"{_AREA}[2-9][0-9]{{6,7}}")
# Government and service lines: 123xx with or without an area code, 95xxx, and the 400 and 800 numbers.
_SERVICE: Final = re.compile(rf"(?:{_AREA})?123[0-9]{{2}}|95[0-9]{{3,6}}|[48]00[0-9]{{7}}")


class PhoneKind(StrEnum):
    MOBILE = "mobile"  # 手机
    LANDLINE = "landline"  # 固定电话
    SERVICE = "service"  # 服务热线


class PhoneRefused(Refused):
    """What was entered is no telephone number. The refusal never repeats it."""


@dataclass(frozen=True)
class Phone:
    kind: PhoneKind
    number: str  # digits only, a landline with its area code
    extension: str | None = None

    def __str__(self) -> str:
        return f"{self.number}-{self.extension}" if self.extension else self.number


def parse_phone(entered: str) -> Phone:
    """The telephone number that was entered, whatever its width, spaces, dashes and country code."""
    text = unicodedata.normalize("NFKC", entered).strip()
    for pattern in (_EXTENSION, _DASHED_EXTENSION):
        found = pattern.search(text)
        if found and (phone := _plain(text[: found.start()])) and phone.kind is not PhoneKind.MOBILE:
            return Phone(phone.kind, phone.number, found["extension"])
    if phone := _plain(text):
        return phone
    raise PhoneRefused(
        (
            refusal(
                "phone",
                "请填写11位手机号码，或带区号的固定电话，或服务热线（如12333）。",
                "Enter a mobile number of 11 digits, a landline with its area code, or a service line such as 12333.",
            ),
        )
    )


def mask_phone(number: str) -> str:
    """Keep a mobile's first three and last four digits, a landline's area code and last two, a service line all."""
    try:
        phone = parse_phone(number)
    except PhoneRefused:
        return "*" * len(number)
    digits = phone.number
    match phone.kind:
        case PhoneKind.MOBILE:
            return f"{digits[:3]}****{digits[-4:]}"
        case PhoneKind.LANDLINE:
            area = re.match(_AREA, digits)
            kept = area.end() if area else 0
            return f"{digits[:kept]}{'*' * (len(digits) - kept - 2)}{digits[-2:]}"
        case PhoneKind.SERVICE:
            return digits


def _plain(text: str) -> Phone | None:
    digits = text.translate(_SEPARATORS)
    if prefix := _PREFIX.match(digits):
        national = digits[prefix.end() :]
        # Behind a country code the area code is written without its 0.
        return _of_shape(national) or _of_shape(f"0{national}")
    return _of_shape(digits)


def _of_shape(digits: str) -> Phone | None:
    for kind, shape in ((PhoneKind.MOBILE, _MOBILE), (PhoneKind.LANDLINE, _LANDLINE), (PhoneKind.SERVICE, _SERVICE)):
        if shape.fullmatch(digits):
            return Phone(kind, digits)
    return None
