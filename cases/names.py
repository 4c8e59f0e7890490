"""Names of people (姓名), as far as a list may show them."""

from typing import Final

COMPOUND_SURNAMES: Final = frozenset(
    {
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "司徒",
        "夏侯",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "东方",
        "西门",
        "南宫",
        "端木",
        "百里",
        "呼延",
        "轩辕",
    }
)


def mask_name(name: str) -> str:
    """The family name, and a star for each further character; of a name in several words, the first word."""
    words = name.split(maxsplit=1)
    if len(words) > 1:
        return f"{words[0]} *"
    kept = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1  # noqa: PLR2004 -- the two of a compound name
    return name[:kept] + "*" * (len(name) - kept)
