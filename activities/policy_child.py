"""The process in which a proposed policy file is read, compared and tried on every example: run once, thrown away.

A line for each thing as it becomes known, so that what had been found stands when the process is ended.
"""

import json
import re
import sys
from collections.abc import Iterator
from collections.abc import Mapping as Frozen
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from activities.engine_process import EngineProcess
from activities.throw_away import OUT_OF_MEMORY
from rules.calendars import calendar
from rules.differences import differences
from rules.errors import PolicyError, PolicyRefused
from rules.examples import Outcome, run_examples
from rules.loading import Mapping
from rules.policies import PolicyBook
from rules.publishable import law_touched
from rules.shelf import FACTS, FileKey, documents_in, key_of, parts_of, replaced
from rules.uses import check_uses

NAME = re.compile(r"[a-z][a-z0-9-]{0,60}", re.ASCII)


def answers(request: Frozen[str, Any]) -> Iterator[dict[str, Any]]:
    """`shipped` is a folder, `published` the texts in their order, `proposed` a name and a text."""
    try:
        proposed = parts_of(request["proposed"][1], request["proposed"][0])
        keys = list(map(_key, proposed))
        published = [part for text in request["published"] for part in parts_of(text, "")]
        shelf = replaced(documents_in(Path(request["shipped"])), published)
        before = PolicyBook.of(*shelf, calendar_hash=request["calendar"])
        yield {"files": [{"name": key.name, "jurisdiction": key.jurisdiction} for key in keys]}
        after = PolicyBook.of(*replaced(shelf, proposed), calendar_hash=request["calendar"], earlier=before)
        check_uses(after)
    except PolicyRefused as refused:
        yield {"errors": [_error(each) for each in refused.errors]}
        return
    except PolicyError as error:
        yield {"errors": [_error(error)]}
        return
    yield {"touched": [asdict(each) for each in law_touched(before, after, keys, date.fromisoformat(request["today"]))]}
    yield {"differences": asdict(differences(before, after, keys))}
    if request["examples"]:
        yield from _examples(after, Path(request["shipped"]) / "calendars")


def _key(document: Mapping) -> FileKey:
    key = key_of(document)
    for word, said in (("id", key.policy), ("jurisdiction", key.jurisdiction)):
        if key.policy != FACTS and not NAME.fullmatch(said):
            problem = f"the '{word}' of a policy file is missing or unusual"
            raise PolicyError(problem, document.place, expected="small letters, figures and hyphens, such as cn-50-99")
    return key


def _examples(book: PolicyBook, calendars: Path) -> Iterator[dict[str, Any]]:
    days = calendar(path.read_text(encoding="utf-8") for path in sorted(calendars.glob("*.yaml")))
    with EngineProcess(children=1) as engine:
        for outcome in run_examples(book, engine.verdicts, days):
            yield {"example": _outcome(outcome)}
    yield {"all_run": True}


def _error(error: PolicyError) -> dict[str, Any]:
    place, wording = error.place, error.wording
    return {"file": place.file, "line": place.line, "column": place.column, "zh": wording.zh, "en": wording.en}


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "policy": outcome.policy,
        "jurisdiction": outcome.jurisdiction,
        "since": outcome.since,
        "name": outcome.name,
        "line": outcome.place.line,
        "problems": outcome.problems,
        "problems_zh": [each.zh for each in outcome.told],
    }


if __name__ == "__main__":
    try:
        for line in answers(json.loads(sys.stdin.read())):
            sys.stdout.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            sys.stdout.flush()
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
