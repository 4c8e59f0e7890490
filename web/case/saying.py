"""Small pieces of the sentences that tell what a step of a case was about."""

from cases.parts import find
from web.case.opened_any import Opened


def with_words(opened: Opened, what: str, how: str) -> str:
    return f"{what}{opened.speech('，', ', ')}{how}"


def called_of(opened: Opened, determination: str) -> str:
    """What a determination is about."""
    found = find(opened.case.determinations, determination)
    return opened.speech.w(opened.called(found.policy)) if found else determination
