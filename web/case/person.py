"""Whose case it is, as far as the reader may see: name and its reading, sex and age, what is masked."""

from dataclasses import dataclass
from typing import Final
from unicodedata import combining, normalize

from pypinyin import Style, lazy_pinyin, pinyin

from cases.days import months_between
from cases.identity import Sex, mask_identity, parse_identity
from cases.names import COMPOUND_SURNAMES, mask_name
from cases.refusals import Refused
from cases.wording import Wording
from store.people import Worker
from store.readings import is_han, surname_reading
from web.case.speech import Speech

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


def shown_worker(person: Worker, speech: Speech, *, working: bool) -> Shown:
    """`working`: for whom nothing is masked but numbers."""
    return Shown(
        name=person.name if working else mask_name(person.name),
        reading=read_aloud(person.name) if working else "",
        about=_about(person, speech) if working else "",
        identity=mask_identity(person.identity),
        phone_tail=person.phone[-_TAIL:],
    )


def read_aloud(name: str) -> str:
    """A Chinese name as it is read: Zhōu Hóng. Empty for a name in other letters."""
    if not name or not all(is_han(each) for each in name):
        return ""
    first = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1  # noqa: PLR2004 - the two of a compound name
    surname = _surname(name[0]) if first == 1 else "".join(lazy_pinyin(name[:first], style=Style.TONE))
    given = "".join(lazy_pinyin(name[first:], style=Style.TONE))
    return f"{surname.capitalize()} {given.capitalize()}".strip()


def _surname(character: str) -> str:
    """Some characters are read otherwise as a surname: 解 is Xiè, not Jiě."""
    plain = surname_reading(character)
    toned = pinyin(character, style=Style.TONE, heteronym=True)[0]
    return next((each for each in toned if _toneless(each) == plain), plain or toned[0])


def _toneless(syllable: str) -> str:
    return "".join(each for each in normalize("NFD", syllable) if not combining(each))


def _about(person: Worker, speech: Speech) -> str:
    """Sex and age, as the identity number says them."""
    try:
        known = parse_identity(person.identity, speech.today)
    except Refused:
        return ""
    age = months_between(known.born_on, speech.today) // 12
    sex = speech.w(SEXES[known.sex])
    return speech(f"{sex} {age} 岁", f"{sex}, {age}")
