"""What people type and paste, without what nobody can type."""

import re
from typing import Final

# Control characters but tab and line ends, and halves of characters: no database of ours keeps all of them.
_UNTYPED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def cleaned(text: str) -> str:
    return _UNTYPED.sub("", text)


def is_clean(text: str) -> bool:
    return _UNTYPED.search(text) is None
