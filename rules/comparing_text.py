"""A comparison as sentences: the two outcomes, what made them differ, and which differences did it."""

from collections.abc import Iterator

from cases.determinations import Verdict
from cases.wording import Language, Wording
from rules.comparing import Cause, ClauseSaid, Comparison, Difference, LawDifference, Outcome
from rules.differences import SECTIONS
from rules.explain import VERDICTS
from rules.schema import Fact
from rules.shown import shown_fact

CAUSES = {
    Cause.NONE: Wording("结论相同。", "They come out the same."),
    Cause.FACTS: Wording("结论不同，是因为事实不同。", "They differ because the facts do."),
    Cause.LAW: Wording("结论不同，是因为规定不同。", "They differ because the law does."),
    Cause.EITHER: Wording(
        "事实不同、规定不同，任何一样都足以使结论不同。",
        "The facts differ and the law differs, and either alone would have been enough.",
    ),
    Cause.BOTH: Wording(
        "事实和规定都不同，合在一起才使结论不同。", "The facts differ and the law differs, and it took both together."
    ),
    Cause.UNKNOWN: Wording(
        "一方的事实不能按另一方的规定读取，无法判断是哪一样使结论不同。",
        "The facts of one cannot be read under the law of the other, so it cannot be told which made the difference.",
    ),
}
CHANGED_IT = Wording("影响结论", "changed the outcome")
NOT_TRIED = Wording("无法单独试算", "cannot be tried by itself")
NOT_KNOWN = Wording("未知", "unknown")
NO_SUCH_CLAUSE = Wording("没有", "none")
NO_SUCH_RULE = Wording("没有这一条", "no such rule")


def effect(of: Difference) -> Wording | None:
    """What a difference did; None where it did nothing."""
    if of.changed_the_outcome:
        return CHANGED_IT
    return NOT_TRIED if of.alone is None else None


def _value(fact: Fact | None, text: str | None) -> Wording:
    if text is None:
        return NOT_KNOWN
    return shown_fact(fact, text) if fact else Wording(text, text)


def comparison_lines(
    found: Comparison, facts: dict[str, Fact], versions: tuple[str, str], language: Language
) -> Iterator[str]:
    def within(wording: Wording) -> str:
        return wording.within(language)

    def marked(difference: Difference) -> str:
        words = effect(difference)
        return f" [{within(words)}]" if words else ""

    for version, outcome in zip(versions, (found.first, found.second), strict=True):
        yield f"{version} · {within(outcome_words(outcome))}"
    yield within(CAUSES[found.cause])
    for law in found.law:
        was, now = (within(clause_words(said)) for said in (law.first, law.second))
        yield f"  {within(clause_name(law))}: {was} → {now}{marked(law)}"
    for each in found.facts:
        fact = facts.get(each.fact)
        label = within(fact.label) if fact else each.fact
        was, now = (within(_value(fact, value)) for value in (each.first, each.second))
        yield f"  {label} ({each.fact}): {was} → {now}{marked(each)}"
    for rule in found.rules:
        was, now = (within(_verdict(verdict)) for verdict in (rule.first, rule.second))
        yield f"  {rule.rule}: {was} → {now}"


def clause_name(law: LawDifference) -> Wording:
    kind = SECTIONS[law.section]
    return kind if law.section == law.id else Wording(f"{kind.zh} {law.id}", f"{kind.en} {law.id}")


def clause_words(said: ClauseSaid | None) -> Wording:
    """What a clause says, and by which authority."""
    if said is None:
        return NO_SUCH_CLAUSE
    if said.authority is None:
        return said.words
    by = f"{said.authority.clause}, {said.authority.tag.value}"
    return Wording(f"{said.words.zh} ({by})", f"{said.words.en} ({by})")


def outcome_words(outcome: Outcome) -> Wording:
    label = outcome.conclusion.label
    if outcome.amount_fen is None:
        return label
    yuan = f"{outcome.amount_fen / 100:,.2f}"
    return Wording(f"{label.zh}，{yuan}元", f"{label.en}, {yuan} yuan")


def _verdict(verdict: Verdict | None) -> Wording:
    return VERDICTS[verdict] if verdict else NO_SUCH_RULE
