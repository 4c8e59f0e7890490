"""Every policy as it will be used: a plan is drawn up, clocks are read, exits listed, before any case needs them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from rules import retirement
from rules.agreement_law import agreements
from rules.clock_terms import clock_terms, pause_reasons
from rules.errors import PolicyError
from rules.exits import listed_reasons
from rules.incentives import CLASSES, hints
from rules.kinds import DECIDES_BY_RULES, Kind
from rules.paths import paths
from rules.plans import service_plan
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reading import Errors
from rules.review_body import review_body
from rules.subsidy_process import subsidy_processes

SOME_BIRTHDAY = date(1970, 1, 1)
READERS: Mapping[Kind, tuple[Callable[[ResolvedPolicy], object], ...]] = {
    Kind.SERVICE_PLAN: (service_plan,),
    Kind.CLOCKS: (clock_terms, pause_reasons),
    Kind.EXIT: (listed_reasons,),
    Kind.INCENTIVES: (lambda policy: hints(policy, *CLASSES),),
    Kind.AGREEMENTS: (agreements,),
    Kind.RETIREMENT: (lambda policy: retirement.retirement(policy, SOME_BIRTHDAY, retirement.CLASSES),),
    Kind.REVIEW: (review_body,),
    Kind.SUBSIDY_PROCESS: (subsidy_processes,),
    Kind.TRIAGE: (clock_terms, paths),
}


def check_uses(book: PolicyBook) -> None:
    """PolicyRefused with everything that could not be read."""
    errors = Errors()
    for policy in every_version(book):
        for read in READERS.get(policy.kind, ()):
            with errors.gather():
                read(policy)
        errors.found += _undecided(policy)
    errors.refuse()


def _undecided(policy: ResolvedPolicy) -> Iterator[PolicyError]:
    place = policy.merged.layers[-1].file.place
    if policy.kind in DECIDES_BY_RULES and not policy.rules.rules:
        yield PolicyError(f"{policy.policy} has no rule to decide by", place)
    if policy.kind is Kind.SUBSIDY and policy.rules.amount is None:
        yield PolicyError(f"the subsidy {policy.policy} has no amount", place, expected="amount: …")


def every_version(book: PolicyBook) -> Iterator[ResolvedPolicy]:
    """Each policy in each place it names, on each day on which something begins."""
    seen: set[tuple[str, str]] = set()
    for id_, files in book.files.items():
        if files[0].kind is Kind.AMOUNTS:
            continue  # read by other policies
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
