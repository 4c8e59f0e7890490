"""Starting a simulation in a process of its own, and looking how far it is."""

import json
from dataclasses import dataclass
from datetime import datetime
from time import time
from typing import Final

from activities.own_process import begin
from activities.simulation_child import QUESTION, progress_file
from activities.simulation_report import Question
from store.settings import Settings

CHILD: Final = "activities.simulation_child"
SILENT: Final = 120  # seconds without a word, after which a process is taken to have ended in the middle


@dataclass(frozen=True)
class Progress:
    done: int
    of: int


def start(settings: Settings, simulation_id: str, question: Question, by: str, now: datetime) -> None:
    """Returns at once."""
    request = {
        "settings": settings.model_dump(mode="json"),
        "simulation": simulation_id,
        "question": QUESTION.dump_python(question, mode="json"),
        "by": by,
        "now": now.isoformat(),
    }
    begin(CHILD, request)


def progress(settings: Settings, simulation_id: str) -> Progress | None:
    """None: nobody is at work on it, or has been silent for too long."""
    file = progress_file(settings, simulation_id)
    try:
        if time() - file.stat().st_mtime > SILENT:
            return None
        found = json.loads(file.read_text(encoding="ascii"))
        return Progress(int(found["done"]), int(found["of"]))
    except (OSError, ValueError, KeyError):
        return None
