"""Every policy as it will be used: a plan is drawn up, clocks are read, exits listed, before any case needs them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from rules import retirement
from rules.agreement_law import agreements
from rules.clock_terms import clock_terms, pause_reasons
from rules.errors import PolicyError
from rules.exits import listed_reasons
from rules.incentives import CLASSES, hints
from rules.kinds import Kind
from rules.plans import service_plan
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reading import Errors
from rules.review_body import review_body

SOME_BIRTHDAY = date(1970, 1, 1)
READERS: Mapping[Kind, tuple[Callable[[ResolvedPolicy], object], ...]] = {
    Kind.SERVICE_PLAN: (service_plan,),
    Kind.CLOCKS: (clock_terms, pause_reasons),
    Kind.EXIT: (listed_reasons,),
    Kind.INCENTIVES: (lambda policy: hints(policy, *CLASSES),),
    Kind.AGREEMENTS: (agreements,),
    Kind.RETIREMENT: (lambda policy: retirement.retirement(policy, SOME_BIRTHDAY, retirement.CLASSES),),
    Kind.REVIEW: (review_body,),
}


def check_uses(book: PolicyBook) -> None:
    """PolicyRefused with everything that could not be read."""
    errors = Errors()
    for policy in every_version(book):
        for read in READERS.get(policy.kind, ()):
            with errors.gather():
                read(policy)
        if policy.kind in (Kind.CLASSIFICATION, Kind.ELIGIBILITY) and not policy.rules.rules:
            place = policy.merged.layers[-1].file.place
            errors.found.append(PolicyError(f"{policy.policy} has no rule to decide by", place))
    errors.refuse()


def every_version(book: PolicyBook) -> Iterator[ResolvedPolicy]:
    """Each policy in each place it names, on each day on which something begins."""
    seen: set[tuple[str, str]] = set()
    for id_, files in book.files.items():
        days = sorted({version.since for file in files for version in file.versions})
        for place in sorted({file.jurisdiction for file in files}):
            for day in days:
                try:
                    policy = book.resolve(id_, place, day)
                except NoPolicyInForce:
                    continue
                if (policy.version, id_) not in seen:
                    seen.add((policy.version, id_))
                    yield policy
