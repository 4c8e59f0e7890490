"""Where a number or a rule comes from, and how well that was checked."""

from dataclasses import dataclass
from enum import StrEnum


class Tag(StrEnum):
    """核对标签: how far the clause behind a value was checked."""

    FULL_TEXT = "T"  # full text read in a reprint
    OFFICIAL_EXCERPT = "EO"  # excerpt on an official page
    SECONDARY_EXCERPT = "ES"  # excerpt on a secondary page
    MEMORY = "M"  # memory or local habit, unchecked
    NOT_LOCATED = "N"  # no source located

    @property
    def verified(self) -> bool:
        return self not in (Tag.MEMORY, Tag.NOT_LOCATED)


@dataclass(frozen=True)
class Authority:
    """依据: the clause, and its tag."""

    clause: str
    tag: Tag
