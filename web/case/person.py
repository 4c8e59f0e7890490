"""Whose case it is, as far as the reader may see: name and its reading, sex and age, what is masked."""

from dataclasses import dataclass
from typing import Final

from pypinyin import Style, lazy_pinyin

from cases.days import months_between
from cases.identity import Sex, mask_identity, parse_identity
from cases.names import COMPOUND_SURNAMES, mask_name
from cases.refusals import Refused
from cases.wording import Wording
from web.case.opened import OpenCase

SEXES: Final = {Sex.FEMALE: Wording("女", "woman"), Sex.MALE: Wording("男", "man")}
_TAIL: Final = 4


@dataclass(frozen=True)
class Shown:
    """`reading` and `about` are empty where they are not the reader's to see."""

    name: str
    reading: str
    about: str
    identity: str
    phone_tail: str


def shown_person(opened: OpenCase) -> Shown:
    person = opened.person
    return Shown(
        name=person.name if opened.working else mask_name(person.name),
        reading=pinyin(person.name) if opened.working else "",
        about=_about(opened),
        identity=mask_identity(person.identity),
        phone_tail=person.phone[-_TAIL:],
    )


def pinyin(name: str) -> str:
    """A Chinese name as it is read: Zhōu Hóng. Empty for a name in other letters."""
    if not all("一" <= each <= "鿿" or "㐀" <= each <= "䶿" or each > "\U0001ffff" for each in name):
        return ""
    first = 2 if name[:2] in COMPOUND_SURNAMES else 1
    parts = [lazy_pinyin(part, style=Style.TONE) for part in (name[:first], name[first:]) if part]
    return " ".join("".join(part).capitalize() for part in parts)


def _about(opened: OpenCase) -> str:
    """Sex and age, as the identity number says them."""
    if not opened.working:
        return ""
    try:
        known = parse_identity(opened.person.identity, opened.visit.today)
    except Refused:
        return ""
    age = months_between(known.born_on, opened.visit.today) // 12
    sex = opened.speech.w(SEXES[known.sex])
    return opened.speech(f"{sex} {age} 岁", f"{sex}, {age}")
