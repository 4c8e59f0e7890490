"""Ways to have many acts done in which some workflows are not there yet, or do not answer."""

from collections.abc import Collection, Sequence

from activities.errands import Answer, Do, Errand, Unanswered, not_begun
from cases.refusals import Refused


def without(do: Do, not_begun_yet: Collection[str] = (), silent: Collection[str] = ()) -> Do:
    """As the desk answers: who has no workflow refuses, and who is silent is told of once all others are done."""

    def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        there = [each for each in errands if each.case_id not in {*not_begun_yet, *silent}]
        answers = dict(zip((each.case_id for each in there), do(there), strict=True))
        left = tuple(each.case_id for each in errands if each.case_id in silent)
        if left:
            raise Unanswered(left)
        return [answers.get(each.case_id, Refused((not_begun(),))) for each in errands]

    return all_of
