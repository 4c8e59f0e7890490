"""How a month's acts reach their cases: by the workflow of each, or straight to the record where they have none yet."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from activities.bootstrap import Station
from activities.errands import Answer, Do, Errand
from activities.errands import not_begun as workflow_not_begun
from activities.subsidy_month import together
from cases.refusals import Refused, refusal
from cases.subsidy.progress import policies_due
from store.cases import SUBSIDY
from store.engine import read
from store.subsidy_month import not_begun

PATIENCE: Final = timedelta(seconds=60)  # for the workflows of one chunk
LOOK_AGAIN_S: Final = 0.2


def by_workflows(station: Station, desk: Do) -> Do:
    """Those whose start still waits in the outbox are refused for now: their workflow would not be found."""
    return _of_some(station, desk, begun=True)


def without_workflows(station: Station, at: datetime) -> Do:
    """Where no workflow server answers: only cases whose workflow was never started; the others wait for theirs."""
    return _of_some(station, together(station, at), begun=False)


def _of_some(station: Station, do: Do, *, begun: bool) -> Do:
    def all_of(errands: Sequence[Errand]) -> Sequence[Answer]:
        with read(station.engine) as connection:
            waiting = not_begun(connection, [errand.case_id for errand in errands])
        wanted = [errand for errand in errands if (errand.case_id in waiting) is not begun]
        answers = dict(zip((errand.case_id for errand in wanted), do(wanted), strict=True)) if wanted else {}
        refused = Refused((workflow_not_begun(),)) if begun else _has_workflow()
        return [answers.get(errand.case_id, refused) for errand in errands]

    return all_of


def until_determined(station: Station, patience: timedelta = PATIENCE) -> Callable[[Sequence[str]], int]:
    """Waits for workflows to determine what they were asked to; how many of these cases they have not."""

    def wait(case_ids: Sequence[str]) -> int:
        until = time.monotonic() + patience.total_seconds()
        left = tuple(case_ids)
        while left := _due(station, left):
            if time.monotonic() >= until:
                return len(left)
            time.sleep(LOOK_AGAIN_S)
        return 0

    return wait


def _due(station: Station, case_ids: Sequence[str]) -> tuple[str, ...]:
    with read(station.engine) as connection:
        return tuple(case.id for case in SUBSIDY.load_many(connection, case_ids) if any(policies_due(case)))


def _has_workflow() -> Refused:
    return Refused(
        (
            refusal(
                "workflow-away",
                "本案由流程办理，而流程服务没有应答：请运行 yizhan run 后再办理。",
                "This case is carried by its workflow, and no workflow server answers: start the station with "
                "yizhan run, and run this again.",
            ),
        )
    )
