"""What subsidies are called: by the policy of the place, and where there is none, by its id."""

from collections.abc import Mapping

from cases.hardship.next_step import CALLED
from cases.wording import Wording
from rules.kinds import Kind
from rules.policies import PolicyBook
from web.visit import Visit


def title_here(visit: Visit, policy: str, jurisdiction: str) -> str:
    return subsidy_title(visit.office.station.policies.book, policy, jurisdiction).within(visit.language)


def policies_called(book: PolicyBook) -> Mapping[str, Wording]:
    """What a determination is about, by its policy: of hardship cases in a sentence, of subsidies by their title."""
    subsidies = (policy for policy, files in book.files.items() if files[0].kind is Kind.SUBSIDY)
    return {**{policy: subsidy_title(book, policy) for policy in subsidies}, **CALLED}


def subsidy_title(book: PolicyBook, policy: str, jurisdiction: str = "") -> Wording:
    """By the innermost file of the place that has one; without a place, by the outermost of all."""
    files = sorted(book.files.get(policy, ()), key=lambda each: len(each.jurisdiction))
    here = [each for each in files if jurisdiction.startswith(each.jurisdiction)]
    found = here[-1] if here else next(iter(files), None)
    return found.title if found else Wording(policy, policy)
