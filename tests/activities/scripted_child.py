"""Stands in for the process that tries a policy: does what a line of the policy's text asks for, good or bad."""

import json
import sys
import time
from typing import Any

from activities.throw_away import OUT_OF_MEMORY


def say(**line: Any) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def example(name: str, *problems: str) -> dict[str, Any]:
    return {"policy": "a", "jurisdiction": "cn", "since": "2024-01-01", "name": name, "line": 3, "problems": problems}


def act(text: str) -> None:
    name = text.split()[1]
    if "hang-at-once" in text:
        time.sleep(60)
    say(files=[{"name": f"cn/{name}.yaml", "jurisdiction": "cn"}])
    say(touched=[])
    say(
        differences={
            "files": [{"file": f"cn/{name}.yaml", "changes": [{"what": "added"}], "layers": []}],
            "resolved": [],
        }
    )
    say(example=example("the first"))
    if "hang" in text:
        while True:
            pass
    if "eat" in text:
        eaten = []
        while True:
            eaten.append(bytearray(64 << 20))
    if "crash" in text:
        sys.exit(3)
    say(example=example("the second", *(["it says granted and comes out refused"] if "fail" in text else [])))
    say(all_run=True)


if __name__ == "__main__":
    try:
        act(json.loads(sys.stdin.read())["proposed"][1])
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
