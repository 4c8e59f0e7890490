"""Everything that is done to a case: what its reader can do now, and why not the rest."""

from sqlalchemy import Connection

from web.acts.possible import PossibleAct, possible_acts
from web.case.marking import coded
from web.case.opened_any import Opened
from web.case.speech import Shown


def all_acts(connection: Connection, opened: Opened) -> Shown:
    """Links under the headings of the forms; the rest folded away, each with its reasons."""
    groups = possible_acts(connection, opened)
    speech = opened.speech
    return {
        "groups": [
            {
                "title": speech.w(group.title),
                "links": [{"href": act.href, "words": speech.w(act.title)} for act in group.possible],
            }
            for group in groups
            if group.possible
        ],
        "rest": [_why_not(opened, act) for group in groups for act in group.acts if not act.possible],
    }


def _why_not(opened: Opened, act: PossibleAct) -> Shown:
    speech = opened.speech
    return {
        "words": speech.w(act.title),
        "by": speech.w(act.by),
        "why": coded(speech("", " ").join(speech.w(reason.wording) for reason in act.reasons), speech.language),
    }
