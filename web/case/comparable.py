"""Which determinations of one person can be put side by side: those of this case, and of their other cases in scope."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Connection

from cases.case_parts import DeterminationState
from store.case_reading import other_cases
from web.case.head import capital, numbered
from web.case.opened import OpenCase, open_case
from web.case.opened_any import Opened

# Between a case and its determination, where an address names one of the person's other cases.
OF: Final = "~"


def other_opened(connection: Connection, opened: Opened) -> Mapping[str, Opened]:
    """The person's other hardship cases that the reader may see, by their ids; a subsidy is compared with itself."""
    if not isinstance(opened, OpenCase):
        return {}
    visit = opened.visit
    others = other_cases(connection, visit.scope, opened.case.worker_id, opened.case.id)
    return {other.id: open_case(connection, visit, other.id) for other in others}


def comparable(opened: Opened, others: Iterable[Opened]) -> list[tuple[str, str]]:
    """What can be chosen: the value for the address, and the words."""
    here = [(each.id, choice(opened, each)) for each in opened.case.determinations]
    another = opened.speech("另案", "another case")
    there = [
        (f"{other.case.id}{OF}{each.id}", f"{another} · {choice(other, each)}")
        for other in others
        for each in other.case.determinations
    ]
    return [*there, *here]


def title_of(opened: Opened, state: DeterminationState) -> str:
    return capital(opened.speech.w(opened.called(state.policy)))


def choice(opened: Opened, state: DeterminationState) -> str:
    """A determination among others to choose from."""
    speech = opened.speech
    which = speech(f"{title_of(opened, state)}{numbered(state).zh}", f"{title_of(opened, state)}, {numbered(state).en}")
    return f"{which} · {speech.at(state.made_at)} · {speech.w(state.conclusion.label)}"
