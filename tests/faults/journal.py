"""What the clerks of the fault test sent and what they were told, written down line by line, whatever happens next."""

import json
import time
from pathlib import Path


class Journal:
    """The checker's only other source beside the record: JSON lines, each on the disk's way when `note` returns."""

    def __init__(self, path: Path) -> None:
        self._lines = path.open("a", encoding="utf-8", buffering=1)
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def note(self, event: str, **what: object) -> None:
        self._lines.write(json.dumps({"event": event, "second": round(self.seconds, 3), **what}) + "\n")

    def close(self) -> None:
        self._lines.close()
