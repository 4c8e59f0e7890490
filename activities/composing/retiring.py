"""When the worker of a placement reaches the statutory retirement age, as far as the record tells."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from activities.composing.ledger import Ledger
from cases.days import add_months
from cases.hardship.record import Proposal
from cases.refusals import Refusal, refusal
from rules.policies import NoPolicyInForce
from rules.retirement import Retirement, in_month, possible_classes, retirement
from rules.units import YearMonth


@dataclass(frozen=True)
class Retiring:
    """`when` is None where the day of birth is not known, or no policy tells the age."""

    born_on: date | None
    when: Retirement | None

    def between(self, day: date) -> bool:
        """Whether the worker may have retired by a day, or may not, depending on a class that nobody has found."""
        return self.when is not None and self.when.earliest <= day < self.when.latest

    def reached_by(self, day: date) -> date | None:
        """The day of retirement for a question about this day: any possible one that gives the only answer."""
        if self.when is None:
            return None
        return self.when.latest if day >= self.when.earliest else self.when.earliest

    def surely_within(self, months: int, day: date) -> bool:
        return self.when is not None and self.when.latest < add_months(day, months)

    def perhaps_within(self, months: int, day: date) -> bool:
        possible = self.when is not None and self.when.earliest < add_months(day, months)
        return possible and not self.surely_within(months, day)

    def refusals(self, *, matters: bool) -> Iterator[Refusal]:
        """The class is asked for only where it matters."""
        if matters:
            yield refusal(
                "missing-retirement-class",
                "是否达到或临近法定退休年龄，取决于原退休年龄类别；请先登记经核定的“retirement_class”（不得仅凭性别推断）。",
                "Whether retirement is reached, or near, depends on the class of the old retirement age: first record "
                "the fact retirement_class as an officer found it (never from sex alone).",
            )


def retiring(ledger: Ledger, proposal: Proposal) -> Retiring:
    facts = ledger.facts(proposal.case.worker_id, proposal.drawn_up_on)
    if "born_on" not in facts:
        return Retiring(None, None)
    born_on = date.fromisoformat(cast("str", facts["born_on"]))
    if "retirement_month" in facts:
        day = in_month(YearMonth.parse(cast("str", facts["retirement_month"])), born_on)
        return Retiring(born_on, Retirement(day, day))
    try:
        place, on = proposal.case.jurisdiction, proposal.starts_on
        policy = ledger.policies.book.resolve("retirement", place, on, decided_on=on)
    except NoPolicyInForce:
        return Retiring(born_on, None)
    classes = possible_classes(cast("str | None", facts.get("retirement_class")), cast("str | None", facts.get("sex")))
    return Retiring(born_on, retirement(policy, born_on, classes))
