"""How the verdicts add up inside the rule engine: by what rules have announced, and nothing else."""

from collections.abc import Iterable
from typing import Final

from cases.determinations import Verdict
from rules.durable_limits import MOST_HEARD
from rules.durable_program import OUTCOME, EngineRule, Heard, Settled
from rules.schema import ResolvedRules, Role

YES: Final = Verdict.YES
NO: Final = Verdict.NO


def outcome_rules(rules: ResolvedRules) -> Iterable[EngineRule]:
    """Some ground, where there are any, and every condition and no exclusion; a path decides nothing."""
    of = {role: [id_ for id_, rule in rules.rules.items() if rule.role is role] for role in Role}
    required: list[Heard] = []
    failing: list[Heard] = []
    if grounds := of[Role.GROUND]:
        required.append(Heard(YES, rule="@grounds"))
        failing.append(Heard(NO, rule="@grounds"))
        yield EngineRule("@grounds/yes", "@grounds", "@", YES, (Heard(YES, role=Role.GROUND),))
        yield from _every("@grounds", NO, [Heard(NO, rule=ground) for ground in grounds])
    if conditions := of[Role.CONDITION]:
        required.append(Heard(YES, rule="@conditions"))
        failing.append(Heard(NO, role=Role.CONDITION))
        yield from _every("@conditions", YES, [Heard(YES, rule=condition) for condition in conditions])
    if exclusions := of[Role.EXCLUSION]:
        required.append(Heard(NO, rule="@exclusions"))
        failing.append(Heard(YES, role=Role.EXCLUSION))
        yield from _every("@exclusions", NO, [Heard(NO, rule=exclusion) for exclusion in exclusions])
    if not required and (paths := of[Role.PATH]):  # a policy that is all paths: whether one of them is open
        required.append(Heard(YES, role=Role.PATH))
        failing.append(Heard(NO, rule="@paths"))
        yield from _every("@paths", NO, [Heard(NO, rule=path) for path in paths])
    if required:
        yield EngineRule(f"{OUTCOME}/yes", OUTCOME, "outcome", YES, tuple(required))
    for place, heard in enumerate(failing):
        yield EngineRule(f"{OUTCOME}/no{place}", OUTCOME, "outcome", NO, (heard,))


def _every(name: str, verdict: Settled, heard: list[Heard]) -> Iterable[EngineRule]:
    """One announcement once all have been heard, in stages where they are more than one rule may listen to."""
    while len(heard) > MOST_HEARD:
        stage, heard = heard[:MOST_HEARD], heard[MOST_HEARD:]
        staged = f"{name}{len(heard)}"
        yield EngineRule(f"{staged}/{verdict}", staged, "@", verdict, tuple(stage))
        heard.append(Heard(verdict, rule=staged))
    yield EngineRule(f"{name}/{verdict}", name, "@", verdict, tuple(heard))
