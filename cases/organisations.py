"""The code that tells one organisation from another (统一社会信用代码, USCC)."""

import re
import unicodedata
from typing import Final

from stdnum.cn import uscc

from cases.refusals import Refusal, Refused, refusal

LENGTH: Final = 18
# The first place is a letter for the army (A), rural bodies such as village cooperatives (N) and others (Y), which the
# library's own format check refuses; its check character is right for all of them.
_SHAPE: Final = re.compile(r"[0-9ANY][0-9]{7}[0-9A-HJ-NPQRTUWXY]{10}")


class UsccRefused(Refused):
    """What was entered is no organisation code."""


def parse_uscc(entered: str) -> str:
    """The code in its normal form: 18 places, capitals, no separators."""
    code = uscc.compact(unicodedata.normalize("NFKC", entered))
    if found := _refusal(code):
        raise UsccRefused((found,))
    return code


def _refusal(code: str) -> Refusal | None:
    if len(code) != LENGTH:
        return refusal(
            "uscc-length",
            f"统一社会信用代码应为18位，现有{len(code)}位。",
            f"An organisation code has 18 places; this one has {len(code)}.",
        )
    if not _SHAPE.fullmatch(code):
        return refusal(
            "uscc-characters",
            "统一社会信用代码的第3至8位是数字，且不含字母I、O、S、V、Z。",
            "Places 3 to 8 of an organisation code are digits, and the letters I, O, S, V and Z do not occur in it.",
        )
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        return refusal(
            "uscc-check-character",
            "校验位不符，至少有一位写错了，请对照营业执照再录一遍。",
            "The last place does not fit the others, so at least one is wrong: copy the code from the licence again.",
        )
    return None
