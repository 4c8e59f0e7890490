"""What a Go program says of the source it was built from."""

import mmap
import re
from pathlib import Path

_REVISION = re.compile(rb"vcs\.revision=([0-9a-f]{40})")


def vcs_revision(binary: Path) -> str:
    with binary.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as bytes_of_it:
        found = _REVISION.search(bytes_of_it)
        return found[1].decode() if found else "unknown"
