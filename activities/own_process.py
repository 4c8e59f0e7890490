"""A process of its own for work that takes longer than a page waits; it goes on when the pages are stopped."""

import json
import subprocess
import sys
from collections.abc import Mapping
from threading import Thread
from typing import Any


def begin(module: str, request: Mapping[str, Any]) -> None:
    """Returns at once. What the process needs to know goes to it alone: nothing of it stands on its command line."""
    process = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if process.stdin is not None:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.close()
    Thread(target=process.wait, daemon=True).start()  # so that its end is taken note of
