"""A determination as sentences: every rule, what it found and read, by which clause, why not, and what is missing."""

from collections.abc import Iterator

from cases.authorities import Authority
from cases.determinations import ASKED_OF
from cases.wording import Language, Wording
from rules.applied import Applied, ClausesTold
from rules.explain import ROLES, VERDICTS, ChangeTold, Explanation, FlipTold, RuleTold, Told
from rules.readings import UNKNOWN
from rules.repeals import Repealed
from rules.sides import ShortfallTold

UNVERIFIED = Wording("未经核实", "unverified")
BEATEN = Wording("已被取代", "replaced")
NOTHING_ELSE = Wording(
    "可变更的事实中，任何一项单独变更都不会改变结论，试算过的两项一并变更也不会",
    "no fact that can change would change the outcome by itself, nor would the pairs that were tried",
)
ONLY_INFORMATION = Wording(
    "仅供了解，不是建议；事实须如实填报", "for information, not advice: facts are told as they are"
)


def explained(told: Explanation, language: Language) -> str:
    return "\n".join(_Text(told, language).lines())


class _Text:
    def __init__(self, told: Explanation, language: Language) -> None:
        self._told = told
        self._language = language
        self._between, self._colon, self._comma = ("；", "：", "，") if language is Language.ZH else ("; ", ": ", ", ")

    def lines(self) -> Iterator[str]:
        told = self._told
        yield f"{self._in(told.title)} · {told.jurisdiction} · {told.version}"
        yield self._labelled(Wording("结论", "Conclusion"), self._in(told.words))
        yield from self._amount()
        for rule in told.rules:
            yield from self._rule(rule)
        for question in told.questions:
            who = self._in(question.asked)
            yield self._labelled(Wording("还缺", "Missing"), f"{self._in(question.wording)} [{who}]")
        yield from self._changes()
        for each in told.disagreements:
            ours, theirs = (self._in(VERDICTS[verdict]) for verdict in (each.evaluator, each.engine))
            differs = f"{each.rule}: {ours} / {theirs} ({each.by})"
            yield self._labelled(Wording("引擎不一致", "Engines disagree"), differs)
        for gone in told.repealed:
            yield self._labelled(Wording("已废止", "Repealed"), self._repealed(gone))
        yield self._labelled(Wording("引擎", "Engines"), f"{told.engines} · {told.policy_hash[:12]}")

    def _amount(self) -> Iterator[str]:
        told = self._told
        if told.amount:
            yield self._labelled(told.amount.label, self._in(told.amount.words))
        if told.parts:
            yield self._labelled(Wording("其中", "Made of"), self._between.join(map(self._reading, told.parts)))
        for each in told.clauses:
            yield from self._clauses(each)
        for item in told.items:
            yield "    " + self._labelled(item.label, self._between.join(map(self._reading, item.read)))

    def _clauses(self, told: ClausesTold) -> Iterator[str]:
        """Which clause gave a value, and which it beat; two that apply are a conflict."""
        labels = (
            (Wording("适用", "applies"), told.applied),
            (BEATEN, told.beaten),
            (Wording("是否适用不明", "not known whether it applies"), told.open),
        )
        said = [f"{self._applied(each)} [{self._in(label)}]" for label, clauses in labels for each in clauses]
        if said:
            yield "    " + self._labelled(Wording(told.value, told.value), self._between.join(said))

    def _applied(self, applied: Applied) -> str:
        return f"{applied.clause}: {self._clause(applied.authority)}" if applied.authority else applied.clause

    def _rule(self, rule: RuleTold) -> Iterator[str]:
        verdict, role = self._in(VERDICTS[rule.verdict]), self._in(ROLES[rule.role])
        yield f"[{verdict}] {self._in(rule.reason)} ({rule.rule}, {role}){self._then(rule)}"
        if rule.read:
            read = self._between.join(map(self._reading, rule.read))
            yield "    " + self._labelled(Wording("读取", "Read"), read)
        clauses = [self._clause(each) for each in (rule.authority, *rule.rests_on)]
        clauses += [f"{self._clause(each)} [{self._in(BEATEN)}]" for each in rule.beaten]
        yield "    " + self._labelled(Wording("依据", "By"), self._between.join(clauses))
        for short in rule.why_not:
            yield "    " + self._labelled(Wording("未成立", "Does not hold"), self._why_not(short))

    def _why_not(self, short: ShortfallTold) -> str:
        left, right = self._in(short.left_words), self._in(short.right_words)
        sides = f" ({left}{self._comma}{right})" if short.left or short.right else ""
        items = f" [{self._between.join(map(self._in, short.items_words))}]" if short.items else ""
        return f"{short.condition}{sides}{items}"

    def _then(self, rule: RuleTold) -> str:
        turns = self._told.turns
        if rule.then is None or turns is None:
            return ""
        then = VERDICTS[rule.then]
        return " " + self._in(Wording(f"→ 自{turns.on}起：{then.zh}", f"→ from {turns.on} on: {then.en}"))

    def _changes(self) -> Iterator[str]:
        turns, flips = self._told.turns, self._told.flips
        if turns:
            words = self._in(turns.words)
            on = Wording(f"自{turns.on}起结论为{words}", f"from {turns.on} on it comes out: {words}")
            yield self._labelled(Wording("时间", "Time alone"), self._in(on))
        if flips is None:
            return
        if self._told.conclusion.adoptable and not flips and not self._told.not_searched:
            yield self._labelled(Wording("变更", "Otherwise"), self._in(NOTHING_ELSE))
        for flip in flips:
            yield self._labelled(Wording("若变更", "Otherwise if"), self._flip(flip))
        if flips:
            yield f"    ({self._in(ONLY_INFORMATION)})"
        if self._told.not_searched:
            names = ", ".join(self._told.not_searched)
            yield self._labelled(Wording("取值过多，未逐一试算", "Too many values to try"), names)

    def _flip(self, flip: FlipTold) -> str:
        together = self._in(Wording("，同时", ", and also "))
        changes = together.join(map(self._change, flip.changes))
        by = self._between.join(map(self._clause, flip.authorities))
        outcome = self._in(flip.words)
        said = Wording(
            f"{changes}，结论为{outcome}（{'、'.join(flip.rules)}；{by}）",
            f"{changes}, it comes out: {outcome} ({', '.join(flip.rules)}; {by})",
        )
        return self._in(said)

    def _change(self, change: ChangeTold) -> str:
        now, then, by = map(self._in, (change.now_words, change.then_words, change.by))
        who = self._in(ASKED_OF[change.asked_of])
        return f"{self._in(change.label)} {now} → {then}" + (f" ({by})" if by else "") + f" [{who}]"

    def _repealed(self, gone: Repealed) -> str:
        what = f"{self._in(gone.title)} ({gone.clause})" if gone.clause else self._in(gone.title)
        by = f"{self._between}{self._clause(gone.authority)}" if gone.authority else ""
        last = Wording(f"最后有效日{gone.last_day}", f"last day {gone.last_day}")
        return f"{what} · {gone.jurisdiction} · {self._in(last)}{by}"

    def _reading(self, told: Told) -> str:
        words = UNKNOWN if told.value == UNKNOWN else self._in(told.words)
        return f"{self._in(told.label)} {words}"

    def _clause(self, by: Authority) -> str:
        mark = "" if by.tag.verified else f" {self._in(UNVERIFIED)}"
        return f"{by.clause} ({by.tag.value}{mark})"

    def _labelled(self, label: Wording, what: str) -> str:
        return f"{self._in(label)}{self._colon}{what}"

    def _in(self, wording: Wording) -> str:
        return wording.within(self._language)
