"""An analysis as lines of text: each finding with its witness, its proof, and what the file says of it itself."""

from collections.abc import Iterable, Iterator

from cases.wording import Language, Wording
from rules.solver_findings import Analysis, Finding


def analysis_lines(found: Analysis, language: Language) -> Iterator[str]:
    yield f"{found.policy} · {found.jurisdiction} · {found.version} · {found.since} … {found.until}"
    yield f"  {asked(found).within(language)}"
    for finding in found.findings:
        yield from (f"  {line}" for line in _finding(finding, language))
    for each in found.open:
        yield f"  ? {each.why.label.within(language)}: {each.asked.within(language)}"


def asked(found: Analysis) -> Wording:
    """How much was looked at, and how far lists were."""
    if not found.questions:
        return Wording("没有可分析的条款", "Nothing in it to analyse")
    said = Wording(f"提了{found.questions}个问题", f"{found.questions} questions were asked")
    if not found.shortened:
        return said
    lists = ", ".join(f"{each.name} ({each.most})" for each in found.shortened)
    return Wording(
        f"{said.zh}；清单至多看{found.items}项：{lists}", f"{said.en}; lists of up to {found.items} items: {lists}"
    )


def _finding(finding: Finding, language: Language) -> Iterator[str]:
    mark = "·" if finding.stated else "✗"
    place = f"{finding.place} " if finding.place else ""
    yield f"{mark} {place}{finding.kind.label.within(language)}: {finding.said.within(language)}"
    if finding.stated:
        yield f"    {stated(finding).within(language)}"
    if finding.witness:
        yield f"    {Wording('反例', 'witness').within(language)}: {finding.witness}"
    if finding.proof:
        yield f"    {finding.proof.within(language)}"
    if finding.searched:
        yield f"    {searched(finding).within(language)}"


def stated(finding: Finding) -> Wording:
    return Wording(f"文件自己写明：“{finding.stated}”", f"The file says so itself: '{finding.stated}'")


def searched(finding: Finding) -> Wording:
    number = finding.searched
    return Wording(f"另以{number}个随机情形核对，没有反例", f"{number} cases drawn at random show nothing against it")


def summary(analyses: Iterable[Analysis]) -> Wording:
    """All of them in one line."""
    all_ = list(analyses)
    new, known = sum(len(each.new) for each in all_), sum(len(each.findings) - len(each.new) for each in all_)
    unanswered = sum(len(each.open) for each in all_)
    return Wording(
        f"分析了{len(all_)}个政策版本：{new}项发现，另有{known}项文件自己写明；{unanswered}个问题没有得出结论",
        f"{len(all_)} versions of policies were analysed: {new} findings, and {known} that the files state themselves; "
        f"{unanswered} questions without an answer",
    )
