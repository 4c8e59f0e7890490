"""How the verdicts of rules add up: some ground if there are any, every condition, no exclusion.

Paths decide nothing and are reported one by one; only a policy that is all paths comes out by whether one is open.
"""

from collections.abc import Mapping

from rules.intervals import AND, NOT, YES, Answers, all_of, any_of, settled
from rules.reckoner import Reckoner
from rules.schema import ResolvedRules, Role, Rule


def verdicts(reckoner: Reckoner) -> dict[str, Answers]:
    return {rule.id: reckoner.truth(rule.when) for rule in reckoner.rules.rules.values()}


def outcome_of(rules: ResolvedRules, found: Mapping[str, Answers]) -> Answers:
    role = {role: [found[rule.id] for rule in rules.rules.values() if rule.role is role] for role in Role}
    if role[Role.PATH] and not (role[Role.GROUND] or role[Role.CONDITION] or role[Role.EXCLUSION]):
        return any_of(role[Role.PATH])
    grounds = any_of(role[Role.GROUND]) if role[Role.GROUND] else YES
    conditions = all_of(role[Role.CONDITION])
    return AND[AND[grounds][conditions]][all_of(NOT[answer] for answer in role[Role.EXCLUSION])]


def targets(rules: ResolvedRules, found: Mapping[str, Answers]) -> tuple[Answers, ...]:
    """What must not depend on a fact that is not asked: the outcome, and every path by itself."""
    paths = (found[rule.id] for rule in rules.rules.values() if rule.role is Role.PATH)
    return (outcome_of(rules, found), *paths)


def open_rules(rules: ResolvedRules, found: Mapping[str, Answers]) -> list[Rule]:
    """Rules that are not settled, and whose verdict could still change the outcome or is a path's own."""
    outcome_open = not settled(outcome_of(rules, found))
    grounds_open = not settled(any_of(found[rule.id] for rule in rules.rules.values() if rule.role is Role.GROUND))

    def matters(role: Role) -> bool:
        if role is Role.PATH:
            return True
        return outcome_open and (grounds_open if role is Role.GROUND else True)

    return [rule for rule in rules.rules.values() if matters(rule.role) and not settled(found[rule.id])]
