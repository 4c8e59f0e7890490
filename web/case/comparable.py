"""Which determinations of one person can be put side by side: those of this case, and of their other cases in scope."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from cases.case_parts import DeterminationState
from cases.hardship.next_step import CALLED
from store.case_reading import other_cases
from web.case.head import capital, numbered
from web.case.opened import OpenCase, open_case

# Between a case and its determination, where an address names one of the person's other cases.
OF: Final = "~"


def other_opened(connection: Connection, opened: OpenCase) -> Mapping[str, OpenCase]:
    """The person's other cases that the reader may see, by their ids."""
    visit = opened.visit
    others = other_cases(connection, visit.scope, opened.case.worker_id, opened.case.id)
    return {other.id: open_case(connection, visit, other.id) for other in others}


def comparable(opened: OpenCase, others: Iterable[OpenCase]) -> list[tuple[str, str]]:
    """What can be chosen: the value for the address, and the words."""
    here = [(each.id, choice(opened, each)) for each in opened.case.determinations]
    another = opened.speech("另案", "another case")
    there = [
        (f"{other.case.id}{OF}{each.id}", f"{another} · {choice(other, each)}")
        for other in others
        for each in other.case.determinations
    ]
    return [*there, *here]


def title_of(opened: OpenCase, state: DeterminationState) -> str:
    return capital(opened.speech.w(CALLED[state.policy])) if state.policy in CALLED else state.policy


def choice(opened: OpenCase, state: DeterminationState) -> str:
    """A determination among others to choose from."""
    speech = opened.speech
    which = speech(f"{title_of(opened, state)}{numbered(state).zh}", f"{title_of(opened, state)}, {numbered(state).en}")
    return f"{which} · {speech.at(state.made_at)} · {speech.w(state.conclusion.label)}"
