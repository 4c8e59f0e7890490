"""The process in which a simulation that was asked for on a page runs: it keeps what comes of it, and ends.

`python -m activities.simulation_child` reads one line of JSON; how far it is stands in a file beside the snapshot.
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any, Final, Self

from pydantic import TypeAdapter

from activities.bootstrap import open_station
from activities.simulation_opening import simulating_of
from activities.simulation_report import Question
from activities.snapshots import FOLDER
from cases.failures import Failed
from cases.refusals import Refused
from store.settings import Settings

QUESTION: Final = TypeAdapter(Question)
BETWEEN: Final = 0.5  # seconds between two looks at how far it is


def run(request: Mapping[str, Any]) -> None:
    """Refusals and failures are kept with the question, so that its page says them."""
    settings, simulation_id = Settings(**request["settings"]), request["simulation"]
    with open_station(settings) as station, Telling(progress_file(settings, simulation_id)) as telling:
        question, now = QUESTION.validate_python(request["question"]), datetime.fromisoformat(request["now"])
        with suppress(Refused, Failed):
            simulating_of(station, settings).simulate(simulation_id, question, request["by"], now, telling)


def progress_file(settings: Settings, simulation_id: str) -> Path:
    return settings.data / FOLDER / f"{simulation_id}.json"


class Telling:
    """How far it is, for whoever asks; nothing is left when it ends."""

    def __init__(self, file: Path) -> None:
        self._file, self._told_at = file, 0.0

    def __enter__(self) -> Self:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._write(0, 0)
        return self

    def __exit__(self, *error: object) -> None:
        self._file.unlink(missing_ok=True)

    def __call__(self, done: int, of: int) -> None:
        if monotonic() - self._told_at >= BETWEEN:
            self._write(done, of)

    def _write(self, done: int, of: int) -> None:
        unfinished = self._file.with_suffix(".tmp")
        unfinished.write_text(json.dumps({"done": done, "of": of}), encoding="ascii")
        unfinished.replace(self._file)
        self._told_at = monotonic()


if __name__ == "__main__":
    run(json.loads(sys.stdin.readline()))
