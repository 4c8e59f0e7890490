"""Every rule of a determination as a tree: its verdict, what it read, by which clause, what is missing or short."""

from collections.abc import Iterator, Mapping
from typing import Final

from cases.authorities import Authority, Tag
from cases.determinations import Finding, Verdict
from cases.wording import Wording
from rules.readings import UNKNOWN
from web.case.marking import code
from web.case.readings import Looked, reading_words, short_words
from web.case.speech import Shown, Speech

TAGS: Final[Mapping[Tag, Wording]] = {
    Tag.FULL_TEXT: Wording("全文已核", "full text checked"),
    Tag.OFFICIAL_EXCERPT: Wording("官方摘录", "official excerpt"),
    Tag.SECONDARY_EXCERPT: Wording("二手摘录", "second-hand excerpt"),
    Tag.MEMORY: Wording("凭记忆，未核实", "from memory, unverified"),
    Tag.NOT_LOCATED: Wording("出处不明，未核实", "no source found, unverified"),
}
VERDICT_LOOKS: Final = {Verdict.YES: "holds", Verdict.NO: "fails", Verdict.UNKNOWN: "unknown"}
VERDICT_WORDS: Final = {
    Verdict.YES: Wording("成立", "Holds"),
    Verdict.NO: Wording("不成立", "Does not hold"),
    Verdict.UNKNOWN: Wording("未知", "Unknown"),
}
# In the order in which a page lists them: what must hold, one of which is enough, what rules out, and the rest.
ROLES: Final[Mapping[str, tuple[str, Wording, Wording]]] = {
    "condition": ("all", Wording("必备条件", "Conditions"), Wording("每一条都要成立", "every one must hold")),
    "ground": ("any", Wording("认定情形", "Grounds"), Wording("有一条成立就够", "one that holds is enough")),
    "exclusion": ("any", Wording("排除情形", "Exclusions"), Wording("有一条成立就排除", "one that holds rules it out")),
    "path": (
        "any",
        Wording("办理路径", "Paths"),
        Wording("只作提示，不影响结论", "told by themselves, deciding nothing"),
    ),
}


def trees(looked: Looked, later: Mapping[str, str]) -> list[Shown]:
    """One tree for each role that rules play, as the macro `verdict_tree` takes it.

    `later` says of each rule that time turns since when, and how.
    """
    speech = looked.opened.speech
    shown: list[Shown] = []
    for role, (joined, title, words) in ROLES.items():
        findings = [finding for finding in looked.made.findings if finding.role == role]
        if findings:
            root: Shown = {
                "joined": joined,
                "joined_words": speech(f"{len(findings)} 条，{words.zh}", f"{len(findings)}: {words.en}"),
                "children": [
                    _node(looked, finding, number) | {"change": later.get(finding.rule)}
                    for number, finding in enumerate(findings, start=1)
                ],
            }
            shown.append({"title": speech.w(title), "root": root})
    return shown


def verdict_look(finding: Finding) -> str:
    if finding.role == "exclusion" and finding.verdict is Verdict.YES:
        return "refused"
    return VERDICT_LOOKS[finding.verdict]


def verdict_words(finding: Finding, speech: Speech) -> str:
    return speech.w(VERDICT_WORDS[finding.verdict])


def _node(looked: Looked, finding: Finding, number: int) -> Shown:
    speech = looked.opened.speech
    return {
        "kind": verdict_look(finding),
        "words": verdict_words(finding, speech),
        "title": f"{number}. {speech.w(finding.reason)}",
        "authority": finding.authority.clause,
        "tag": finding.authority.tag.value,
        "href": None,
        "change": None,
        "lines": list(_lines(looked, finding)),
        "joined": None,
        "joined_words": None,
        "children": [],
        "folded": None,
    }


def _lines(looked: Looked, finding: Finding) -> Iterator[tuple[str, str]]:
    speech = looked.opened.speech
    for reading in finding.read:
        if not _missing(reading.value):
            yield speech("读到", "Read"), reading_words(looked, reading)
    for reading in finding.read:
        if _missing(reading.value):
            yield speech("没有", "Missing"), _missing_words(looked, finding, reading.name)
    for short in finding.shortfalls:
        words = short_words(looked, finding, short)
        if words:
            yield speech("还差", "Short by"), words
    for clause in finding.rests_on:
        yield speech("取值", "Value by"), _clause(clause, speech)
    for clause in finding.beaten:
        yield speech("被取代", "Replaced"), _clause(clause, speech)
    yield speech("规则", "Rule"), code(finding.rule)


def _missing(value: str) -> bool:
    return value == UNKNOWN or value.endswith("+")


def _missing_words(looked: Looked, finding: Finding, name: str) -> str:
    """What was not known, and whether asking could still change anything."""
    speech, label = looked.opened.speech, looked.label(name)
    asked = [question for question in looked.made.questions if question.fact.partition("[")[0] == name]
    if asked:
        who = speech.w(asked[0].asked)
        return speech(f"{label}；补了可能改变结论，问{who}", f"{label}; it may change the outcome: ask {who}")
    if finding.verdict is Verdict.UNKNOWN:
        return speech(f"{label}；不用补，补了结论也不变", f"{label}; not needed, the outcome stays as it is")
    return speech(f"{label}；不用补，这一条已有结论", f"{label}; not needed, this rule is settled without it")


def _clause(clause: Authority, speech: Speech) -> str:
    return speech(f"{clause.clause}，{TAGS[clause.tag].zh}", f"{clause.clause}, {TAGS[clause.tag].en}")
