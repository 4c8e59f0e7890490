"""What somebody may type who looks for a name: its characters, its pinyin in every reading, its initials."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import prod
from typing import Final

from store.search import normal_name

SHORTEST, LONGEST = 2, 4  # characters of a part of a name that is found by itself
MOST_READINGS: Final = 4  # of one character
MOST_SEQUENCES: Final = 36  # of one name; beyond it, only one character at a time is read another way
_APART: Final = re.compile(r"[\s·•・‧∙．.]+")
_HAN: Final = re.compile(r"[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Readings that a character has as a surname; dictionaries list them late, or not at all.
_SURNAMES: Final = {
    "曾": "zeng", "单": "shan", "仇": "qiu", "解": "xie", "查": "zha", "朴": "piao", "区": "ou", "任": "ren",
    "盖": "ge", "乐": "yue", "员": "yun", "折": "she", "尉": "wei", "覃": "qin", "翟": "zhai", "种": "chong",
    "缪": "miao", "宓": "mi", "纪": "ji", "华": "hua", "召": "shao", "黑": "he", "能": "nai", "繁": "po", "秘": "bi",
    "洗": "xian", "冼": "xian", "谌": "chen", "燕": "yan", "应": "ying", "隗": "wei", "逄": "pang", "贲": "ben",
    "句": "gou", "车": "che", "费": "fei", "那": "na", "都": "du", "相": "xiang", "哈": "ha", "过": "guo", "郇": "xun",
    "葛": "ge", "盛": "sheng", "重": "chong", "长": "zhang", "令": "ling", "於": "yu", "强": "qiang", "祭": "zhai",
}  # fmt: skip
# Traditional characters that are common in names, each before the simplified one.
_TRADITIONAL: Final = (
    "張张陳陈劉刘楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢許许鄧邓馮冯蕭萧葉叶蘇苏呂吕盧卢蔣蒋賈贾韋韦閻阎鄒邹譚谭陸陆錢钱湯汤龍龙龔龚賴赖"
    "羅罗鍾钟鐘钟嚴严顧顾齊齐倫伦莊庄歐欧關关項项賀贺喬乔婁娄溫温單单華华國国偉伟麗丽紅红軍军傑杰強强鳳凤蘭兰蓮莲貴贵寶宝榮荣慶庆興兴義义愛爱"
    "艷艳瓊琼靜静潔洁嬌娇嫻娴婭娅鵬鹏飛飞輝辉曉晓東东長长遠远達达運运連连進进貞贞賢贤賓宾財财發发業业樂乐樹树棟栋權权歡欢澤泽濤涛潤润漢汉滿满"
    "爾尔瑪玛畢毕勝胜銀银鋒锋鋼钢鐵铁鑫鑫銘铭鎮镇錦锦鈺钰鉉铉鋐𬭎維维紹绍練练純纯緒绪緣缘綺绮縣县學学實实寧宁廣广應应懷怀憲宪戰战斷断時时暉晖"
    "晉晋會会條条來来極极橋桥氣气淚泪淵渊湧涌潛潜煥焕煒炜燁烨燦灿爭争獻献瑋玮瓏珑環环璽玺畫画盡尽禮礼禎祯穎颖積积競竞筆笔簡简縱纵總总織织繼继"
    "續续聖圣聯联聰聪職职肅肃藝艺藍蓝蘆芦號号裡里裏里見见觀观詩诗詠咏詳详誠诚語语諾诺謙谦譽誉豐丰貝贝貫贯賦赋車车載载輪轮農农適适選选醫医釗钊"
    "開开閔闵閩闽陽阳陰阴隊队隨随際际雲云電电霞霞靈灵韓韩順顺頌颂頡颉顏颜風风馳驰駿骏騰腾驊骅驍骁驥骥鳴鸣鴻鸿鵑鹃鶯莺麟麟點点龐庞"
)
_FOLDED: Final = str.maketrans(dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)))


def folded_name(name: str) -> str:
    """A name as it is compared: normal form, traditional characters as simplified ones."""
    return normal_name(name).translate(_FOLDED)


def is_han(text: str) -> bool:
    return bool(_HAN.search(text))


def surname_reading(character: str) -> str | None:
    """How a character is read as a surname, where that differs from how it is read elsewhere; without its tone."""
    return _SURNAMES.get(character.translate(_FOLDED))


def pieces(name: str) -> frozenset[str]:
    """Every part of two to four characters that stand next to each other."""
    whole = folded_name(name)
    return frozenset(
        whole[start : start + length]
        for length in range(SHORTEST, LONGEST + 1)
        for start in range(len(whole) - length + 1)
    )


def full_readings(name: str) -> frozenset[str]:
    return frozenset("".join(sequence) for sequence in _sequences(_units(name)) if sequence)


def beginnings(name: str) -> frozenset[str]:
    """Pinyin up to a syllable, or up to the first letter of the next; that of the given name; that of each word."""
    found: set[str] = set()
    for sequence in _sequences(_units(name)):
        for end, (_, after) in enumerate(pairwise(sequence), start=1):
            start = "".join(sequence[:end])
            found |= {start, start + after[:1]}
        found |= {"".join(sequence[start:]) for start in (1, 2) if len(sequence) - start >= SHORTEST}
    words = _words(name)
    if len(words) > 1:
        found |= {"".join(sequence) for word in words for sequence in _sequences(_units(word))}
    return frozenset(text for text in found if len(text) >= SHORTEST)


def initials(name: str) -> frozenset[str]:
    """The first letters of all syllables, and of the first ones."""
    letters = {"".join(syllable[0] for syllable in sequence) for sequence in _sequences(_units(name))}
    return frozenset(text[:end] for text in letters for end in range(SHORTEST, len(text) + 1))


def typed_reading(text: str) -> str | None:
    """Pinyin as somebody typed it, in the form in which readings are kept; None: it is no pinyin."""
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold()).replace("u\u0308", "v")
    plain = "".join(c for c in letters if not unicodedata.combining(c) and c not in " '’·-.1234")
    return plain if plain.isascii() and plain.isalpha() else None


def typed_readings(text: str) -> frozenset[str]:
    """All that the pinyin somebody typed may stand for: passports write lü as lyu, and jin yu is no jinü."""
    plain = typed_reading(text)
    return frozenset((plain, re.sub(r"(?<=[ln])yu", "v", plain))) if plain else frozenset()


def _words(name: str) -> list[str]:
    return [word for word in _APART.split(unicodedata.normalize("NFKC", name).strip()) if word]


@lru_cache(maxsize=1024)
def _units(name: str) -> tuple[tuple[str, ...], ...]:
    """The readings of each character, and each foreign word as one."""
    units: list[tuple[str, ...]] = []
    for word in _words(name):
        for part in re.findall(rf"{_HAN.pattern}|[^\W\d_]+?(?={_HAN.pattern}|\W|$)", word):
            if is_han(part):
                read = _readings(part.translate(_FOLDED), first=not units)
            else:
                typed = typed_reading(part)
                read = (typed,) if typed else ()
            if read:
                units.append(read)
    return tuple(units)


def _readings(character: str, *, first: bool) -> tuple[str, ...]:
    # Its dictionary takes a while to read, and most processes never look for a name.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    known = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    read = list(known[0]) if known else []
    if first and character in _SURNAMES:
        read.insert(0, _SURNAMES[character])
    plain = [typed for text in read if (typed := typed_reading(text))]
    kept = list(dict.fromkeys(plain))[:MOST_READINGS]
    # ü is typed as v by some and as u by others.
    return tuple(dict.fromkeys([*kept, *(text.replace("v", "u") for text in kept if "v" in text)]))


def _sequences(units: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    if not units:
        return
    if prod(len(read) for read in units) <= MOST_SEQUENCES:
        yield from product(*units)
        return
    usual = tuple(read[0] for read in units)
    yield usual
    for place, read in enumerate(units):
        for other in read[1:]:
            yield (*usual[:place], other, *usual[place + 1 :])
