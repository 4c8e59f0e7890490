"""Gaps: complete facts for which the law, as the policy tells it, has no answer."""

from typing import Final

from cases.wording import Wording
from rules.intervals import GAP, YES, Answers, Value
from rules.schema import ResolvedRules, Role
from rules.solver_analyst import OUTCOME, Analyst
from rules.solver_findings import Finding, Kind
from rules.solver_questions import Said, ask
from rules.solver_terms import Flag, both, either
from rules.solver_values import Flaws, Held, Listing, Point
from rules.solver_witness import ANSWERS, Proof, Proves

AMOUNT: Final = "amount"


def gaps(analyst: Analyst) -> None:
    translation = analyst.translation()
    if analyst.rules.rules:
        _gaps_of(analyst, OUTCOME, translation.outcome.flaws.gap, lambda shown: shown.outcome == GAP)
    for rule in analyst.rules.rules.values():
        if rule.role is Role.PATH:
            _gaps_of(analyst, rule.id, translation.rule[rule.id].flaws.gap, _gap_of(rule.id))
    if translation.amount:
        granted = both(translation.outcome.yes, translation.amount.flaws.gap)
        _gaps_of(analyst, AMOUNT, granted, lambda shown: shown.outcome == YES and shown.amount == GAP)
    if not analyst.rules.rules:
        for name in analyst.rules.values:
            _gaps_of(analyst, name, flaws_of(translation.named(name)).gap, _gap_in(name))


def _gaps_of(analyst: Analyst, what: str, gap: Flag, proves: Proves) -> None:
    """Of each table, band and value that can be the reason for it."""
    if gap is False or ask(analyst.translation(), gap, analyst.period).said is Said.CANNOT_BE:
        return
    for source, flags in analyst.translation().noted.gaps.items():
        said = Wording(
            f"{_what(what).zh}可能没有答案：“{source}”对这些事实没有规定。",
            f"{_what(what).en} may have no answer: '{source}' has none for these facts.",
        )
        analyst.can_be(
            Finding(Kind.GAP, source, (what,), said, _place(analyst.rules, source)),
            both(gap, either(*flags)),
            proves,
            lambda shown: _proof(what, shown),
        )


def _gap_in(value: str) -> Proves:
    return lambda shown: kinds_of(shown.reckoner.named(value)) == GAP


def _gap_of(rule: str) -> Proves:
    return lambda shown: shown.answers[rule] == GAP


def _proof(what: str, shown: Proof) -> Wording:
    if what == AMOUNT:
        return Wording("评估器：给予，而金额是法规未规定", "the evaluator: granted, and the amount is a gap of the law")
    answer = ANSWERS.get(shown.answers.get(what, shown.outcome), ANSWERS[GAP])
    return Wording(f"评估器：{_what(what).zh}为{answer.zh}", f"the evaluator: {_what(what).en} is {answer.en}")


def _what(what: str) -> Wording:
    return {OUTCOME: Wording("结论", "the outcome"), AMOUNT: Wording("金额", "the amount")}.get(
        what, Wording(f"“{what}”", f"'{what}'")
    )


def _place(rules: ResolvedRules, name: str) -> str:
    for section in (rules.tables, rules.bands, rules.values):
        if name in section:
            return str(section[name].place)
    return ""


def flaws_of(found: Held | Point | Listing) -> Flaws:
    return Flaws() if isinstance(found, Listing) else found.flaws


def kinds_of(value: Value) -> Answers:
    """Of a value of the evaluator whether it is a gap or a conflict."""
    return value if isinstance(value, int) else value.kinds
