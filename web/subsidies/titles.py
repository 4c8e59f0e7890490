"""What subsidies are called: by the policy of the place, and where there is none, by its id."""

from cases.wording import Wording
from rules.policies import PolicyBook
from web.visit import Visit


def title_here(visit: Visit, policy: str, jurisdiction: str) -> str:
    return subsidy_title(visit.office.station.policies.book, policy, jurisdiction).within(visit.language)


def subsidy_title(book: PolicyBook, policy: str, jurisdiction: str = "") -> Wording:
    """By the innermost file of the place that has one; without a place, by the outermost of all."""
    files = sorted(book.files.get(policy, ()), key=lambda each: len(each.jurisdiction))
    here = [each for each in files if jurisdiction.startswith(each.jurisdiction)]
    found = here[-1] if here else next(iter(files), None)
    return found.title if found else Wording(policy, policy)
