"""What a password must be: long, and not made of what everybody tries first.

No kind of character is asked for, and none expires by the calendar (OWASP ASVS 6.2.5, 6.2.10).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from cases.wording import Wording
from store.accounts import LONGEST_PASSWORD

SHORTEST: Final = 12
# So many characters must be its maker's own, once common words, names of this place and runs of keys are left out.
OWN: Final = 6
DIFFERENT: Final = 5
OF_THIS_PLACE: Final = ("yizhan", "驿站", "linggong", "零工", "lgyz", "station", "caseworker", "gigwork")
COMMON: Final = frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split())
_RUN: Final = 3
_ROWS: Final = (
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
)
_YEAR_OR_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[01][0-9][0-3][0-9])?")

TOO_SHORT: Final = Wording(
    f"密码至少要 {SHORTEST} 个字符，可以是一句只有您知道的话",
    f"Use at least {SHORTEST} characters, such as a sentence of your own",
)
TOO_LONG: Final = Wording(f"密码最多 {LONGEST_PASSWORD} 个字符", f"Use at most {LONGEST_PASSWORD} characters")
TOO_COMMON: Final = Wording(
    "这个密码太常见：由常用词、姓名、账号、日期或连续的键组成，容易被猜到。请换一句别人想不到的话",
    "This password is too common: it is made of usual words, names, dates or runs of keys, which are tried first. "
    "Choose a sentence that nobody would think of",
)


def password_error(password: str, about: Iterable[str] = ()) -> Wording | None:
    """What is wrong with a new password, or None. `about`: what others know of its owner, such as the login."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(plain) < SHORTEST:
        return TOO_SHORT
    if len(plain) > LONGEST_PASSWORD:
        return TOO_LONG
    own = _YEAR_OR_DAY.sub("", plain)
    for word in sorted({*COMMON, *OF_THIS_PLACE, *_known(about)}, key=len, reverse=True):
        own = own.replace(word, "")
    own = "".join(_without_runs(own))
    letters = "".join(c for c in own if c.isalnum())
    return TOO_COMMON if len(letters) < OWN or len(set(letters)) < DIFFERENT else None


def _known(about: Iterable[str]) -> Iterator[str]:
    for said in about:
        plain = unicodedata.normalize("NFKC", said).casefold()
        yield from (part for part in (plain, *re.split(r"[\W_]+", plain)) if len(part) > 1)


def _without_runs(text: str) -> Iterator[str]:
    """What does not stand in a run: the same character again, or neighbours on the keyboard or in the alphabet."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _goes_on(text, start, end):
            end += 1
        if end - start < _RUN:
            yield text[start:end]
        start = end


def _goes_on(text: str, start: int, end: int) -> bool:
    step = _step(text[end - 1], text[end])
    return step is not None and (end - start == 1 or step == _step(text[start], text[start + 1]))


def _step(one: str, other: str) -> int | None:
    """How a key follows another: 0 the same, 1 the next, -1 the one before; None: neither."""
    if one == other:
        return 0
    for row in _ROWS:
        at, then = row.find(one), row.find(other)
        if at >= 0 and then >= 0 and abs(then - at) == 1:
            return then - at
    return None
