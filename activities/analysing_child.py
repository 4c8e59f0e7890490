"""The process in which policies are analysed: run once, thrown away. A line for each policy as it is done."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from activities.throw_away import OUT_OF_MEMORY
from rules.policies import PolicyBook
from rules.shelf import documents_in, parts_of, replaced
from rules.solver_policies import analysed, asked_of


def answers(request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """`shipped` is a folder, `published` the texts in their order, `asked` pairs of a policy and a place."""
    texts = [part for text in request["published"] for part in parts_of(text, "")]
    documents = replaced(documents_in(Path(request["shipped"])), texts)
    book = PolicyBook.of(*documents, calendar_hash=request["calendar"])
    on = date.fromisoformat(request["on"]) if request["on"] else None
    asked = [each for policy, place in request["asked"] for each in asked_of(book, [policy], place, on)]
    yield {"of": len(asked)}
    for each in asked:
        yield {"analysis": asdict(analysed(book, each))}


if __name__ == "__main__":
    try:
        for line in answers(json.loads(sys.stdin.read())):
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
            sys.stdout.flush()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
