"""A determination on a terminal: what the rules conclude, why, by which clauses, and what is still to be asked."""

from collections.abc import Iterator, Mapping

from rich.text import Text

from activities.case_view import DeterminationView
from cases.authorities import Authority
from cases.determinations import Conclusion, Finding, Question
from cases.wording import Language, Wording
from rules.explain import VERDICTS

RULES_SAY = Wording("规则结论：{conclusion}", "the rules say: {conclusion}")
DECIDED = {
    True: Wording("审批决定：认定", "decided: granted"),
    False: Wording("审批决定：不予认定", "decided: refused"),
    None: Wording("待审批人决定", "waits for an officer"),
}
# Of a subsidy nothing is recognised: it is granted or not.
GRANTED_OR_NOT = {
    True: Wording("审批决定：准予补贴", "decided: granted"),
    False: Wording("审批决定：不予补贴", "decided: refused"),
    None: DECIDED[None],
}
ASK = Wording("问{who}：{question}", "ask {who}: {question}")
UNVERIFIED = Wording("未经核实", "unverified")


def cited(authority: Authority, language: Language) -> str:
    """A clause with its tag; one that nobody checked says so."""
    mark = "" if authority.tag.verified else " " + UNVERIFIED.within(language)
    return f"{authority.clause} [{authority.tag}]{mark}"


def determination_lines(
    each: DeterminationView, called: Wording, language: Language, decided: Mapping[bool | None, Wording] = DECIDED
) -> Iterator[Text]:
    """`called`: what it is about, in a sentence."""
    conclusion = each.made.conclusion
    says = RULES_SAY.within(language).format(conclusion=conclusion.label.within(language))
    told = decided[each.state.granted].within(language)
    yield Text(f"{each.state.id}  {called.within(language)}  {says}  {told}")
    if conclusion is Conclusion.GRANTED:
        for finding in each.made.grounds:
            yield from _finding(finding, "", language)
    else:
        for finding in each.made.findings:
            yield from _finding(finding, f"{VERDICTS[finding.verdict].within(language)}  ", language)
    if each.state.granted is None:
        yield from (_question(question, language) for question in each.made.questions)


def _finding(finding: Finding, verdict: str, language: Language) -> Iterator[Text]:
    yield Text(f"  {verdict}{finding.reason.within(language)}  {cited(finding.authority, language)}", style="dim")
    for authority in finding.rests_on:
        if not authority.tag.verified:
            yield Text(f"    {cited(authority, language)}", style="dim")


def _question(question: Question, language: Language) -> Text:
    who, sentence = question.asked.within(language), question.wording.within(language)
    fact = f"  ({question.fact})"  # the name under which `record-fact` takes the answer
    return Text(f"  ? {ASK.within(language).format(who=who, question=sentence)}{fact}")
