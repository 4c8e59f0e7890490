"""A worker as a row of a list: masked, with their cases and how those stand."""

from collections.abc import Iterable, Mapping

from cases.wording import Wording
from store.people import MaskedWorker
from store.worker_list import CaseOfWorker, ListedWorker
from web.case.words import STATUS


def shown_rows(listed: Iterable[ListedWorker], stations: Mapping[str, str]) -> list[dict[str, object]]:
    return [_row(each, stations) for each in listed]


def case_standing(case: CaseOfWorker) -> Wording:
    """Where a case stands, and how it ended."""
    if case.outcome is not None:
        return case.outcome.label
    return STATUS[case.stage]


def _row(listed: ListedWorker, stations: Mapping[str, str]) -> dict[str, object]:
    person = listed.person
    masked: MaskedWorker = person.masked()
    return {
        "id": person.id,
        "name": masked.name,
        "phone": masked.phone,
        "identity": masked.identity,
        "station": stations.get(person.station_id, person.station_id),
        "registered_on": person.registered_on,
        "cases": [
            {
                "id": case.id,
                "standing": case_standing(case),
                "open": case.closed_at is None,
                "applied_on": case.applied_on,
            }
            for case in listed.cases
        ],
    }
