"""A determination as sentences: every rule, what it found and read, by which clause, why not, and what is missing."""

from collections.abc import Iterator

from cases.authorities import Authority
from cases.determinations import Determination, Finding, Reading, Verdict
from cases.wording import Language, Wording
from rules.merged_schema import shown_value
from rules.policies import ResolvedPolicy
from rules.readings import UNKNOWN
from rules.shown import shown_fact, shown_unit

VERDICTS = {
    Verdict.YES: Wording("是", "yes"),
    Verdict.NO: Wording("否", "no"),
    Verdict.UNKNOWN: Wording("不明", "unknown"),
}
ROLES = {
    "ground": Wording("认定情形，一项即可", "ground: one is enough"),
    "condition": Wording("必备条件", "condition: every one must hold"),
    "exclusion": Wording("排除情形", "exclusion: none may hold"),
    "path": Wording("办理路径", "path"),
}
UNVERIFIED = Wording("未经核实", "unverified")
BEATEN = Wording("已被取代", "replaced")


def explained(policy: ResolvedPolicy, made: Determination, language: Language) -> str:
    return "\n".join(_Explanation(policy, made, language).lines())


class _Explanation:
    def __init__(self, policy: ResolvedPolicy, made: Determination, language: Language) -> None:
        self._policy = policy
        self._made = made
        self._language = language
        self._between, self._colon = ("；", "：") if language is Language.ZH else ("; ", ": ")

    def lines(self) -> Iterator[str]:
        made = self._made
        yield f"{self._in(self._policy.title)} · {made.jurisdiction} · {made.version}"
        yield self._labelled(Wording("结论", "Conclusion"), self._in(made.conclusion.label))
        for finding in made.findings:
            yield from self._finding(finding)
        for question in made.questions:
            who = self._in(question.asked)
            yield self._labelled(Wording("还缺", "Missing"), f"{self._in(question.wording)} [{who}]")
        for each in made.disagreements:
            ours, theirs = (self._in(VERDICTS[verdict]) for verdict in (each.evaluator, each.engine))
            yield self._labelled(Wording("引擎不一致", "Engines disagree"), f"{each.rule}: {ours} / {theirs}")
        yield self._labelled(Wording("引擎", "Engines"), f"{made.engines} · {made.policy_hash[:12]}")

    def _finding(self, finding: Finding) -> Iterator[str]:
        verdict, role = self._in(VERDICTS[finding.verdict]), self._in(ROLES[finding.role])
        yield f"[{verdict}] {self._in(finding.reason)} ({finding.rule}, {role})"
        if finding.read:
            read = self._between.join(map(self._reading, finding.read))
            yield "    " + self._labelled(Wording("读取", "Read"), read)
        clauses = [self._clause(each) for each in (finding.authority, *finding.rests_on)]
        clauses += [f"{self._clause(each)} [{self._in(BEATEN)}]" for each in finding.beaten]
        yield "    " + self._labelled(Wording("依据", "By"), self._between.join(clauses))
        for short in finding.shortfalls:
            sides = f" ({short.left}, {short.right})" if short.left or short.right else ""
            items = f" [{', '.join(short.items)}]" if short.items else ""
            yield "    " + self._labelled(Wording("未成立", "Does not hold"), f"{short.condition}{sides}{items}")

    def _reading(self, reading: Reading) -> str:
        fact = self._policy.rules.facts.get(reading.name)
        if fact:
            label = self._in(fact.label)
            return f"{label} {self._in(shown_fact(fact, reading.value))}" if reading.value != UNKNOWN else f"{label} ?"
        for item in self._policy.items("parameters"):
            if item.id == reading.name:
                return f"{reading.name} {shown_value(item)}{self._in(shown_unit(item))}"
        return f"{reading.name} {reading.value}"

    def _clause(self, by: Authority) -> str:
        mark = "" if by.tag.verified else f" {self._in(UNVERIFIED)}"
        return f"{by.clause} ({by.tag.value}{mark})"

    def _labelled(self, label: Wording, what: str) -> str:
        return f"{self._in(label)}{self._colon}{what}"

    def _in(self, wording: Wording) -> str:
        return wording.within(self._language)
